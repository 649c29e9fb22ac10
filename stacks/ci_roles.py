"""The stack of CI's roles: GitHub's identity provider, a role to plan and a role to apply."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import TerraformOutput
from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from constructs_lib.ci_policies import (
    APPROVED,
    AUDIENCE,
    ISSUER,
    MAIN_BRANCH,
    Statement,
    apply_policy,
    plan_policy,
    trust_policy,
)
from constructs_lib.environment import Environment
from constructs_lib.rendering import json_literal
from constructs_lib.service import Service
from constructs_lib.stack_ids import CI_ROLES_STACK
from stacks.base import BaseStack


class CiRolesStack(BaseStack):
    """Roles for the workflows of one GitHub repository, which needs no stored key.

    A plan may run for a pull request and on the main branch, an apply only behind the GitHub
    environment. The stack is deployed by a person: its roles cannot change themselves.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        environment: Environment,
        repository: str,
        services: Sequence[Service] = (),
    ) -> None:
        super().__init__(scope, CI_ROLES_STACK, environment=environment)
        self._repository = repository
        self._issuer = IamOpenidConnectProvider(
            self, "github", url=f"https://{ISSUER}", client_id_list=[AUDIENCE]
        )
        plans = ["pull_request", f"ref:refs/heads/{MAIN_BRANCH}"]
        self._add_role("plan", plans, plan_policy(environment, services))
        approved = [f"environment:{APPROVED}"]
        self._add_role("apply", approved, apply_policy(environment, services))

    def _add_role(self, verb: str, contexts: Sequence[str], policy: Statement) -> None:
        trust = trust_policy(self.environment, self._repository, contexts)
        role = IamRole(
            self,
            f"{verb}_role",
            name=self.environment.named(f"netflux-ci-{verb}"),
            description=f"GitHub Actions of {self._repository}: terraform {verb}",
            assume_role_policy=json_literal(trust),
            depends_on=[self._issuer],
        )
        IamRolePolicy(
            self,
            f"{verb}_policy",
            name=f"terraform-{verb}",
            role=role.name,
            policy=json_literal(policy),
        )
        TerraformOutput(self, f"{verb}_role_arn", value=role.arn)
