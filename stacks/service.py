"""The stack of one microservice: its log group and its task definition."""

from __future__ import annotations

from typing import Any

from cdktf import DataTerraformRemoteStateS3
from cdktf_cdktf_provider_aws.data_aws_s3_objects import DataAwsS3Objects
from constructs import Construct

from constructs_lib.definition import described
from constructs_lib.environment import Environment, state_key
from constructs_lib.errors import InvalidInput
from constructs_lib.log_group import LogGroup
from constructs_lib.service import Service
from constructs_lib.service_check import problems
from constructs_lib.service_in_environment import in_environment
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME, TASK_ROLE_NAME
from constructs_lib.stack_ids import IAM_STACK
from constructs_lib.task_definition import TaskDefinition
from stacks.base import BaseStack, s3_state
from stacks.iam import EXECUTION_ROLE_OUTPUT, TASK_ROLE_OUTPUT


class ServiceStack(BaseStack):
    """A log group, and a task definition with the two roles of the IAM stack."""

    def __init__(self, scope: Construct, *, service: Service, environment: Environment) -> None:
        super().__init__(scope, service.name, environment=environment)
        wrong = problems(service, environment)
        if wrong:
            raise InvalidInput.of(str(service.name), wrong)
        service = in_environment(service, environment)
        whole = described(service, environment)
        definition, group = whole.definition, whole.log_group
        made_first = [] if group is None else [self._log_group(service, group)]
        TaskDefinition(
            self,
            "task_definition",
            definition=definition,
            skip_destroy=service.skip_destroy,
            depends_on=made_first,
            checked=True,
            **self._shared_roles(definition),
        )

    def _log_group(self, service: Service, name: str) -> LogGroup:
        days = service.log_retention_days
        return LogGroup(self, "log_group", name=name, retention_days=days)

    def _shared_roles(self, definition: dict[str, Any]) -> dict[str, str]:
        """References to the IAM stack's outputs, for the roles that it makes.

        Its state is read, not its construct, so that a stack can be deployed alone and refers only
        to a role that is really there.
        """
        shared = [
            ("task_role_arn", "taskRoleArn", TASK_ROLE_NAME, TASK_ROLE_OUTPUT),
            ("execution_role_arn", "executionRoleArn", EXECUTION_ROLE_NAME, EXECUTION_ROLE_OUTPUT),
        ]
        wanted = [
            (argument, output)
            for argument, key, role_name, output in shared
            if definition.get(key) == self.environment.role_arn(role_name)
        ]
        if not wanted:
            return {}
        self._read_iam_state([output for _, output in wanted])
        outputs = f"data.terraform_remote_state.{IAM_STACK}.outputs"
        return {argument: f"${{{outputs}.{output}}}" for argument, output in wanted}

    def _read_iam_state(self, outputs: list[str]) -> None:
        """The IAM stack's state; where it is missing, Terraform's error says what to deploy first.

        Terraform's own words for that are `Unable to find remote state`, without a cure, so the
        state's key is looked up before.
        """
        key = state_key(IAM_STACK)
        keys = "iam_state"
        DataAwsS3Objects(self, keys, bucket=self.environment.state_bucket, prefix=key)
        stack = f"{self.id}: the stack {IAM_STACK}"
        cure = f"deploy it first, with: npx cdktf deploy {IAM_STACK}"
        has_roles = " && ".join(f"can(self.outputs.{output})" for output in outputs)
        DataTerraformRemoteStateS3(self, IAM_STACK, bucket="", key="")
        conditions = {
            "precondition": [
                {
                    "condition": f'${{contains(data.aws_s3_objects.{keys}.keys, "{key}")}}',
                    "error_message": f"{stack} has not been deployed; {cure}",
                }
            ],
            "postcondition": [
                {
                    "condition": f"${{{has_roles}}}",
                    "error_message": f"{stack} has no roles; {cure}",
                }
            ],
        }
        self.add_override(
            f"data.terraform_remote_state.{IAM_STACK}",
            {"config": s3_state(self.environment, IAM_STACK), "lifecycle": conditions},
        )
