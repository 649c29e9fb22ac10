"""The IAM stack: the two roles of the console's walk, and their ARNs as outputs."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.environment import Environment
from stacks.iam import IamStack
from tests.unit.constructs_lib.test_roles import CONSOLE_TRUST
from tests.unit.synthesis import CHINA, LOCAL, PROD, synthesized

DESCRIPTION = "Allows ECS tasks to call AWS services on your behalf."


def iam_stack(environment: Environment) -> Any:
    return synthesized(lambda app: IamStack(app, environment=environment))


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
                "assume_role_policy": CONSOLE_TRUST,
            },
            "execution_role": {
                "name": "ecs-task-execution-role",
                "description": DESCRIPTION,
                "assume_role_policy": CONSOLE_TRUST,
            },
        },
        "aws_iam_role_policy_attachment": {
            "task_role_AmazonEC2ContainerServiceRole": {
                "role": "${aws_iam_role.task_role.name}",
                "policy_arn": f"{policy}/service-role/AmazonEC2ContainerServiceRole",
            },
            "task_role_SecretsManagerReadWrite": {
                "role": "${aws_iam_role.task_role.name}",
                "policy_arn": f"{policy}/SecretsManagerReadWrite",
            },
            "execution_role_AmazonECSTaskExecutionRolePolicy": {
                "role": "${aws_iam_role.execution_role.name}",
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
