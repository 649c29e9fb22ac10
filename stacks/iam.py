"""The shared IAM stack: the two roles of the console's walk."""

from __future__ import annotations

from cdktf import TerraformOutput
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.roles import EcsTasksRole
from constructs_lib.shared_roles import (
    EXECUTION_ROLE_NAME,
    EXECUTION_ROLE_POLICIES,
    TASK_ROLE_NAME,
    TASK_ROLE_POLICIES,
)
from stacks.base import BaseStack

IAM_STACK_ID = "iam"
TASK_ROLE_OUTPUT = "task_role_arn"
EXECUTION_ROLE_OUTPUT = "execution_role_arn"


class IamStack(BaseStack):
    """The roles, and their ARNs as the outputs that the services' stacks read."""

    def __init__(self, scope: Construct, *, environment: Environment) -> None:
        super().__init__(scope, IAM_STACK_ID, environment=environment)
        partition = environment.partition.name
        task_role = EcsTasksRole(
            self,
            "task_role",
            name=TASK_ROLE_NAME,
            managed_policies=TASK_ROLE_POLICIES,
            partition=partition,
        )
        execution_role = EcsTasksRole(
            self,
            "execution_role",
            name=EXECUTION_ROLE_NAME,
            managed_policies=EXECUTION_ROLE_POLICIES,
            partition=partition,
        )
        TerraformOutput(self, TASK_ROLE_OUTPUT, value=task_role.arn)
        TerraformOutput(self, EXECUTION_ROLE_OUTPUT, value=execution_role.arn)
