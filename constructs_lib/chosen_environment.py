"""One environment of environments.py with its images, or all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.environment_check import problems_beside
from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.forms import is_list
from constructs_lib.image_lines import read_image_lines
from constructs_lib.nearest import nearest
from constructs_lib.plain import plain
from constructs_lib.service_in_environment import argument_name_problems

_IN_EVERY_SERVICE = {"name", "account_id", "region"}
"""What services cannot be checked without."""


class WrongInPart(InvalidInput):
    """Something of an environment is wrong, and its services can be checked all the same.

    They can in `environment`, which has all that is right.
    """

    def __init__(self, sentences: Sequence[str], environment: Environment) -> None:
        super().__init__(sentences)
        self.environment = environment


def names_of(entries: Any) -> list[str]:
    """The names of all environments.

    Raises:
        InvalidInput: `entries`, the ENVIRONMENTS of environments.py, is no list of them.
    """
    problems = list(_entries_problems(entries))
    if problems:
        raise InvalidInput.of("environments.py", problems)
    return [str(entry.name) for entry in entries]


def chosen(name: str, entries: Sequence[Environment], images: Path) -> Environment:
    """The environment of a name, with its lines of the file `images`.

    Raises:
        InvalidInput: there is none of that name, or its entry is wrong, or the file is.
    """
    names = names_of(entries)
    known = dict.fromkeys(names)
    if name not in known:
        rule = f"must be one of {', '.join(known)}"
        near = nearest(name, known)
        cure = f"write {near!r}" if near else "choose one of these, or add an entry there"
        raise InvalidInput.of("environments.py", [Problem("NETFLUX_ENV", rule, name, cure)])
    environment = entries[names.index(name)]
    others = [each for each in entries if each is not environment]
    problems = [*environment.problems(), *problems_beside(environment, others)]
    lines, of_images = read_image_lines(images, names)
    wrong = {re.split(r"[.\[]", each.argument)[0] for each in problems}
    in_part = wrong.isdisjoint(_IN_EVERY_SERVICE)
    if not in_part:  # else the check of the services says it
        of_defaults = environment.service_defaults
        problems += argument_name_problems("service_defaults", of_defaults, skip_unknown=False)
    sentences = [each.sentence(f"environments.py, {name}") for each in problems] + of_images
    if not in_part:
        raise InvalidInput(sentences)
    if wrong:
        right = {each: value for each, value in environment.given.items() if each not in wrong}
        environment = Environment(**right)
    if lines:
        environment = environment.with_images(lines)
    if sentences:
        raise WrongInPart(sentences, environment)
    return environment


def _entries_problems(entries: Any) -> Iterator[Problem]:
    """What is wrong with them before any is looked into."""
    if not is_list(plain(entries, Environment)):
        yield Problem("ENVIRONMENTS", "must be a list", entries, "write [Environment(...)]")
        return
    if not entries:
        yield Problem("ENVIRONMENTS", "must have an entry", entries, "write [Environment(...)]")
    for index, entry in enumerate(plain(entries, Environment)):
        place = f"ENVIRONMENTS[{index}]"
        if type(entry) is not Environment:
            rule = "must be an Environment entry"
            yield Problem(place, rule, entry, "write Environment(...)")
        elif not isinstance(entry.name, str):  # nothing could choose it
            yield from entry.names_problems(place)
