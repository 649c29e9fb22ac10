"""Releasing the lock of a process that died: what it had made, and whose lock it is."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.tools.aws_in_process import BUCKET, aws, make_bucket
from tools.aws import Aws
from tools.refused import Refused
from tools.state.stored import StoredState
from tools.state.unlock import Found, locked_by, made_meanwhile

__all__ = ["aws"]

LOCK = {
    **{"ID": "1", "Operation": "OperationTypeApply", "Who": "root@host"},
    "Created": "2026-11-01T00:00:00.123456789Z",
}
RESOURCES = {
    "aws_iam_role": {"task_role": {"name": "task"}, "execution_role": {"name": "execution"}},
    "aws_cloudwatch_log_group": {"log_group": {"name": "/ecs/movie"}},
    "aws_iam_openid_connect_provider": {"github": {"url": "https://token.example.com"}},
    "aws_ecs_task_definition": {"task_definition": {"family": "movie"}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cdk.tf.json").write_text(json.dumps({"resource": RESOURCES}))
    return tmp_path


def lock(aws: Aws, **changed: str) -> StoredState:
    make_bucket(aws).put_object(
        Bucket=BUCKET, Key="movie/terraform.tfstate.tflock", Body=json.dumps(LOCK | changed)
    )
    return StoredState(aws, "movie")


def make(aws: Aws) -> None:
    for name in ("task", "execution", "another"):
        aws.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument="{}")
    for name in ("/ecs/movie", "/ecs/movie-2"):
        aws.client("logs").create_log_group(logGroupName=name)
    aws.client("iam").create_open_id_connect_provider(Url="https://token.example.com")


def meanwhile(aws: Aws, folder: Path, stored: StoredState) -> dict[str, str]:
    return made_meanwhile(aws, folder, stored, locked_by(stored, "1"))


def test_what_was_made_while_the_lock_was_held(aws: Aws, folder: Path) -> None:
    stored = lock(aws)
    assert meanwhile(aws, folder, stored) == {}
    make(aws)
    assert meanwhile(aws, folder, stored) == {
        "aws_iam_role.task_role": "task",
        "aws_iam_role.execution_role": "execution",
        "aws_iam_openid_connect_provider.github": (
            "arn:aws:iam::123456789012:oidc-provider/token.example.com"
        ),
        "aws_cloudwatch_log_group.log_group": "/ecs/movie",
    }


def test_what_was_there_before_is_not_touched(aws: Aws, folder: Path) -> None:
    stored = lock(aws)
    make(aws)
    held = locked_by(stored, "1")
    later = held._replace(written=held.written + timedelta(seconds=10))
    assert made_meanwhile(aws, folder, stored, later) == {}


def test_what_the_state_has_is_left_out(aws: Aws, folder: Path) -> None:
    stored = lock(aws)
    make(aws)
    held: list[dict[str, Any]] = [
        {"mode": "managed", "type": "aws_iam_role", "name": name, "instances": []}
        for name in ("task_role", "execution_role")
    ]
    state = {"version": 4, "serial": 1, "lineage": "a", "resources": held}
    stored.s3.put_object(Bucket=BUCKET, Key=stored.key, Body=json.dumps(state))
    assert sorted(meanwhile(aws, folder, stored)) == [
        "aws_cloudwatch_log_group.log_group",
        "aws_iam_openid_connect_provider.github",
    ]


def test_a_plan_makes_nothing(aws: Aws, folder: Path) -> None:
    stored = lock(aws, Operation="OperationTypePlan")
    make(aws)
    assert meanwhile(aws, folder, stored) == {}


def test_another_lock_and_none_are_refused(aws: Aws) -> None:
    stored = lock(aws)
    sentence = (
        r"^movie: the lock is another by now; look whose it is: movie: the state is locked by .+; "
        r"if that process is no longer alive, release it, with: "
        r"\.venv/bin/python -m tools\.state movie --unlock 1$"
    )
    with pytest.raises(Refused, match=sentence):
        locked_by(stored, "2")
    stored.s3.delete_object(Bucket=BUCKET, Key=stored.lock_key)
    sentence = r"^movie: the state is not locked; there is nothing to release$"
    with pytest.raises(Refused, match=sentence):
        locked_by(stored, "1")


def test_a_log_group_is_as_old_as_aws_says(aws: Aws) -> None:
    from tools.state.unlock import _log_group

    assert _log_group(aws, {"name": "/ecs/movie"}) is None
    aws.client("logs").create_log_group(logGroupName="/ecs/movie")
    found = _log_group(aws, {"name": "/ecs/movie"})
    assert isinstance(found, Found)
    assert abs(found.created.timestamp() - time.time()) < 60
