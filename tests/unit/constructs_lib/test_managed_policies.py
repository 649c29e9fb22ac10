"""The table of managed policies, compared with the embedded AWS's."""

from __future__ import annotations

import functools
import json

import pytest

from constructs_lib.errors import Problem
from constructs_lib.managed_policies import (
    MANAGED_POLICY_PATHS,
    managed_policy_arn,
    managed_policy_problem,
)
from tests.unit.botocore_data import rule_partitions


@functools.cache
def paths_of_moto() -> dict[str, str]:
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    policies = json.loads(aws_managed_policies_data)
    return {name: policy["Path"] for name, policy in policies.items()}


@pytest.mark.parametrize("name", MANAGED_POLICY_PATHS)
def test_the_path_is_awss(name: str) -> None:
    assert MANAGED_POLICY_PATHS[name] == paths_of_moto()[name]


@pytest.mark.parametrize("partition", [each["id"] for each in rule_partitions()])
def test_the_arn_in_every_partition(partition: str) -> None:
    prefix = f"arn:{partition}:iam::aws:policy"
    assert {name: managed_policy_arn(name, partition) for name in MANAGED_POLICY_PATHS} == {
        name: f"{prefix}{paths_of_moto()[name]}{name}" for name in MANAGED_POLICY_PATHS
    }


def test_the_three_of_the_walk_exactly() -> None:
    walk = (
        "AmazonECSTaskExecutionRolePolicy",
        "AmazonEC2ContainerServiceRole",
        "SecretsManagerReadWrite",
    )
    assert [managed_policy_arn(name, "aws") for name in walk] == [
        "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceRole",
        "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
    ]


def test_the_table_is_in_order() -> None:
    assert list(MANAGED_POLICY_PATHS) == sorted(MANAGED_POLICY_PATHS)


@pytest.mark.parametrize("name", MANAGED_POLICY_PATHS)
def test_a_name_of_the_table_is_no_problem(name: str) -> None:
    assert managed_policy_problem("managed_policies", name) is None


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        (
            "AmazonECSTaskExecutionRole",
            "AmazonECSTaskExecutionRolePolicy, AmazonEC2ContainerServiceRole",
        ),
        (
            "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
            "SecretsManagerReadWrite",
        ),
        ("zzz", ", ".join(sorted(MANAGED_POLICY_PATHS))),
        ("", ", ".join(sorted(MANAGED_POLICY_PATHS))),
        (None, ", ".join(sorted(MANAGED_POLICY_PATHS))),
    ],
)
def test_another_name_gets_the_nearest_that_are_known(name: object, nearest: str) -> None:
    assert managed_policy_problem("managed_policies", name) == Problem(
        "managed_policies",
        "must be the name of an AWS managed policy of constructs_lib/managed_policies.py",
        name,
        f"the nearest known: {nearest}",
    )
