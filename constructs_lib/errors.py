"""What a user got wrong, said in one sentence each.

Nothing here imports cdktf, so tools and tests can use it without starting Node.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from constructs_lib.plain import shown

_LONGEST_VALUE = 80
_LONGEST_ARGUMENT = 200
_LONGEST_TEXT = 2000
"""Of a rule or a cure; some of them list all arguments, or what stands in a task definition."""

READABLE = "see that it is a file in UTF-8 that you may read"
WRITABLE = "see that its folder is there, is not full, and lets you write"
"""The cures where the system does not let a file be read or written; it has said why."""


class Problem(NamedTuple):
    """One mistake: which argument, the rule it breaks, the value that was given, and the cure.

    `argument` is what the user wrote (`memory_mib`, `containers[1].image`), `rule` reads after it
    ("must be 512, 1024 or 2048 MiB at cpu_units=256"), `cure` is what to do ("raise cpu_units").
    """

    argument: str
    rule: str
    value: object
    cure: str

    def sentence(self, owner: str) -> str:
        """The whole sentence, beginning with who is meant: a service, a role, an environment."""
        argument = _cut(self.argument, _LONGEST_ARGUMENT)
        rule, cure = _cut(self.rule, _LONGEST_TEXT), _cut(self.cure, _LONGEST_TEXT)
        value: Any = self.value  # anything, which may raise where it is asked what it is
        of_text = str.__len__(value) if issubclass(type(value), str) else 0
        got = _cut(shown(value), _LONGEST_VALUE, of_text)
        return one_line(f"{owner}: '{argument}' {rule} (got {got}); {cure}")


class InvalidInput(Exception):
    """Everything that is wrong with what a user wrote, a sentence a mistake.

    It is the only exception for a user's mistake; `main.py` prints the sentences and exits with 1.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__("\n".join(self.sentences))

    @classmethod
    def of(cls, owner: str, problems: Iterable[Problem]) -> InvalidInput:
        return cls(problem.sentence(owner) for problem in problems)


class Unreadable(InvalidInput):
    """A file that a service names cannot be read, so nothing can be said of what is in it."""

    def __init__(self, owner: str, problem: Problem) -> None:
        super().__init__([problem.sentence(owner)])
        self.problem = problem


def one_line(text: str) -> str:
    """The text with an escape for every character that a line of a terminal does not show."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def _cut(text: str, longest: int, length: int = 0) -> str:
    """The text as it was written, cut where a reader has seen enough; `length` is its own."""
    if len(text) <= longest:
        return text
    return f"{text[: longest * 3 // 4]}... {length or len(text)} characters in all"
