"""The stack of one microservice."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.environment import Environment
from constructs_lib.service import Service
from stacks.base import s3_state
from stacks.iam import IamStack
from stacks.service import ServiceStack
from tests.unit.synthesis import LOCAL, PROD, synthesized

TASK_ROLE = "${data.terraform_remote_state.iam.outputs.task_role_arn}"
EXECUTION_ROLE = "${data.terraform_remote_state.iam.outputs.execution_role_arn}"


def service_stack(environment: Environment = PROD, **arguments: Any) -> Any:
    service = Service(name="movie-service", **arguments)
    return synthesized(lambda app: ServiceStack(app, service=service, environment=environment))


def task_definition(**arguments: Any) -> Any:
    return service_stack(**arguments)["resource"]["aws_ecs_task_definition"]["task_definition"]


def remote_state(stack: Any) -> Any:
    return stack["data"]["terraform_remote_state"]["iam"]


def test_a_name_alone_makes_what_the_walk_made() -> None:
    assert service_stack()["resource"] == {
        "aws_cloudwatch_log_group": {"log_group": {"name": "/ecs/movie-service"}},
        "aws_ecs_task_definition": {
            "task_definition": {
                "family": "movie-service",
                "requires_compatibilities": ["FARGATE"],
                "network_mode": "awsvpc",
                "runtime_platform": {
                    "operating_system_family": "LINUX",
                    "cpu_architecture": "X86_64",
                },
                "cpu": "512",
                "memory": "1024",
                "task_role_arn": TASK_ROLE,
                "execution_role_arn": EXECUTION_ROLE,
                "skip_destroy": True,
                "depends_on": ["aws_cloudwatch_log_group.log_group"],
                "container_definitions": [
                    {
                        "name": "movie-service",
                        "image": (
                            "127549748682.dkr.ecr.us-east-1.amazonaws.com/movie-service:latest"
                        ),
                        "essential": True,
                        "cpu": 0,
                        "environment": [{"name": "SPRING_PROFILES_ACTIVE", "value": "prod"}],
                        "portMappings": [
                            {"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}
                        ],
                        "logConfiguration": {
                            "logDriver": "awslogs",
                            "options": {
                                "awslogs-group": "/ecs/movie-service",
                                "awslogs-create-group": "true",
                                "awslogs-region": "us-east-1",
                                "awslogs-stream-prefix": "ecs",
                            },
                        },
                        "mountPoints": [],
                        "systemControls": [],
                        "volumesFrom": [],
                    }
                ],
            }
        },
    }


def test_retention_and_skip_destroy_as_they_are_given() -> None:
    resource = service_stack(log_retention_days=30, skip_destroy=False)["resource"]
    assert resource["aws_cloudwatch_log_group"] == {
        "log_group": {"name": "/ecs/movie-service", "retention_in_days": 30}
    }
    assert resource["aws_ecs_task_definition"]["task_definition"]["skip_destroy"] is False


@pytest.mark.parametrize("environment", [PROD, LOCAL], ids=["prod", "local"])
def test_the_roles_are_read_from_where_the_iam_stack_writes_its_state(
    environment: Environment,
) -> None:
    iam = synthesized(lambda app: IamStack(app, environment=environment))
    backend = iam["terraform"]["backend"]["s3"]
    state = remote_state(service_stack(environment))
    assert state["backend"] == "s3"
    assert state["config"] | {"encrypt": True, "use_lockfile": True} == backend
    assert state["config"] == s3_state(environment, "iam")
    assert set(iam["output"]) == {"task_role_arn", "execution_role_arn"}


def test_a_missing_iam_stack_is_said_with_its_cure() -> None:
    stack = service_stack()
    assert stack["data"]["aws_s3_objects"] == {
        "iam_state": {
            "bucket": "netflux-terraform-state-127549748682",
            "prefix": "iam/terraform.tfstate",
        }
    }
    assert remote_state(stack)["lifecycle"] == {
        "precondition": [
            {
                "condition": (
                    '${contains(data.aws_s3_objects.iam_state.keys, "iam/terraform.tfstate")}'
                ),
                "error_message": "movie-service: the stack iam has not been deployed;"
                " deploy it first, with: npx cdktf deploy iam",
            }
        ],
        "postcondition": [
            {
                "condition": (
                    "${can(self.outputs.task_role_arn) && can(self.outputs.execution_role_arn)}"
                ),
                "error_message": "movie-service: the stack iam has no roles;"
                " deploy it first, with: npx cdktf deploy iam",
            }
        ],
    }


def test_a_role_of_its_own_is_named_by_its_arn_and_the_other_is_read() -> None:
    stack = service_stack(task_role_arn="other-role")
    [task] = stack["resource"]["aws_ecs_task_definition"].values()
    assert task["task_role_arn"] == "arn:aws:iam::127549748682:role/other-role"
    assert task["execution_role_arn"] == EXECUTION_ROLE
    [postcondition] = remote_state(stack)["lifecycle"]["postcondition"]
    assert postcondition["condition"] == "${can(self.outputs.execution_role_arn)}"


def test_without_the_shared_roles_no_state_is_read() -> None:
    other = "arn:aws:iam::210987654321:role/other"
    stack = service_stack(task_role_arn=None, execution_role_arn=other)
    assert "data" not in stack
    [task] = stack["resource"]["aws_ecs_task_definition"].values()
    assert task["execution_role_arn"] == other
    assert "task_role_arn" not in task


def test_the_stack_is_named_after_the_service() -> None:
    backend = service_stack()["terraform"]["backend"]["s3"]
    assert backend["key"] == "movie-service/terraform.tfstate"


def test_a_stack_has_no_outputs_of_cdktfs_own() -> None:
    assert set(service_stack()) == {"data", "provider", "resource", "terraform"}
