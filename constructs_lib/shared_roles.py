"""The two roles that all services share, as the console's walk made them."""

from __future__ import annotations

TASK_ROLE_NAME = "netflux-task-role"
TASK_ROLE_POLICIES = ("AmazonEC2ContainerServiceRole", "SecretsManagerReadWrite")

EXECUTION_ROLE_NAME = "ecs-task-execution-role"
EXECUTION_ROLE_POLICIES = ("AmazonECSTaskExecutionRolePolicy",)

SHARED_ROLE_NAMES = (TASK_ROLE_NAME, EXECUTION_ROLE_NAME)
