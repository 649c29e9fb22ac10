"""A log group goes, and every line in it."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.actions import destroyed
from tools.review.plan_file import Plan
from tools.review.rules.rule import ERROR, Rule, Verdict, failed, passed


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    for change in plan.changes:
        if change.type != "aws_cloudwatch_log_group":
            continue
        before = change.before or {}
        if destroyed(change) and before.get("skip_destroy") is not True:
            name = before.get("name") or change.address
            yield failed(change.address, f"the log group {name} is destroyed with all its logs")
        else:
            yield passed(change.address)


RULE = Rule(
    id="log-group-destroyed",
    title="A log group is destroyed or replaced",
    why="Its logs cannot be brought back, and they are what an incident is understood by. "
    "A log group with `skip_destroy` stays in AWS.",
    source="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"
    "API_DeleteLogGroup.html",
    severity=ERROR,
    check=_check,
)
