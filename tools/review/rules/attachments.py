"""The managed policies that resources of IAM attach, for the rules about them."""

from __future__ import annotations

from typing import Any

from tools.review.plan_file import Change


def attached(change: Change, values: dict[str, Any] | None) -> list[str]:
    """The ARNs in a resource's values; what the provider only reports is none."""
    arns: list[str] = []
    if change.type.startswith("aws_iam_"):
        for name in ("policy_arn", "policy_arns", "managed_policy_arns"):
            value = (values or {}).get(name)
            reported = change.configured is not None and name not in change.configured
            if not reported:
                values_of_it = value if isinstance(value, list) else [value]
                arns += [each for each in values_of_it if isinstance(each, str) and each]
    return arns
