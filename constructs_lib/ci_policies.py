"""What a CI job may do: who takes its role on, what a plan reads, and what an apply writes.

An apply makes and changes what the stacks hold; it cannot destroy a role, a log group or a
revision, nor change the stacks `state-bucket` and `ci-roles`: those are for a person.

Sources, read 2026-11:
- https://docs.github.com/en/actions/concepts/security/openid-connect
- https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.managed_policies import managed_policy_arn
from constructs_lib.service import Service
from constructs_lib.service_in_environment import in_environment
from constructs_lib.shared_roles import (
    EXECUTION_ROLE_NAME,
    EXECUTION_ROLE_POLICIES,
    TASK_ROLE_NAME,
)
from constructs_lib.stack_ids import CI_ROLES_STACK

ISSUER = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"
MAIN_BRANCH = "main"
APPROVED = "production"
"""The GitHub environment behind which the workflow applies."""

Statement = dict[str, Any]


def trust_policy(environment: Environment, repository: str, contexts: Sequence[str]) -> Statement:
    """Lets the jobs of a repository take a role on, in the contexts given.

    A context is the end of the token's subject: `pull_request`, `ref:refs/heads/main`,
    `environment:production`.
    """
    provider = f"arn:{environment.partition.name}:iam::{environment.account_id}:oidc-provider"
    subjects = [f"repo:{repository}:{context}" for context in contexts]
    return _policy(
        {
            "Effect": "Allow",
            "Principal": {"Federated": f"{provider}/{ISSUER}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringEquals": {f"{ISSUER}:aud": AUDIENCE, f"{ISSUER}:sub": subjects}},
        }
    )


def plan_policy(environment: Environment, services: Iterable[Service]) -> Statement:
    """What a plan needs: to read what the stacks hold and their state, and to lock that."""
    return _policy(*_state(environment, writes=False), *_reads(environment, list(services)))


def apply_policy(environment: Environment, services: Iterable[Service]) -> Statement:
    """What an apply needs beside: to write the state, and what the stacks of `services` hold."""
    listed = list(services)
    return _policy(
        *_state(environment, writes=True),
        *_reads(environment, listed),
        *_writes_of_roles(environment),
        *_writes_of_services(environment, listed),
    )


def _policy(*statements: Statement) -> Statement:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(sid: str, actions: Sequence[str], resources: Sequence[str]) -> Statement:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": sorted(actions),
        "Resource": list(resources),
    }


def _state(environment: Environment, *, writes: bool) -> list[Statement]:
    bucket = f"arn:{environment.partition.name}:s3:::{environment.state_bucket}"
    # Earlier versions tell whether the state is the one that was written last (tools/diagnosis).
    read = ["s3:GetObject", "s3:GetObjectVersion"]
    state = [*read, "s3:PutObject"] if writes else read
    lock = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    return [
        _allow("ListStates", ["s3:ListBucket", "s3:ListBucketVersions"], [bucket]),
        _allow("State", state, [f"{bucket}/*/terraform.tfstate"]),
        _allow("Lock", lock, [f"{bucket}/*/terraform.tfstate.tflock"]),
        _allow("NotItsOwn", ["s3:*"], [f"{bucket}/{CI_ROLES_STACK}/*"]) | {"Effect": "Deny"},
    ]


def _reads(environment: Environment, services: list[Service]) -> list[Statement]:
    # DescribeTaskDefinition and DescribeLogGroups know no narrower resource.
    roles = [
        *("iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies"),
        *("iam:ListAttachedRolePolicies", "iam:ListRoleTags"),
    ]
    return [
        _allow("ReadAll", ["ecs:DescribeTaskDefinition", "logs:DescribeLogGroups"], ["*"]),
        _allow("ReadTags", ["ecs:ListTagsForResource"], [_task_definitions(environment)]),
        _allow("ReadLogTags", ["logs:ListTagsForResource"], _log_groups(environment, services)),
        _allow("ReadRoles", roles, _roles(environment)),
    ]


def _writes_of_roles(environment: Environment) -> list[Statement]:
    partition = environment.partition.name
    attached = {*environment.task_role_policies, *EXECUTION_ROLE_POLICIES}
    policies = sorted(managed_policy_arn(name, partition) for name in attached)
    roles = _roles(environment)
    change = [
        *("iam:CreateRole", "iam:UpdateRole", "iam:UpdateRoleDescription"),
        *("iam:UpdateAssumeRolePolicy", "iam:TagRole", "iam:UntagRole"),
        *("iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:DetachRolePolicy"),
    ]
    boundary = environment.permissions_boundary
    return [
        _allow("ChangeRoles", change, roles),
        *([] if boundary is None else [_allow_boundary(boundary, roles)]),
        # Other managed policies are for whoever may deploy `ci-roles`.
        _allow("AttachWhatIsListed", ["iam:AttachRolePolicy"], roles)
        | {"Condition": {"ArnEquals": {"iam:PolicyARN": policies}}},
        _allow("PassRoles", ["iam:PassRole"], roles)
        | {"Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}},
    ]


def _allow_boundary(boundary: str, roles: list[str]) -> Statement:
    """To put the one boundary on, never another, and never to take it off."""
    return _allow("PutBoundary", ["iam:PutRolePermissionsBoundary"], roles) | {
        "Condition": {"StringEquals": {"iam:PermissionsBoundary": boundary}}
    }


def _writes_of_services(environment: Environment, services: list[Service]) -> list[Statement]:
    groups = [
        *("logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy"),
        *("logs:TagResource", "logs:UntagResource"),
    ]
    tags = ["ecs:TagResource", "ecs:UntagResource"]
    return [
        # RegisterTaskDefinition is one that does not know a narrower resource everywhere.
        _allow("Register", ["ecs:RegisterTaskDefinition"], ["*"]),
        _allow("TagRevisions", tags, [_task_definitions(environment)]),
        _allow("ChangeLogGroups", groups, _log_groups(environment, services)),
    ]


def _roles(environment: Environment) -> list[str]:
    return [environment.role_arn(name) for name in (TASK_ROLE_NAME, EXECUTION_ROLE_NAME)]


def _task_definitions(environment: Environment) -> str:
    return f"{_arn(environment, 'ecs')}:task-definition/*:*"


def _log_groups(environment: Environment, services: list[Service]) -> list[str]:
    """Those of services' default names, and each that has another; CloudWatch ends ARNs in `:*`."""
    groups = [in_environment(each, environment).log_group_name for each in services]
    others = {environment.named(str(group)) for group in groups if group is not None}
    default = environment.named("/ecs/*")
    named = (default, *sorted(name for name in others if not fnmatchcase(name, default)))
    names = [f"{_arn(environment, 'logs')}:log-group:{name}" for name in named]
    return [arn for name in names for arn in (name, f"{name}:*")]


def _arn(environment: Environment, service: str) -> str:
    partition = environment.partition.name
    return f"arn:{partition}:{service}:{environment.region}:{environment.account_id}"
