"""What only looks like drift is none."""

from __future__ import annotations

from typing import Any

import pytest

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


INLINE = {"name": "read-secrets", "policy": POLICY}
ATTACHED = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def of_role(
    before: dict[str, Any], after: dict[str, Any], configured: list[str] | None
) -> list[str]:
    """What is said of a role, in whose configuration these arguments are, if there is one."""
    role = {"name": "a"}
    drift = change("aws_iam_role.a", "update", before=role | before, after=role | after)
    more: dict[str, Any] = {}
    if configured is not None:
        expressions: dict[str, Any] = {name: {} for name in configured}
        resource = {"address": "aws_iam_role.a", "expressions": expressions}
        more["configuration"] = {"root_module": {"resources": [resource]}}
    [found] = drifted(plan(resource_drift=[drift], **more))
    return [words.field(field) for field in changed_fields(found).fields]


def test_what_an_earlier_apply_took_from_a_role_was_not_changed_outside() -> None:
    had = {"inline_policy": [INLINE], "managed_policy_arns": [ATTACHED]}
    assert of_role(had, {"inline_policy": [], "managed_policy_arns": []}, ["name"]) == []


@pytest.mark.parametrize("configured", [["name", "managed_policy_arns"], None])
def test_what_left_a_role_that_sets_its_policies_or_may_is_drift(
    configured: list[str] | None,
) -> None:
    had = {"managed_policy_arns": [ATTACHED, "arn:b"]}
    assert of_role(had, {"managed_policy_arns": ["arn:b"]}, configured) == [
        f"- managed_policy_arns = {ATTACHED}"
    ]


def test_what_somebody_changed_in_a_role_or_gave_it_is_drift() -> None:
    changed = {"name": "read-secrets", "policy": POLICY.replace("Deny", "Allow")}
    had = {"inline_policy": [INLINE], "managed_policy_arns": [ATTACHED]}
    has = {"inline_policy": [changed], "managed_policy_arns": [ATTACHED, "arn:b"]}
    assert of_role(had, has, []) == [
        "- inline_policy[read-secrets].policy: deny s3:* on *",
        "+ inline_policy[read-secrets].policy: allow s3:* on *",
        "+ managed_policy_arns = arn:b",
    ]
    assert of_role({"managed_policy_arns": []}, {"managed_policy_arns": [ATTACHED]}, []) == [
        f'+ managed_policy_arns = ["{ATTACHED}"]'
    ]


@pytest.mark.parametrize(
    ("own", "all_before", "own_after", "all_after", "said"),
    [
        ({}, {"env": "a"}, {"env": "a"}, {"env": "a"}, []),
        (None, {"env": "a"}, {"env": "a"}, {"env": "a"}, []),
        ({"env": "a"}, {"env": "a"}, {}, {"env": "a"}, []),
        ({}, {"env": "a"}, {"env": "a", "b": "1"}, {"env": "a", "b": "1"}, ["+ tags.b = 1"]),
        ({}, {"env": "a"}, {"env": "b"}, {"env": "b"}, ["tags.env a -> b"]),
        ({"own": "1"}, {"own": "1", "env": "a"}, {}, {"env": "a"}, ["- tags.own = 1"]),
    ],
)
def test_a_tag_that_left_the_default_tags_or_joined_them_was_not_changed_outside(
    own: Any, all_before: Any, own_after: Any, all_after: Any, said: list[str]
) -> None:
    read_back = change(
        "aws_iam_role.a",
        "update",
        before={"name": "a", "tags": own, "tags_all": all_before},
        after={"name": "a", "tags": own_after, "tags_all": all_after},
    )
    assert fields(drift=read_back) == said
