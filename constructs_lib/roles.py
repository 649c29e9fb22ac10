"""An IAM role that ECS tasks take on, with AWS managed policies."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from constructs_lib import names
from constructs_lib.errors import InvalidInput
from constructs_lib.managed_policies import managed_policy_arn, managed_policy_problem
from constructs_lib.rendering import literal
from constructs_lib.trust_policy import CONSOLE_DESCRIPTION, ecs_tasks_trust_policy
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
    ) -> None:
        """Makes the role and an attachment a policy.

        Args:
            name: at most 64 letters, digits or `+=,.@-_`.
            managed_policies: names of AWS managed policies, as in `managed_policies.py`.
            partition: the AWS partition of the policies' ARNs.
            description: the console's own text when left out.

        Raises:
            InvalidInput: the name breaks the rule, or a policy is not known.
        """
        problems = [
            None if is_unknown(name) else names.ROLE.problem("name", name),
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
            assume_role_policy=ecs_tasks_trust_policy(),
        )
        for policy in managed_policies:
            IamRolePolicyAttachment(
                scope,
                f"{id}_{policy}",
                role=self.name,
                policy_arn=managed_policy_arn(policy, partition),
            )
