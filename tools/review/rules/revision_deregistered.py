"""A revision that can no longer be gone back to."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.actions import destroyed
from tools.review.plan_file import Plan
from tools.review.rules.rule import ERROR, Rule, Verdict, failed, passed
from tools.review.task_definition import TYPE


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    for change in plan.changes:
        if change.type != TYPE:
            continue
        before = change.before or {}
        if destroyed(change) and before.get("skip_destroy") is not True:
            revision = f"{before.get('family')}:{before.get('revision')}"
            yield failed(change.address, f"the revision {revision} is deregistered")
        else:
            yield passed(change.address)


RULE = Rule(
    id="revision-deregistered",
    title="A revision of a task definition is deregistered",
    why="A service cannot go back to it, and a schedule that names it stops to work. "
    "`skip_destroy` leaves it active; what counts is what the state says, as Terraform destroys "
    "by that.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
    "deregister-task-definition-v2.html",
    severity=ERROR,
    check=_check,
)
