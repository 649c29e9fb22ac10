"""The shared IAM stack: the two roles of the console's walk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cdktf import TerraformOutput
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.execution_policy import execution_role_statements, task_role_statements
from constructs_lib.rendering import json_literal
from constructs_lib.roles import EcsTasksRole
from constructs_lib.service import Service
from constructs_lib.shared_roles import (
    EXECUTION_ROLE_NAME,
    EXECUTION_ROLE_POLICIES,
    TASK_ROLE_NAME,
)
from constructs_lib.stack_ids import IAM_STACK
from constructs_lib.trust_policy import only_tasks_of
from stacks.base import BaseStack

TASK_ROLE_OUTPUT = "task_role_arn"
EXECUTION_ROLE_OUTPUT = "execution_role_arn"


class IamStack(BaseStack):
    """The roles, and their ARNs as the outputs that the services' stacks read.

    Where a service of the catalogue names secrets, the execution role may read exactly those; so
    may the task role, and nothing else, under `least_privilege`.
    """

    def __init__(
        self, scope: Construct, *, environment: Environment, services: Sequence[Service] = ()
    ) -> None:
        super().__init__(scope, IAM_STACK, environment=environment)
        task_role = self._add_role("task_role", TASK_ROLE_NAME, environment.task_role_policies)
        execution_role = self._add_role(
            "execution_role", EXECUTION_ROLE_NAME, EXECUTION_ROLE_POLICIES
        )
        if environment.least_privilege:
            self._let_read("task_role", task_role, task_role_statements(services, environment))
        self._let_read(
            "execution_role", execution_role, execution_role_statements(services, environment)
        )
        TerraformOutput(self, TASK_ROLE_OUTPUT, value=task_role.arn)
        TerraformOutput(self, EXECUTION_ROLE_OUTPUT, value=execution_role.arn)

    def _add_role(self, id: str, name: str, managed_policies: Sequence[str]) -> EcsTasksRole:
        environment = self.environment
        partition = environment.partition.name
        condition = None
        if environment.confused_deputy_conditions:
            condition = only_tasks_of(environment.account_id, environment.region, partition)
        return EcsTasksRole(
            self,
            id,
            name=environment.named(name),
            managed_policies=managed_policies,
            partition=partition,
            path=environment.role_path,
            permissions_boundary=environment.permissions_boundary,
            trust_condition=condition,
        )

    def _let_read(self, id: str, role: EcsTasksRole, statements: list[dict[str, Any]]) -> None:
        if statements:
            IamRolePolicy(
                self,
                f"{id}_reads",
                name="read-what-services-name",
                role=role.name,
                policy=json_literal({"Version": "2012-10-17", "Statement": statements}),
                lifecycle=role.again_with_it(),
            )
