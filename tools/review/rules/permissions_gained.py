"""A policy allows what it did not."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.actions import made
from tools.review.hidden import Hidden, Unknown
from tools.review.plan_file import Change, Plan
from tools.review.rules.attachments import attached
from tools.review.rules.grants import judged
from tools.review.rules.rule import WARNING, Rule, Verdict, failed, passed, unknown


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    yield from judged(plan, lambda _: True, "{}:")
    for change in plan.changes:
        if made(change):
            yield from _boundary(change)
            before = attached(change, change.before)
            for arn in attached(change, change.after):
                yield _attachment(change.address, arn, arn in before)


def _boundary(change: Change) -> Iterator[Verdict]:
    """A role or user without its boundary has all that its policies allow."""
    before, after = (
        (values or {}).get("permissions_boundary") for values in (change.before, change.after)
    )
    if not before or before == after:
        return
    if after:
        yield unknown(
            change.address,
            "its permissions boundary is another; a plan does not say what it allows",
        )
    else:
        yield failed(change.address, "loses its permissions boundary")


def _attachment(address: str, arn: str, stood: bool) -> Verdict:
    if isinstance(arn, Hidden | Unknown):
        return unknown(address, "which policy is attached is not known, or is hidden")
    if stood:
        return passed(address)
    return failed(address, f"gains: all that {arn.rpartition('/')[2]} allows")


RULE = Rule(
    id="permissions-gained",
    title="A policy allows what it did not",
    why="Every permission is one that a stranger in the container has too. What an earlier "
    "permission covered is no gain; a prohibition or a boundary that goes is one.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"
    "#grant-least-privilege",
    severity=WARNING,
    check=_check,
)
