"""A role goes while task definitions refer to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.review.actions import destroyed
from tools.review.plan_file import Plan
from tools.review.rules.rule import ERROR, Rule, Verdict, failed, passed, unknown
from tools.review.task_definition import TYPE


def _check(plan: Plan, plans: list[Plan]) -> Iterator[Verdict]:
    for change in plan.changes:
        if change.type != "aws_iam_role":
            continue
        if not destroyed(change):
            yield passed(change.address)
            continue
        arn = (change.before or {}).get("arn")
        users = [
            f"{each.stack}/{task.address}"
            for each in plans
            for task in each.changes
            if arn and task.type == TYPE and arn in _roles(task.before)
        ]
        what = f"the role {_called(change.before)} "
        what += f"is replaced, by {_called(change.after)}" if change.after else "is destroyed"
        if users:
            yield failed(
                change.address, f"{what}; task definitions refer to it: {', '.join(users)}"
            )
        else:
            yield unknown(
                change.address,
                f"{what}; no task definition of these plans refers to it, others may",
            )


def _called(role: Any) -> str:
    """Its name, with its path where that is not the usual one."""
    values = role or {}
    return f"{values.get('path') or ''}{values.get('name')}".removeprefix("/")


def _roles(values: Any) -> list[Any]:
    return [values.get(name) for name in ("task_role_arn", "execution_role_arn")] if values else []


RULE = Rule(
    id="role-renamed",
    title="A role is renamed, replaced or destroyed while task definitions refer to it",
    why="A registered revision keeps the ARN of the role. Its tasks can no longer start, and those "
    "that run lose their credentials within the hour. Only the plans that are reviewed together "
    "can be asked who refers to it.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    severity=ERROR,
    check=_check,
)
