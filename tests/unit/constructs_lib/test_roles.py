"""The role that ECS tasks take on."""

from __future__ import annotations

from typing import Any

import pytest
from cdktf import TerraformVariable

from constructs_lib.errors import InvalidInput
from constructs_lib.roles import EcsTasksRole
from constructs_lib.trust_policy import only_tasks_of
from tests.unit.synthesis import empty_stack, resources
from tests.walk import TRUST


def conditional_trust(account: str, region: str, partition: str) -> Any:
    condition = {
        "ArnLike": {"aws:SourceArn": f"arn:{partition}:ecs:{region}:{account}:*"},
        "StringEquals": {"aws:SourceAccount": account},
    }
    [statement] = TRUST["Statement"]
    return {"Version": "2012-10-17", "Statement": [{**statement, "Condition": condition}]}


def test_the_name_alone_makes_the_consoles_role_without_policies() -> None:
    assert resources(lambda stack: EcsTasksRole(stack, "task", name="netflux-task-role")) == {
        "aws_iam_role": {
            "task": {
                "name": "netflux-task-role",
                "description": "Allows ECS tasks to call AWS services on your behalf.",
                "assume_role_policy": TRUST,
            }
        }
    }


def test_everything_set() -> None:
    made = resources(
        lambda stack: EcsTasksRole(
            stack,
            "task",
            name="A+=,.@-_9",
            managed_policies=["AmazonEC2ContainerServiceRole", "SecretsManagerReadWrite"],
            partition="aws-cn",
            description="Reads ${x} and %{y}",
            path="/team/${a}/",
            permissions_boundary="arn:aws-cn:iam::210987654321:policy/bounds",
            trust_condition=only_tasks_of("210987654321", "cn-north-1", "aws-cn"),
        )
    )
    of_role = {
        "role": "${aws_iam_role.task.name}",
        "lifecycle": {"replace_triggered_by": ["aws_iam_role.task.arn"]},
    }
    assert made == {
        "aws_iam_role": {
            "task": {
                "name": "A+=,.@-_9",
                "description": "Reads $${x} and %%{y}",
                "path": "/team/$${a}/",
                "permissions_boundary": "arn:aws-cn:iam::210987654321:policy/bounds",
                "assume_role_policy": conditional_trust("210987654321", "cn-north-1", "aws-cn"),
            }
        },
        "aws_iam_role_policy_attachment": {
            "task_AmazonEC2ContainerServiceRole": {
                **of_role,
                "policy_arn": (
                    "arn:aws-cn:iam::aws:policy/service-role/AmazonEC2ContainerServiceRole"
                ),
            },
            "task_SecretsManagerReadWrite": {
                **of_role,
                "policy_arn": "arn:aws-cn:iam::aws:policy/SecretsManagerReadWrite",
            },
        },
    }


def test_a_name_known_at_apply_only_passes() -> None:
    def make(stack: Any) -> None:
        name = TerraformVariable(stack, "name", type="string")
        EcsTasksRole(stack, "task", name=name.string_value)

    assert resources(make)["aws_iam_role"]["task"]["name"] == "${var.name}"


def test_all_mistakes_are_said_at_once_and_nothing_is_made() -> None:
    stack = empty_stack()
    with pytest.raises(InvalidInput) as raised:
        EcsTasksRole(
            stack,
            "task",
            name="task role",
            managed_policies=["SecretsManagerReadWrite", "SecretManagerReadWrite"],
        )
    assert raised.value.sentences == [
        "role task: 'name' must be 1 to 64 letters, digits or +=,.@-_ (got 'task role');"
        " choose such a name",
        "role task: 'managed_policies' must be the name of an AWS managed policy of"
        " constructs_lib/managed_policies.py (got 'SecretManagerReadWrite'); the nearest known:"
        " SecretsManagerReadWrite, AmazonSSMManagedInstanceCore, AmazonPrometheusRemoteWriteAccess",
    ]
    assert stack.node.children == []


@pytest.mark.parametrize("name", ["", "r" * 65, "rôle", "a/b", "a:b", "role\n"])
def test_names_that_iam_refuses(name: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        EcsTasksRole(empty_stack(), "task", name=name)
    assert raised.value.sentences == [
        f"role task: 'name' must be 1 to 64 letters, digits or +=,.@-_ (got {name!r});"
        " choose such a name"
    ]


def test_the_longest_name_passes() -> None:
    made = resources(lambda stack: EcsTasksRole(stack, "task", name="r" * 64))
    assert made["aws_iam_role"]["task"]["name"] == "r" * 64


PATH = "must be a path that begins and ends with /, at most 512 characters, without spaces"
BOUNDARY = "must be the ARN of an IAM policy: arn:aws:iam::ACCOUNT:policy/NAME"


@pytest.mark.parametrize("path", ["", "a", "/a", "a/", "//", "/a b/", "/" + "a" * 511 + "/", None])
def test_paths_that_iam_refuses(path: Any) -> None:
    with pytest.raises(InvalidInput) as raised:
        EcsTasksRole(empty_stack(), "task", name="r", path=path)
    [sentence] = raised.value.sentences
    assert sentence.startswith(f"role task: 'path' {PATH} (got ")


def test_the_longest_path_passes() -> None:
    path = "/" + "a" * 510 + "/"
    made = resources(lambda stack: EcsTasksRole(stack, "task", name="r", path=path))
    assert made["aws_iam_role"]["task"]["path"] == path


@pytest.mark.parametrize(
    "arn", ["", "bounds", "arn:aws:iam::1:policy/bounds", "arn:aws:iam::127549748682:role/bounds"]
)
def test_boundaries_that_iam_refuses(arn: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        EcsTasksRole(empty_stack(), "task", name="r", permissions_boundary=arn)
    assert raised.value.sentences == [
        f"role task: 'permissions_boundary' {BOUNDARY} (got {arn!r}); choose such a name"
    ]
