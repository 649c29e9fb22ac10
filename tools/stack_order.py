"""The order in which stacks are applied."""

from __future__ import annotations

from collections.abc import Iterable

from constructs_lib.stack_ids import FIRST_STACKS


def in_order(stacks: Iterable[str]) -> list[str]:
    """The order in which stacks are applied."""
    names = sorted(stacks)
    return [name for name in FIRST_STACKS if name in names] + [
        n for n in names if n not in FIRST_STACKS
    ]
