"""A policy allows what it did not."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.actions import made
from tools.review.hidden import Hidden, Unknown
from tools.review.plan_file import Plan
from tools.review.rules.attachments import attached
from tools.review.rules.grants import judged
from tools.review.rules.rule import WARNING, Rule, Verdict, failed, passed, unknown


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    yield from judged(plan, lambda _: True, "gains:")
    for change in plan.changes:
        if made(change):
            before = attached(change, change.before)
            for arn in attached(change, change.after):
                yield _attachment(change.address, arn, arn in before)


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
    "permission covered is no gain; a prohibition that goes is one.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"
    "#grant-least-privilege",
    severity=WARNING,
    check=_check,
)
