"""The check of the whole catalogue: all mistakes of all services, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.service import Service
from constructs_lib.service_check import problems

_LONGEST_OWNER = 64
"""A longer name would hide the sentence behind it."""


def check(services: Sequence[Any], environment: Environment) -> None:
    """Says everything that is wrong with `services` in `environment`.

    Raises:
        InvalidInput: a sentence a mistake; a service without a name is named by its place.
    """
    sentences: list[str] = []
    for place, service in enumerate(services, start=1):
        if not isinstance(service, Service):
            wrong = Problem("SERVICES", "must hold Service entries", service, "write Service(...)")
            sentences.append(wrong.sentence(f"services.py, entry {place}"))
            continue
        name = service.name
        owner = f"services.py, entry {place}"
        if isinstance(name, str) and name.isprintable() and 0 < len(name) <= _LONGEST_OWNER:
            owner = name
        sentences += [problem.sentence(owner) for problem in problems(service, environment)]
    entries = [service for service in services if isinstance(service, Service)]
    named = Counter(str(service.name) for service in entries if service.name)
    for name, count in named.items():
        if count > 1:
            twice = Problem(
                "name",
                f"must stand once in the catalogue, stands {count} times",
                name,
                "rename one",
            )
            sentences.append(twice.sentence(name))
    if sentences:
        raise InvalidInput(sentences)
