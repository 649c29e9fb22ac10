"""A rule, the register of all rules, and two questions that many rules ask.

A rule gets a definition of the right shape (`Shape.sound`), so it need not look at types. What it
must look at is whether a value is known (`definition_reading`): it lets one pass that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from constructs_lib.definition_reading import known, structures
from constructs_lib.findings import Definition, Finding, Path

# The pages that the rules name were read 2026-11.
_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"
_API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference"
PARAMETERS = f"{_GUIDE}/task_definition_parameters.html"
FARGATE = f"{_GUIDE}/fargate-tasks-services.html"
QUOTAS = f"{_GUIDE}/service-quotas.html"

Check = Callable[[Definition], Iterable[Finding]]


def api(shape: str) -> str:
    """The page of a shape of the API; the text of botocore's `ecs` model is the same."""
    return f"{_API}/API_{shape}.html"


class Rule(NamedTuple):
    """One thing that AWS refuses, where AWS says so, and the function that finds it."""

    id: str
    title: str
    source: str
    fargate_only: bool
    check: Check


#: Every rule by its id, in the order in which the modules register them.
RULES: dict[str, Rule] = {}


def rule(
    id: str, title: str, source: str, *, fargate_only: bool = False
) -> Callable[[Check], Check]:
    """Registers the function below it."""

    def register(check: Check) -> Check:
        assert id not in RULES, id
        RULES[id] = Rule(id, title, source, fargate_only, check)
        return check

    return register


def repeated(
    parent: Definition, key: str, path: Path, member: str
) -> Iterator[tuple[Path, str, Path]]:
    """Members of the structures of a list that have a value again: where, what, and where first."""
    first: dict[str, Path] = {}
    for place, structure in structures(parent, key, path):
        value = known(structure, member)
        if value is not None:
            here = (*place, member)
            if value in first:
                yield here, value, first[value]
            first.setdefault(value, here)


def outside(
    structure: Definition, path: Path, key: str, low: int, high: int, unit: str = ""
) -> Iterator[Finding]:
    """A finding when a known number does not lie between two bounds."""
    value = known(structure, key)
    if value is not None and not low <= value <= high:
        rule = f"must be {low} to {high}{unit}"
        cure = f"write {low} or more" if value < low else f"write {high} or less"
        yield Finding((*path, key), rule, value, cure)
