"""What was changed outside Terraform, without what only looks so.

A role also reports the policies that other resources give it, and a bucket its policy, versions and
encryption. They are made after the role or bucket was last read, so the next plan finds them new;
they are no drift when a resource of the plan is what gives them. A policy that somebody attached by
hand stays, and what somebody changed in a resource of its own is the drift of that. A policy that
left a role, and is neither a resource's nor set by the role itself, is no drift either: an earlier
apply took it, after the role was last read, or somebody took back what was given by hand.

AWS also reads back as false what nobody has set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tools.review.plan_file import Change, Plan

_POLICIES = ("inline_policy", "managed_policy_arns")
_ALSO_OF_THE_BUCKET = {
    "aws_s3_bucket_accelerate_configuration": {"acceleration_status"},
    "aws_s3_bucket_acl": {"acl", "grant"},
    "aws_s3_bucket_cors_configuration": {"cors_rule"},
    "aws_s3_bucket_lifecycle_configuration": {"lifecycle_rule"},
    "aws_s3_bucket_logging": {"logging"},
    "aws_s3_bucket_object_lock_configuration": {"object_lock_configuration"},
    "aws_s3_bucket_policy": {"policy"},
    "aws_s3_bucket_replication_configuration": {"replication_configuration"},
    "aws_s3_bucket_request_payment_configuration": {"request_payer"},
    "aws_s3_bucket_server_side_encryption_configuration": {"server_side_encryption_configuration"},
    "aws_s3_bucket_versioning": {"versioning"},
    "aws_s3_bucket_website_configuration": {"website", "website_domain", "website_endpoint"},
}


def drifted(plan: Plan) -> Iterator[Change]:
    """Every resource that Terraform found changed, its values without what the plan explains."""
    whole = (*plan.changes, *plan.drift)
    given = [values for each in whole for values in _given_to_a_role(each)]
    elsewhere = {values for each in whole for values in _given_to_a_bucket(each)}
    for change in plan.drift:
        if change.type == "aws_iam_role":
            before, after = (_without(each, given) for each in (change.before, change.after))
            change = _without_what_left(change._replace(before=before, after=after))
        if change.type == "aws_s3_bucket":
            before, after = (
                values and {key: values[key] for key in values if (name, key) not in elsewhere}
                for values in (change.before, change.after)
                for name in [(values or {}).get("bucket")]
            )
            change = change._replace(before=before, after=after)
        yield change._replace(after=_without_false(change.before, change.after))


def _given_to_a_bucket(change: Change) -> Iterator[tuple[str, str]]:
    """The bucket, and the attributes of it that this resource gives."""
    for attribute in _ALSO_OF_THE_BUCKET.get(change.type, ()):
        for values in (change.before, change.after):
            if values:
                yield str(values.get("bucket")), attribute


def _without_false(before: Any, after: Any) -> Any:
    """`after` without what is false in it and not there in `before`."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {
            key: _without_false(before.get(key), value)
            for key, value in after.items()
            if not (value is False and before.get(key) is None)
        }
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [_without_false(*each) for each in zip(before, after, strict=True)]
    return after


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
    role = (values or {}).get("name")
    return _with_policies(values, lambda _, policy: (role, _named(policy)) not in given)


def _without_what_left(change: Change) -> Change:
    """The change of a role without the policies that are gone, if the role itself sets none."""
    after, configured = change.after, change.configured
    if not after or configured is None:
        return change

    def stayed(attribute: str, policy: Any) -> bool:
        now = after.get(attribute)
        is_read = isinstance(now, list) and attribute not in configured
        return not is_read or _named(policy) in map(_named, now)

    return change._replace(before=_with_policies(change.before, stayed))


def _with_policies(values: Any, keep: Callable[[str, Any], bool]) -> Any:
    """A role's attributes with those of its policies that `keep` is true for."""
    if not values:
        return values
    left = dict(values)
    for attribute in _POLICIES:
        if isinstance(left.get(attribute), list):
            left[attribute] = [each for each in left[attribute] if keep(attribute, each)]
    return left


def _named(policy: Any) -> Any:
    """The name of a role's own policy, or the ARN of an attached one."""
    return policy.get("name") if isinstance(policy, dict) else policy
