"""What somebody changed outside Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from tools.review.changed import changed_fields
from tools.review.drifted import drifted
from tools.review.plan_file import Plan
from tools.review.rules.rule import WARNING, Rule, Verdict, failed, passed


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    for change in drifted(plan):
        if "delete" in change.actions:
            yield failed(change.address, "was deleted outside Terraform")
        elif changed_fields(change).fields:
            yield failed(change.address, "was changed outside Terraform")
        else:
            yield passed(change.address)


RULE = Rule(
    id="drift",
    title="Something was changed outside Terraform",
    why="An apply takes back what somebody did by hand, perhaps in an incident; or it is the trace "
    "of somebody who should not be there. What differs in no meaning does not count.",
    source="https://developer.hashicorp.com/terraform/tutorials/state/resource-drift",
    severity=WARNING,
    check=_check,
)
