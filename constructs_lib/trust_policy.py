"""The trust policy that the console writes for the use case `Elastic Container Service Task`.

Source, read 2026-11:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
"""

from __future__ import annotations

import json

CONSOLE_DESCRIPTION = "Allows ECS tasks to call AWS services on your behalf."


def ecs_tasks_trust_policy() -> str:
    """The JSON that lets ECS tasks take a role on; `Sid` is empty, as the console has it."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "",
                    "Effect": "Allow",
                    "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    )
