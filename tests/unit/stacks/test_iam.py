"""The IAM stack: the two roles of the console's walk, and their ARNs as outputs."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.environment import Environment
from constructs_lib.service import Service
from stacks.iam import IamStack
from tests.unit.constructs_lib.test_roles import conditional_trust
from tests.unit.synthesis import CHINA, LOCAL, PROD, synthesized
from tests.walk import TRUST

DESCRIPTION = "Allows ECS tasks to call AWS services on your behalf."


def of_role(role: str) -> dict[str, Any]:
    """What makes a policy one of a role, and of its successor where that is replaced."""
    return {
        "role": f"${{aws_iam_role.{role}.name}}",
        "lifecycle": {"replace_triggered_by": [f"aws_iam_role.{role}.arn"]},
    }


def iam_stack(environment: Environment, *services: Service) -> Any:
    return synthesized(lambda app: IamStack(app, environment=environment, services=services))


@pytest.mark.parametrize(
    ("environment", "partition"), [(PROD, "aws"), (LOCAL, "aws"), (CHINA, "aws-cn")]
)
def test_two_roles_with_the_walks_policies(environment: Environment, partition: str) -> None:
    policy = f"arn:{partition}:iam::aws:policy"
    assert iam_stack(environment)["resource"] == {
        "aws_iam_role": {
            "task_role": {
                "name": "netflux-task-role",
                "description": DESCRIPTION,
                "assume_role_policy": TRUST,
            },
            "execution_role": {
                "name": "ecs-task-execution-role",
                "description": DESCRIPTION,
                "assume_role_policy": TRUST,
            },
        },
        "aws_iam_role_policy_attachment": {
            "task_role_AmazonEC2ContainerServiceRole": {
                **of_role("task_role"),
                "policy_arn": f"{policy}/service-role/AmazonEC2ContainerServiceRole",
            },
            "task_role_SecretsManagerReadWrite": {
                **of_role("task_role"),
                "policy_arn": f"{policy}/SecretsManagerReadWrite",
            },
            "execution_role_AmazonECSTaskExecutionRolePolicy": {
                **of_role("execution_role"),
                "policy_arn": f"{policy}/service-role/AmazonECSTaskExecutionRolePolicy",
            },
        },
    }


def test_two_named_outputs_that_are_not_sensitive() -> None:
    assert iam_stack(PROD)["output"] == {
        "task_role_arn": {"value": "${aws_iam_role.task_role.arn}"},
        "execution_role_arn": {"value": "${aws_iam_role.execution_role.arn}"},
    }


def test_its_state_is_in_the_bucket_under_its_own_key() -> None:
    backend = iam_stack(PROD)["terraform"]["backend"]
    assert backend["s3"]["key"] == "iam/terraform.tfstate"
    assert backend["s3"]["bucket"] == "netflux-terraform-state-127549748682"


SECRET = "arn:aws:secretsmanager:us-east-1:127549748682:secret:db-AbCdEf"
BOUNDARY = "arn:aws:iam::127549748682:policy/bounds"
READS = {
    "name": "read-what-services-name",
    "policy": {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadSecrets",
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": [SECRET],
            }
        ],
    },
}


def test_every_guard_rail_at_once() -> None:
    environment = Environment(
        **PROD.given,
        name_prefix="p-",
        name_suffix="-s",
        role_path="/netflux/",
        permissions_boundary=BOUNDARY,
        confused_deputy_conditions=True,
        least_privilege=True,
    )
    common = {
        "description": DESCRIPTION,
        "path": "/netflux/",
        "permissions_boundary": BOUNDARY,
        "assume_role_policy": conditional_trust("127549748682", "us-east-1", "aws"),
    }
    policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    stack = iam_stack(environment, Service(name="a", secrets={"A": SECRET}), Service(name="b"))
    assert stack["resource"] == {
        "aws_iam_role": {
            "task_role": {"name": "p-netflux-task-role-s", **common},
            "execution_role": {"name": "p-ecs-task-execution-role-s", **common},
        },
        "aws_iam_role_policy": {
            f"{role}_reads": {**of_role(role), **READS} for role in ("task_role", "execution_role")
        },
        "aws_iam_role_policy_attachment": {
            "execution_role_AmazonECSTaskExecutionRolePolicy": {
                **of_role("execution_role"),
                "policy_arn": policy,
            }
        },
    }


def test_without_secrets_the_least_is_no_policy_at_all() -> None:
    environment = Environment(**PROD.given, least_privilege=True)
    resources = iam_stack(environment, Service(name="a"))["resource"]
    assert list(resources) == ["aws_iam_role", "aws_iam_role_policy_attachment"]
    assert list(resources["aws_iam_role_policy_attachment"]) == [
        "execution_role_AmazonECSTaskExecutionRolePolicy"
    ]


def test_without_the_switch_the_task_role_has_no_policy_of_its_own() -> None:
    resources = iam_stack(PROD, Service(name="a", secrets={"A": SECRET}))["resource"]
    assert list(resources["aws_iam_role_policy"]) == ["execution_role_reads"]
