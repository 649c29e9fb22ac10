"""What was changed outside Terraform, without what only looks so.

A role also reports the policies that other resources give it. They are made after the role was
last read, so the next plan finds them new in the role; they are no drift when a resource of the
plan is what gives them. A policy that somebody attached by hand stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.review.plan_file import Change, Plan

_INLINE, _ATTACHED = "inline_policy", "managed_policy_arns"


def drifted(plan: Plan) -> Iterator[Change]:
    """Every resource that Terraform found changed, its values without what the plan explains."""
    given = [values for each in (*plan.changes, *plan.drift) for values in _given_to_a_role(each)]
    for change in plan.drift:
        if change.type == "aws_iam_role":
            before, after = (_without(each, given) for each in (change.before, change.after))
            change = change._replace(before=before, after=after)
        yield change


def _given_to_a_role(change: Change) -> Iterator[tuple[Any, Any]]:
    """The role, and the name of its own policy or the ARN of an attached one."""
    member = {
        "aws_iam_role_policy": "name",
        "aws_iam_role_policy_attachment": "policy_arn",
    }.get(change.type)
    for values in (change.before, change.after):
        if member and values:
            yield values.get("role"), values.get(member)


def _without(values: Any, given: list[tuple[Any, Any]]) -> Any:
    if not values:
        return values
    left = dict(values)
    for attribute in (_INLINE, _ATTACHED):
        if isinstance(left.get(attribute), list):
            left[attribute] = [
                each
                for each in left[attribute]
                if (left.get("name"), each.get("name") if isinstance(each, dict) else each)
                not in given
            ]
    return left
