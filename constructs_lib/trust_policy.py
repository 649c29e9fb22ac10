"""The trust policy that the console writes for the use case `Elastic Container Service Task`.

Source, read 2026-11:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

CONSOLE_DESCRIPTION = "Allows ECS tasks to call AWS services on your behalf."

Condition = Mapping[str, Mapping[str, Any]]


def ecs_tasks_trust_policy(condition: Condition | None = None) -> str:
    """The JSON that lets ECS tasks take a role on; `Sid` is empty, as the console has it."""
    statement: dict[str, Any] = {
        "Sid": "",
        "Effect": "Allow",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    if condition:
        statement["Condition"] = {operator: dict(keys) for operator, keys in condition.items()}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def only_tasks_of(account_id: str, region: str, partition: str) -> Condition:
    """The condition against the confused deputy: ECS acts for tasks of this account and region.

    AWS does not support the ARN of one cluster here.
    """
    return {
        "ArnLike": {"aws:SourceArn": f"arn:{partition}:ecs:{region}:{account_id}:*"},
        "StringEquals": {"aws:SourceAccount": account_id},
    }
