"""A legal definition to start from, and how a test changes it."""

from __future__ import annotations

import copy
import itertools
from typing import Any

from constructs_lib.findings import ABSENT, Definition, Path

WEB: Path = ("containerDefinitions", 0)
SETUP: Path = ("containerDefinitions", 1)

#: A Fargate task of two containers, with nothing wrong in it.
LEGAL: Definition = {
    "family": "shop",
    "networkMode": "awsvpc",
    "requiresCompatibilities": ["FARGATE"],
    "cpu": "512",
    "memory": "1024",
    "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
    "containerDefinitions": [
        {
            "name": "web",
            "image": "shop:1",
            "portMappings": [{"name": "http", "containerPort": 8080}],
            "environment": [{"name": "PROFILE", "value": "prod"}],
            "secrets": [{"name": "DB_PASSWORD", "valueFrom": "/shop/db"}],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/ecs/shop",
                    "awslogs-region": "us-east-1",
                    "awslogs-stream-prefix": "ecs",
                },
            },
        },
        {"name": "setup", "image": "setup:1", "essential": False},
    ],
}


def changed(changes: dict[Path, Any], definition: Definition = LEGAL) -> Definition:
    """A copy with other values at some paths; ABSENT takes one away, and lists grow by one."""
    copied: Definition = copy.deepcopy(definition)
    for path, value in changes.items():
        parent: Any = copied
        for step, following in itertools.pairwise(path):
            if isinstance(parent, dict):
                parent = parent.setdefault(step, [] if isinstance(following, int) else {})
            else:
                if step == len(parent):
                    parent.append({})
                parent = parent[step]
        if value is ABSENT:
            del parent[path[-1]]
        elif isinstance(parent, list) and path[-1] == len(parent):
            parent.append(value)
        else:
            parent[path[-1]] = value
    return copied
