"""What only looks like drift is none."""

from __future__ import annotations

from typing import Any

from tests.unit.tools.review.plans import change, plan
from tools.review import words
from tools.review.changed import changed_fields
from tools.review.drifted import drifted

POLICY = '{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}'
BUCKET = change(
    "aws_s3_bucket.state",
    "update",
    before={"bucket": "state", "policy": "", "versioning": [{"enabled": False}], "tags": {}},
    after={
        "bucket": "state",
        "policy": POLICY,
        "versioning": [{"enabled": True}],
        "tags": {"by": "hand"},
    },
)


def fields(*changes: dict[str, Any], drift: dict[str, Any]) -> list[str]:
    [found] = drifted(plan(*changes, resource_drift=[drift]))
    return [words.field(field) for field in changed_fields(found).fields]


def test_what_other_resources_give_a_bucket_is_no_drift_of_it() -> None:
    policy, versions = (
        change(f"aws_s3_bucket_{kind}.a", "no-op", before=given, after=given)
        for kind, given in (
            ("policy", {"bucket": "state", "policy": POLICY}),
            ("versioning", {"bucket": "state"}),
        )
    )
    assert fields(policy, versions, drift=BUCKET) == ["+ tags.by = hand"]


def test_what_another_bucket_is_given_says_nothing_of_this_one() -> None:
    other = {"bucket": "other", "policy": POLICY}
    policy = change("aws_s3_bucket_policy.a", "no-op", before=other, after=other)
    assert fields(policy, drift=BUCKET) == [
        "+ policy: deny s3:* on *",
        "+ tags.by = hand",
        "versioning.enabled false -> true",
    ]


def test_what_is_read_back_as_false_was_not_set_outside() -> None:
    read_back = change(
        "acme_thing.a",
        "update",
        before={"rule": [{"key": None, "kept": True}]},
        after={"rule": [{"key": False, "kept": False}], "more": False},
    )
    assert fields(drift=read_back) == ["rule.kept true -> false"]
