"""Somebody else may take a role on, or under fewer conditions."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.plan_file import Plan
from tools.review.rules.grants import judged
from tools.review.rules.rule import ERROR, Answer, Rule, Verdict, passed


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    created = {change.address for change in plan.changes if change.before is None}
    for verdict in judged(plan, lambda _: True, "the role's trust {}:", trust=True):
        of_a_new_role = verdict.answer is Answer.FAIL and verdict.address in created
        if of_a_new_role and " by *" not in verdict.message:
            yield passed(verdict.address)
        else:
            yield verdict


RULE = Rule(
    id="trust-widened",
    title="A role's trust is widened, or loses a condition",
    why="Whoever may take a role on has all its permissions. A condition on the account or on the "
    "source is what keeps others from using the trusted service for it (the confused deputy). "
    "The trust of a new role counts when it is open to everybody.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    severity=ERROR,
    check=_check,
)
