"""What is found wrong in a task definition: the place by its path, and the sentence about it.

A finding knows AWS's names only. Who wrote the definition in other words (the arguments of a
Python construct) gives `name`, which turns a path into those words, for the place itself and for
every other place that the sentence mentions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from constructs_lib import plain
from constructs_lib.errors import Problem

#: A place in a definition: ("containerDefinitions", 0, "portMappings", 1, "containerPort").
Path = tuple[str | int, ...]

#: RegisterTaskDefinition's JSON as Python: anything at all, until the check of shape is through.
Definition = dict[str, Any]


class _Absent:
    """The value of what is not there."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = _Absent()


class Finding(NamedTuple):
    """One mistake. `{0}` and `{1}` in `rule` and `cure` stand for the places in `others`."""

    path: Path
    rule: str
    value: object
    cure: str
    others: tuple[Path, ...] = ()

    def problem(self, name: Callable[[Path], str] | None = None) -> Problem:
        """The mistake with every place named by `name`, in AWS's words when it is left out."""
        name = name or aws_name
        others = [name(path) for path in self.others]
        rule, cure = self.rule.format(*others), self.cure.format(*others)
        return Problem(name(self.path) or "task definition", rule, self.value, cure)

    def sentence(self, owner: str, name: Callable[[Path], str] | None = None) -> str:
        return self.problem(name).sentence(owner)


def shown(value: object) -> str:
    """A user's value inside the text of a finding."""
    return plain.shown(value).replace("{", "{{").replace("}", "}}")


def aws_name(path: Path) -> str:
    """The path as AWS writes it: `containerDefinitions[0].portMappings[1].containerPort`."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name
