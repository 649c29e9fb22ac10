"""Which revisions are deregistered, and deregistering them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tools.revisions.revision import Revision
from tools.revisions.uses import Uses

BETWEEN_LOOKS = 10
"""So many are deregistered until it is looked again what is in use."""


def to_deregister(revisions: Sequence[Revision], keep: int, uses: Uses) -> list[Revision]:
    """All but the newest `keep`, and but those in use; oldest first. `revisions`: newest first."""
    return [each for each in reversed(revisions[keep:]) if each.arn not in uses]


def deregister(
    ecs: Any, revisions: Sequence[Revision], look: Callable[[], Uses]
) -> Iterator[Revision]:
    """Deregisters one after another and yields each; what has come into use is left.

    A deregistered revision can still be read, and services and tasks that use it go on.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html
    """
    for start in range(0, len(revisions), BETWEEN_LOOKS):
        uses = look()
        for each in revisions[start : start + BETWEEN_LOOKS]:
            if each.arn not in uses:
                ecs.deregister_task_definition(taskDefinition=each.arn)
                yield each
