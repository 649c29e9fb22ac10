"""A permission of actions that nobody has listed."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.plan_file import Plan
from tools.review.policy import Grant
from tools.review.rules.grants import judged
from tools.review.rules.rule import ERROR, Rule, Verdict


def _wide(grant: Grant) -> bool:
    wildcard = "*" in grant.action or "?" in grant.action
    return grant.effect == "Allow" and (wildcard or grant.action.startswith("all but "))


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    for trust in (False, True):
        yield from judged(plan, _wide, "{} a wildcard of actions:", trust=trust)


RULE = Rule(
    id="wildcard-action",
    title="A permission is gained with a wildcard of actions",
    why="It holds what nobody meant, and every action that AWS adds later. NotAction is one too.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-"
    "checks.html",
    severity=ERROR,
    check=_check,
)
