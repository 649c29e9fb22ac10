"""The shared IAM stack: the two roles of the console's walk."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import TerraformOutput
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.execution_policy import execution_role_statements
from constructs_lib.rendering import json_literal
from constructs_lib.roles import EcsTasksRole
from constructs_lib.service import Service
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
    """The roles, and their ARNs as the outputs that the services' stacks read.

    Where a service of the catalogue names secrets, the execution role may read exactly those.
    """

    def __init__(
        self, scope: Construct, *, environment: Environment, services: Sequence[Service] = ()
    ) -> None:
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
        statements = execution_role_statements(services, environment)
        if statements:
            IamRolePolicy(
                self,
                "execution_role_reads",
                name="read-what-services-name",
                role=execution_role.name,
                policy=json_literal({"Version": "2012-10-17", "Statement": statements}),
            )
        TerraformOutput(self, TASK_ROLE_OUTPUT, value=task_role.arn)
        TerraformOutput(self, EXECUTION_ROLE_OUTPUT, value=execution_role.arn)
