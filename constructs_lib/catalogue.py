"""The check of the whole catalogue: all mistakes of all services, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from constructs_lib.definition import described
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.forms import is_list
from constructs_lib.service import Service
from constructs_lib.service_check import own_log_group, problems, warnings

_LONGEST_OWNER = 64
"""A longer name would hide the sentence behind it."""


def check(services: Sequence[Any], environment: Environment) -> None:
    """Says everything that is wrong with `services` in `environment`.

    Raises:
        InvalidInput: a sentence a mistake; a service without a name is named by its place.
    """
    if not is_list(services):
        cure = "write SERVICES = [Service(...)]"
        raise InvalidInput.of(
            "services.py", [Problem("SERVICES", "must be a list", services, cure)]
        )
    sentences: list[str] = []
    for place, service in enumerate(services, start=1):
        if type(service) is not Service:  # a subclass's own defaults would be heeded in part
            wrong = Problem("SERVICES", "must hold Service entries", service, "write Service(...)")
            sentences.append(wrong.sentence(f"services.py, entry {place}"))
            continue
        name = service.name
        owner = f"services.py, entry {place}"
        if isinstance(name, str) and name.isprintable() and 0 < len(name) <= _LONGEST_OWNER:
            owner = name
        try:
            sentences += [problem.sentence(owner) for problem in problems(service, environment)]
        except RecursionError:
            deep = Problem("Service", "must not hold itself", service, "write its parts apart")
            sentences.append(deep.sentence(owner))
    numbered = enumerate(services, start=1)
    entries = [(place, service) for place, service in numbered if type(service) is Service]
    names = ((service.name, service.name, f"entry {place}") for place, service in entries)
    sentences += _repeated("name", names)
    if not sentences:
        groups = (
            (service.name, own_log_group(service, _definition(service, environment)), service.name)
            for _, service in entries
        )
        sentences += _repeated("log_group_name", groups)
    if sentences:
        raise InvalidInput(sentences)


def _definition(service: Service, environment: Environment) -> dict[str, Any]:
    return described(service, environment).definition


def warned(services: Sequence[Service], environment: Environment) -> list[tuple[Service, str]]:
    """A sentence for each thing that AWS takes and a person hardly means, with its service."""
    return [
        (service, problem.sentence(str(service.name)))
        for service in services
        for problem in warnings(service, environment)
    ]


def _repeated(argument: str, values: Iterable[tuple[Any, Any, str]]) -> Iterator[str]:
    """A sentence for each value that more than one service has: who, the value, and by what name
    the first one that has it is told."""
    first: dict[str, str] = {}
    for owner, value, told in values:
        if isinstance(value, str) and value and value in first:
            rule = f"must be of one service only, and {first[value]} has it"
            yield Problem(argument, rule, value, "choose another").sentence(str(owner))
        elif isinstance(value, str):
            first[value] = told
