"""An IAM role that ECS tasks take on, with AWS managed policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from constructs_lib import names
from constructs_lib.errors import InvalidInput
from constructs_lib.managed_policies import managed_policy_arn, managed_policy_problem
from constructs_lib.rendering import literal
from constructs_lib.trust_policy import CONSOLE_DESCRIPTION, Condition, ecs_tasks_trust_policy
from constructs_lib.unknown import is_unknown


class EcsTasksRole(IamRole):
    """A role that `ecs-tasks.amazonaws.com` may assume, as the console writes it.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        name: str,
        managed_policies: Sequence[str] = (),
        partition: str = "aws",
        description: str = CONSOLE_DESCRIPTION,
        path: str = "/",
        permissions_boundary: str | None = None,
        trust_condition: Condition | None = None,
    ) -> None:
        """Makes the role and an attachment a policy.

        Args:
            name: at most 64 letters, digits or `+=,.@-_`.
            managed_policies: names of AWS managed policies, as in `managed_policies.py`.
            partition: the AWS partition of the policies' ARNs.
            description: the console's own text when left out.
            path: part of the ARN, from / to /, at most 512 characters; / when left out.
            permissions_boundary: the ARN of the policy that bounds all others; none when left out.
            trust_condition: when tasks may take the role on, such as `only_tasks_of`; always when
                left out.

        Raises:
            InvalidInput: the name, path or boundary breaks its rule, or a policy is not known.
        """
        problems = [
            None if is_unknown(name) else names.ROLE.problem("name", name),
            None if is_unknown(path) else names.ROLE_PATH.problem("path", path),
            None
            if permissions_boundary is None or is_unknown(permissions_boundary)
            else names.PERMISSIONS_BOUNDARY.problem("permissions_boundary", permissions_boundary),
            *(managed_policy_problem("managed_policies", policy) for policy in managed_policies),
        ]
        wrong = [problem for problem in problems if problem]
        if wrong:
            raise InvalidInput.of(f"role {id}", wrong)
        super().__init__(
            scope,
            id,
            name=name,
            description=literal(description),
            path=None if path == "/" else literal(path),
            permissions_boundary=None
            if permissions_boundary is None
            else literal(permissions_boundary),
            assume_role_policy=ecs_tasks_trust_policy(trust_condition),
        )
        for policy in managed_policies:
            IamRolePolicyAttachment(
                scope,
                f"{id}_{policy}",
                role=self.name,
                policy_arn=managed_policy_arn(policy, partition),
                lifecycle=self.again_with_it(),
            )

    def again_with_it(self) -> dict[str, Any]:
        """The lifecycle of a policy of the role.

        A role of another path is another one of the same name. All that Terraform sees of a policy
        is the name, so without this it would leave the policies to the role that goes.
        """
        return {
            "replace_triggered_by": [
                f"{self.terraform_resource_type}.{self.friendly_unique_id}.arn"
            ]
        }
