"""What is said of a stack that would make what exists already."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from tests.unit.tools.aws_in_process import state
from tools.aws import Aws
from tools.diagnosis import existing as module
from tools.diagnosis.existing import existing
from tools.state.stored import parsed

STACK = {
    "resource": {
        "aws_cloudwatch_log_group": {"log_group": {"name": "/ecs/movies"}},
        "aws_iam_role": {
            "own": {"name": "movies-role"},
            "made": {"name": "made-role"},
            "new": {"name": "new-role"},
            "nameless": {"name_prefix": "movies"},
        },
        "aws_ecs_task_definition": {"task_definition": {"family": "movies"}},
    }
}
FOUND = (
    "movies: there is already the log group /ecs/movies, the role movies-role, which this stack "
    "has not made; take over what there is, with: "
)


@pytest.fixture
def made_by_hand(aws: Aws) -> Aws:
    for name in ("/ecs/movies", "/ecs/movies-2"):
        aws.client("logs").create_log_group(logGroupName=name)
    for name in ("movies-role", "made-role"):
        aws.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument="{}")
    return aws


def holding(kind: str, name: str) -> Any:
    content = json.loads(state(1))
    content["resources"] = [{"type": kind, "name": name}]
    return parsed(json.dumps(content).encode())


def test_what_the_stack_has_not_made_is_told_with_what_takes_it_over(made_by_hand: Aws) -> None:
    told = existing("movies", STACK, holding("aws_iam_role", "made"), made_by_hand)
    assert told == [f"{FOUND}.venv/bin/python -m tools.adopt movies"]


def test_where_adopt_is_not_installed_terraform_imports_it(
    made_by_hand: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ADOPT", Path("/nowhere"))
    terraform = "terraform -chdir=cdktf.out/stacks/movies import"
    told = existing("movies", STACK, holding("aws_iam_role", "made"), made_by_hand)
    assert told == [
        f"{FOUND}{terraform} aws_cloudwatch_log_group.log_group /ecs/movies && "
        f"{terraform} aws_iam_role.own movies-role"
    ]


def test_nothing_is_said_of_what_is_not_there(aws: Aws) -> None:
    aws.client("logs").create_log_group(logGroupName="/ecs/movies-2")
    assert existing("movies", STACK, None, aws) == []
    assert existing("movies", {}, None, aws) == []


def test_where_aws_does_not_tell_nothing_is_said(
    made_by_hand: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(_: Aws, name: str) -> bool:
        raise EndpointConnectionError(endpoint_url=name)

    monkeypatch.setitem(module._KINDS, "aws_iam_role", ("role", silent))
    assert existing("movies", STACK, None, made_by_hand) == []
