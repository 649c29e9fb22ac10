"""Terraform configurations to plan, as Terraform's own JSON."""

from __future__ import annotations

import copy
import json
from typing import Any

Config = dict[str, Any]

ACCOUNT = "127549748682"
REPOSITORY = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/movie-service"
TASK_ROLE = f"arn:aws:iam::{ACCOUNT}:role/netflux-task-role"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:movie/db-AbCdEf"
TASK_ADDRESS = "aws_ecs_task_definition.task_definition"


def pairs(**values: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


def container(**members: Any) -> dict[str, Any]:
    """The container of a service; None takes a member away."""
    whole = {
        "name": "movie-service",
        "image": f"{REPOSITORY}:1.4.2",
        "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        "environment": pairs(JAVA_OPTS="-Xmx512m", SPRING_PROFILES_ACTIVE="prod"),
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": "/ecs/movie-service",
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "ecs",
            },
        },
    } | members
    return {name: value for name, value in whole.items() if value is not None}


def task_definition(*containers: dict[str, Any], **arguments: Any) -> dict[str, Any]:
    return {
        "family": "movie-service",
        "cpu": "512",
        "memory": "1024",
        "network_mode": "awsvpc",
        "requires_compatibilities": ["FARGATE"],
        "execution_role_arn": TASK_ROLE,
        "task_role_arn": TASK_ROLE,
        "runtime_platform": {"cpu_architecture": "X86_64", "operating_system_family": "LINUX"},
        "skip_destroy": True,
        "container_definitions": json.dumps(list(containers) or [container()]),
    } | arguments


def service(*containers: dict[str, Any], log_group: Config | None = None, **task: Any) -> Config:
    """A service's stack: its log group and its task definition."""
    return resources(
        aws_cloudwatch_log_group={"log_group": log_group or {"name": "/ecs/movie-service"}},
        aws_ecs_task_definition={"task_definition": task_definition(*containers, **task)},
    )


def resources(**by_type: Config) -> Config:
    return {"resource": by_type}


def with_(config: Config, **blocks: Any) -> Config:
    """A copy with other top-level blocks, and resources beside those that are there."""
    joined = copy.deepcopy(config)
    for name, block in blocks.items():
        if name == "resource":
            for type, named in block.items():
                joined.setdefault("resource", {}).setdefault(type, {}).update(named)
        else:
            joined[name] = block
    return joined


def tagged(config: Config, **tags: str) -> Config:
    """A copy whose provider gives every resource these tags."""
    return with_(config, provider={"aws": {"default_tags": [{"tags": tags}]}})


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(principal: Any = "ecs-tasks.amazonaws.com", **more: Any) -> str:
    given = principal if isinstance(principal, dict) else {"Service": principal}
    return policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": given, **more})


def role(*statements: dict[str, Any], trusts: str | None = None, **more: Any) -> Config:
    """A role with one policy of its own."""
    config = resources(
        aws_iam_role={
            "role": {"name": "movie-task-role", "assume_role_policy": trusts or trust(), **more}
        }
    )
    if statements:
        inline = {"name": "own", "role": "${aws_iam_role.role.name}", "policy": policy(*statements)}
        config["resource"]["aws_iam_role_policy"] = {"own": inline}
    return config
