"""Policies as sets: what says the same is the same."""

from __future__ import annotations

from typing import Any

import pytest

from tools.review.policy import grants, policy_change, sentences, widened

READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def said(before: Any, after: Any) -> tuple[list[str], list[str]]:
    change = policy_change(before, after)
    return sentences(change.gained), sentences(change.lost)


SAME = {
    "a string and a list of one": {"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::a/*"]},
    "a name for a statement": {"Sid": "Read"},
    "another case of an action": {"Action": "S3:getobject"},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_another_way_to_write_it_is_no_change(changes: dict[str, Any]) -> None:
    assert said(policy(READ), policy({**READ, **changes})) == ([], [])


def test_one_statement_that_is_no_list_is_the_same() -> None:
    assert said(policy(READ), {"Statement": READ}) == ([], [])


def test_order_and_grouping_say_nothing() -> None:
    both = {**READ, "Action": ["s3:PutObject", "s3:GetObject"]}
    apart = policy({**READ, "Action": "s3:PutObject"}, READ)
    assert said(policy(both), apart) == ([], [])


def test_an_action_in_a_list_is_gained_alone() -> None:
    more = {**READ, "Action": ["s3:DeleteObject", "s3:GetObject"]}
    assert said(policy(READ), policy(more)) == (
        ["allow s3:DeleteObject on arn:aws:s3:::a/*"],
        [],
    )


def test_a_principal_and_a_condition_are_said() -> None:
    trust = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
    }
    ours = {**trust, "Condition": {"StringEquals": {"aws:SourceAccount": "1"}}}
    assert said(policy(ours), policy(trust)) == (
        ["allow sts:AssumeRole by Service ecs-tasks.amazonaws.com"],
        [
            "allow sts:AssumeRole by Service ecs-tasks.amazonaws.com "
            "if StringEquals aws:SourceAccount = 1"
        ],
    )


def test_everybody_is_everybody_however_it_is_written() -> None:
    one = {**READ, "Principal": "*"}
    assert grants(policy(one)) == grants(policy({**READ, "Principal": {"AWS": ["*"]}}))


def test_an_account_is_its_root_however_it_is_written() -> None:
    number = {**READ, "Principal": {"AWS": "127549748682"}}
    root = {**READ, "Principal": {"AWS": "arn:aws-cn:iam::127549748682:root"}}
    assert grants(policy(number)) == grants(policy(root))


WIDENED: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]] = {
    "a permission that another covered": ([{**READ, "Action": "s3:*"}], [READ], []),
    "a wildcard over it": (
        [READ],
        [{**READ, "Action": "s3:*"}],
        ["allow s3:* on arn:aws:s3:::a/*"],
    ),
    "a condition more": ([READ], [{**READ, "Condition": {"Bool": {"a": "true"}}}], []),
    "a condition less": (
        [{**READ, "Condition": {"Bool": {"a": "true"}}}],
        [READ],
        ["allow s3:GetObject on arn:aws:s3:::a/*"],
    ),
    "a prohibition more": ([READ], [READ, {**READ, "Effect": "Deny"}], []),
    "a prohibition less": (
        [READ, {**READ, "Effect": "Deny"}],
        [READ],
        ["deny s3:GetObject on arn:aws:s3:::a/*"],
    ),
    "a permission less": ([READ], [], []),
    "another case of the same action": ([READ], [{**READ, "Action": "S3:getobject"}], []),
    "all but one action": (
        [READ],
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
        ["allow all but iam:* on *"],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), WIDENED.values(), ids=WIDENED)
def test_what_is_allowed_that_was_not(
    before: list[dict[str, Any]], after: list[dict[str, Any]], expected: list[str]
) -> None:
    assert sentences(widened(policy(*before), policy(*after))) == expected


def test_a_policy_of_a_million_grants_is_still_compared() -> None:
    many = {
        "Effect": "Allow",
        "Action": [f"s3:Get{number}" for number in range(1000)],
        "Resource": [f"arn:aws:s3:::{number}" for number in range(1000)],
    }
    assert said(policy(many), policy(many)) == ([], [])
    assert len(grants(policy(many))) == 1
