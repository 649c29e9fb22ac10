"""What a user got wrong, said in one sentence each.

Nothing here imports cdktf, so tools and tests can use it without starting Node.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake: which argument, the rule it breaks, the value that was given, and the cure.

    `argument` is what the user wrote (`memory_mib`, `containers[1].image`), `rule` reads after it
    ("must be 512, 1024 or 2048 at cpu_units=256"), `cure` is what to do ("raise cpu_units").
    """

    argument: str
    rule: str
    value: object
    cure: str

    def sentence(self, owner: str) -> str:
        """The whole sentence, beginning with who is meant: a service, a role, an environment."""
        return f"{owner}: '{self.argument}' {self.rule} (got {_shown(self.value)}); {self.cure}"


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


def _shown(value: object) -> str:
    """The value as it was written, cut where a reader has seen enough."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}... {len(text)} characters in all"
