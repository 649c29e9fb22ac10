"""The test of a service that services.py has by its name alone, as a person would write it."""

from __future__ import annotations

from pathlib import Path

_TEXT = '''\
"""What the entry of this service in services.py makes, whole: a change there is a change here.

PROD is the tests' own environment, whatever environments.py and images.txt say.
"""

from __future__ import annotations

from services import SERVICES
from stacks.service import ServiceStack
from tests.unit.synthesis import PROD, synthesized

NAME = "{name}"
LOG_GROUP = {
    "name": "/ecs/{name}",
}
CONTAINER = {
    "name": "{name}",
    "image": "127549748682.dkr.ecr.us-east-1.amazonaws.com/{name}:latest",
    "essential": True,
    "cpu": 0,
    "environment": [{"name": "SPRING_PROFILES_ACTIVE", "value": "prod"}],
    "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
    "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": "/ecs/{name}",
            "awslogs-create-group": "true",
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": "ecs",
        },
    },
    "mountPoints": [],
    "systemControls": [],
    "volumesFrom": [],
}
TASK_DEFINITION = {
    "family": "{name}",
    "requires_compatibilities": ["FARGATE"],
    "network_mode": "awsvpc",
    "runtime_platform": {"operating_system_family": "LINUX", "cpu_architecture": "X86_64"},
    "cpu": "512",
    "memory": "1024",
    "task_role_arn": "${data.terraform_remote_state.iam.outputs.task_role_arn}",
    "execution_role_arn": "${data.terraform_remote_state.iam.outputs.execution_role_arn}",
    "skip_destroy": True,
    "depends_on": ["aws_cloudwatch_log_group.log_group"],
    "container_definitions": [CONTAINER],
}


def test_the_log_group_and_the_task_definition() -> None:
    [service] = [each for each in SERVICES if each.name == NAME]
    stack = synthesized(lambda app: ServiceStack(app, service=service, environment=PROD))
    task_definition = stack["resource"]["aws_ecs_task_definition"]["task_definition"]
    assert task_definition["container_definitions"][0] == CONTAINER
    assert task_definition == TASK_DEFINITION
    assert stack["resource"] == {
        "aws_cloudwatch_log_group": {"log_group": LOG_GROUP},
        "aws_ecs_task_definition": {"task_definition": TASK_DEFINITION},
    }
'''


def service_test_path(project: Path, name: str) -> Path:
    """Where the test of a service lies."""
    return project / "tests" / "unit" / "services" / f"test_{name.replace('-', '_')}.py"


def service_test(name: str) -> str:
    """The text of the test."""
    return _TEXT.replace("{name}", name)
