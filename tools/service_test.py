"""The test of a service that services.py has by its name alone, and the file beside it."""

from __future__ import annotations

import json
from pathlib import Path

_FOLDER = Path("tests", "unit", "services")
_TEST = '''\
"""What the entry of this service in services.py makes, whole, is in the JSON file beside this.

After a change that is meant, `make golden` writes that file anew; its difference is to be reviewed.
"""

from __future__ import annotations

from tests.unit.services.entry import golden, made


def test_what_it_makes() -> None:
    name = "{name}"
    assert made(name) == golden(name), "if that is meant: make golden"
'''


def service_test(name: str) -> dict[Path, str]:
    """The text of both, by the path in the project."""
    golden = json.dumps(_resources(name), indent=2, sort_keys=True)
    return {
        _FOLDER / f"test_{name.replace('-', '_')}.py": _TEST.replace("{name}", name),
        _FOLDER / f"{name}.json": golden + "\n",
    }


def _resources(name: str) -> dict[str, object]:
    log_group = f"/ecs/{name}"
    container = {
        "name": name,
        "image": f"127549748682.dkr.ecr.us-east-1.amazonaws.com/{name}:latest",
        "essential": True,
        "cpu": 0,
        "environment": [{"name": "SPRING_PROFILES_ACTIVE", "value": "prod"}],
        "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": log_group,
                "awslogs-create-group": "true",
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "ecs",
            },
        },
        "mountPoints": [],
        "systemControls": [],
        "volumesFrom": [],
    }
    task_definition = {
        "family": name,
        "requires_compatibilities": ["FARGATE"],
        "network_mode": "awsvpc",
        "runtime_platform": {"operating_system_family": "LINUX", "cpu_architecture": "X86_64"},
        "cpu": "512",
        "memory": "1024",
        "task_role_arn": "${data.terraform_remote_state.iam.outputs.task_role_arn}",
        "execution_role_arn": "${data.terraform_remote_state.iam.outputs.execution_role_arn}",
        "skip_destroy": True,
        "depends_on": ["aws_cloudwatch_log_group.log_group"],
        "container_definitions": [container],
    }
    return {
        "aws_cloudwatch_log_group": {"log_group": {"name": log_group}},
        "aws_ecs_task_definition": {"task_definition": task_definition},
    }
