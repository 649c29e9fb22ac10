"""A bucket goes: that of the state above all."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.actions import destroyed
from tools.review.plan_file import Plan
from tools.review.rules.rule import ERROR, Rule, Verdict, failed, passed


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    for change in plan.changes:
        if change.type != "aws_s3_bucket":
            continue
        if destroyed(change):
            name = (change.before or {}).get("bucket") or change.address
            yield failed(change.address, f"the bucket {name} is destroyed")
        else:
            yield passed(change.address)


RULE = Rule(
    id="state-bucket-destroyed",
    title="The state bucket, or any other bucket, is destroyed or replaced",
    why="A plan does not say which bucket holds state. Without its state, Terraform knows nothing "
    "of what it made, and would make all of it again.",
    source="https://developer.hashicorp.com/terraform/language/state/purpose",
    severity=ERROR,
    check=_check,
)
