"""The stack of CI's roles: who may take them on, and what they may do."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.service import Service
from stacks.ci_roles import CiRolesStack
from tests.unit.synthesis import LOCAL, PROD, synthesized

ACCOUNT = "127549748682"
BUCKET = "arn:aws:s3:::netflux-terraform-state-127549748682"
ROLES = [
    f"arn:aws:iam::{ACCOUNT}:role/netflux-task-role",
    f"arn:aws:iam::{ACCOUNT}:role/ecs-task-execution-role",
]
SERVICES = [Service(name="movie-service"), Service(name="old", log_group_name="/old/logs")]


@pytest.fixture(scope="module")
def stack() -> Any:
    return synthesized(
        lambda app: CiRolesStack(app, environment=PROD, repository="netflux/ecs", services=SERVICES)
    )


def _statements(stack: Any, verb: str) -> dict[str, Any]:
    policy = stack["resource"]["aws_iam_role_policy"][f"{verb}_policy"]["policy"]
    return {each["Sid"]: each for each in policy["Statement"]}


def _trust(stack: Any, verb: str) -> Any:
    return stack["resource"]["aws_iam_role"][f"{verb}_role"]["assume_role_policy"]["Statement"]


@pytest.mark.parametrize(
    ("verb", "contexts"),
    [("plan", ["pull_request", "ref:refs/heads/main"]), ("apply", ["environment:production"])],
)
def test_only_jobs_of_the_repository_in_their_context_take_a_role_on(
    stack: Any, verb: str, contexts: list[str]
) -> None:
    issuer = "token.actions.githubusercontent.com"
    assert _trust(stack, verb) == [
        {
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    f"{issuer}:aud": "sts.amazonaws.com",
                    f"{issuer}:sub": [f"repo:netflux/ecs:{context}" for context in contexts],
                }
            },
        }
    ]


def test_a_plan_only_reads_but_for_the_lock(stack: Any) -> None:
    allowed = [each for each in _statements(stack, "plan").values() if each["Effect"] == "Allow"]
    reading = ("Get", "List", "Describe")
    writes = {
        (action, *each["Resource"])
        for each in allowed
        for action in each["Action"]
        if not action.split(":")[1].startswith(reading)
    }
    lock = f"{BUCKET}/*/terraform.tfstate.tflock"
    assert writes == {("s3:PutObject", lock), ("s3:DeleteObject", lock)}


def test_roles_are_passed_to_ecs_tasks_only_and_no_others(stack: Any) -> None:
    assert _statements(stack, "apply")["PassRoles"] == {
        "Sid": "PassRoles",
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": ROLES,
        "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
    }


def test_an_apply_destroys_no_role_log_group_or_revision(stack: Any) -> None:
    actions = {
        action
        for each in _statements(stack, "apply").values()
        if each["Effect"] == "Allow"
        for action in each["Action"]
    }
    destroying = {name for name in actions if name.split(":")[1].startswith(("Delete", "Dereg"))}
    assert destroying == {
        "iam:DeleteRolePolicy",
        "logs:DeleteRetentionPolicy",
        "s3:DeleteObject",
    }
    assert not any("*" in action for action in actions)


@pytest.mark.parametrize("verb", ["plan", "apply"])
def test_neither_role_touches_the_state_of_its_own_stack(stack: Any, verb: str) -> None:
    assert _statements(stack, verb)["NotItsOwn"] == {
        "Sid": "NotItsOwn",
        "Effect": "Deny",
        "Action": ["s3:*"],
        "Resource": [f"{BUCKET}/ci-roles/*"],
    }


def test_only_the_managed_policies_of_the_stacks_are_attached(stack: Any) -> None:
    assert _statements(stack, "apply")["AttachWhatIsListed"]["Condition"] == {
        "ArnEquals": {
            "iam:PolicyARN": [
                "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
                "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceRole",
                "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            ]
        }
    }


def test_a_log_group_of_another_name_is_named(stack: Any) -> None:
    groups = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group"
    assert _statements(stack, "apply")["ChangeLogGroups"]["Resource"] == [
        f"{groups}:/ecs/*",
        f"{groups}:/ecs/*:*",
        f"{groups}:/old/logs",
        f"{groups}:/old/logs:*",
    ]


def test_the_guard_rails_of_the_environment_bind_ci_too() -> None:
    boundary = f"arn:aws:iam::{ACCOUNT}:policy/bounds"
    environment = Environment(
        **PROD.given,
        name_prefix="p-",
        role_path="/n/",
        permissions_boundary=boundary,
        least_privilege=True,
    )
    groups = {"x": "/ecs/deep/x", "y": "/ecs/y"}
    others = [Service(name=name, log_group_name=group) for name, group in groups.items()]
    services = [*SERVICES, *others]
    stack = synthesized(
        lambda app: CiRolesStack(app, environment=environment, repository="n/e", services=services)
    )
    names = [role["name"] for role in stack["resource"]["aws_iam_role"].values()]
    assert names == ["p-netflux-ci-apply", "p-netflux-ci-plan"]
    statements = _statements(stack, "apply")
    arn = f"arn:aws:iam::{ACCOUNT}:role/n"
    roles = [f"{arn}/p-netflux-task-role", f"{arn}/p-ecs-task-execution-role"]
    assert statements["PassRoles"]["Resource"] == roles
    assert statements["PutBoundary"] == {
        "Sid": "PutBoundary",
        "Effect": "Allow",
        "Action": ["iam:PutRolePermissionsBoundary"],
        "Resource": roles,
        "Condition": {"StringEquals": {"iam:PermissionsBoundary": boundary}},
    }
    assert statements["AttachWhatIsListed"]["Condition"]["ArnEquals"]["iam:PolicyARN"] == [
        "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    ]
    arn = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group"
    assert statements["ChangeLogGroups"]["Resource"][::2] == [
        f"{arn}:/ecs/p-*",
        f"{arn}:/ecs/deep/p-x",
        f"{arn}:/old/p-logs",
    ]


def test_the_repository_must_be_an_owner_and_a_name() -> None:
    environment = type(LOCAL)(
        name="local",
        account_id=ACCOUNT,
        region="us-east-1",
        state_bucket="some-bucket",
        github_repository="https://github.com/netflux/ecs",
    )
    sentences = str(InvalidInput.of("environments.py", list(environment.problems())))
    assert "'github_repository' must be a repository as OWNER/NAME" in sentences
