"""The way back: an earlier version becomes the newest, under Terraform's own lock."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import environments
from constructs_lib.environment import Environment
from tests.unit.tools.aws_in_process import BUCKET, ENVIRONMENT, aws, make_bucket, state
from tools.aws import Aws
from tools.refused import Refused
from tools.state.__main__ import main
from tools.state.restore import restore
from tools.state.stored import StoredState

__all__ = ["aws"]

KEY = "iam/terraform.tfstate"


@pytest.fixture
def s3(aws: Aws) -> Any:
    return make_bucket(aws)


def _put(s3: Any, body: bytes, key: str = KEY) -> str:
    return str(s3.put_object(Bucket=BUCKET, Key=key, Body=body)["VersionId"])


def _now(s3: Any) -> Any:
    return json.loads(s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read())


def _keys(s3: Any) -> list[str]:
    return [each["Key"] for each in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]


def test_an_earlier_version_becomes_the_newest_with_a_serial_above_all(aws: Aws, s3: Any) -> None:
    wanted = _put(s3, state(5, "role"))
    _put(s3, state(9, "role", lineage="b"))
    _put(s3, b"{")
    stored = StoredState(aws, "iam", s3)
    chosen, written = restore(stored, wanted)
    assert (chosen.id, written.serial) == (wanted, 10)
    assert _now(s3) == json.loads(state(10, "role"))
    assert stored.fault() is None
    assert _keys(s3) == [KEY]


def test_a_deleted_state_comes_back(aws: Aws, s3: Any) -> None:
    wanted = _put(s3, state(5, "role"))
    s3.delete_object(Bucket=BUCKET, Key=KEY)
    restore(StoredState(aws, "iam", s3), wanted)
    assert _now(s3) == json.loads(state(6, "role"))


def test_a_version_that_is_not_whole_is_refused_and_nothing_is_left(aws: Aws, s3: Any) -> None:
    _put(s3, state(5, "role"))
    broken = _put(s3, b"{")
    sentence = (
        rf"iam: the version {broken} is not a whole state file \(1 bytes, .*\); choose another"
    )
    with pytest.raises(Refused, match=f"^{sentence}$"):
        restore(StoredState(aws, "iam", s3), broken)
    assert s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"{"
    assert _keys(s3) == [KEY]


def test_an_unknown_version_is_refused(aws: Aws, s3: Any) -> None:
    _put(s3, state(5, "role"))
    sentence = (
        f"iam: s3://{BUCKET}/{KEY} has no version nope; "
        "list them, with: .venv/bin/python -m tools.state iam"
    )
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}$"):
        restore(StoredState(aws, "iam", s3), "nope")


def test_a_deletion_is_no_state_to_put_back(aws: Aws, s3: Any) -> None:
    _put(s3, state(5, "role"))
    deletion = s3.delete_object(Bucket=BUCKET, Key=KEY)["VersionId"]
    sentence = (
        rf"^iam: the version {deletion} is the deletion at .+ UTC, not a state; choose another$"
    )
    with pytest.raises(Refused, match=sentence):
        restore(StoredState(aws, "iam", s3), deletion)


def test_a_locked_state_is_left_alone(aws: Aws, s3: Any) -> None:
    wanted = _put(s3, state(5, "role"))
    _put(s3, b"")
    lock = {"ID": "i", "Who": "root@host", "Operation": "o", "Created": "2026-01-01T00:00:00Z"}
    _put(s3, json.dumps(lock).encode(), f"{KEY}.tflock")
    with pytest.raises(Refused, match=r"^iam: the state is locked by root@host since "):
        restore(StoredState(aws, "iam", s3), wanted)
    assert s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b""
    assert _keys(s3) == [KEY, f"{KEY}.tflock"]


@pytest.fixture
def command(aws: Aws, s3: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(environments, "selected", lambda: ENVIRONMENT)
    return main


def test_the_command_lists_the_versions_and_what_is_wrong(
    command: Any, s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    good = _put(s3, state(5, "role"))
    broken = _put(s3, b"{")
    assert command(["iam"]) == 0
    said = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", "T" * 23, capsys.readouterr().out)
    size, time = len(state(5, "role")), "T" * 23
    assert said == (
        f"s3://{BUCKET}/{KEY} (2)\n"
        f"  {'VERSION':36}  {'WRITTEN':23}  BYTES  SERIAL     RESOURCES\n"
        f"  {'-' * 36}  {'-' * 23}  -----  ---------  ---------\n"
        f"  {broken}  {time}  1      not whole\n"
        f"  {good}  {time}  {size:<5}  5          1\n"
        f"iam: the state s3://{BUCKET}/{KEY} is not a whole state file "
        f"(1 bytes, written at {time}); put back the one before it, with: "
        f".venv/bin/python -m tools.state iam --restore {good}\n"
    )


def test_the_command_puts_a_version_back(
    command: Any, s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    good = _put(s3, state(5, "role"))
    _put(s3, b"{")
    assert command(["iam", "--restore", good]) == 0
    assert re.fullmatch(
        r"iam: the version of \S+ \S+ UTC is the newest again, as serial 6; "
        r"see what it lacks, with: \.venv/bin/python -m tools\.plan iam\n",
        capsys.readouterr().out,
    )


def test_the_state_buckets_own_state_is_not_in_it(
    command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["state-bucket"]) == 1
    assert capsys.readouterr().err == (
        "state: state-bucket: its state is a file of this project, not in the bucket; "
        "put back an earlier one with git\n"
    )


def test_of_an_embedded_aws_it_goes_with_that(
    command: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    embedded = Environment(**{**ENVIRONMENT.given, "endpoint": "http://127.0.0.1:1"})
    monkeypatch.setattr(environments, "selected", lambda: embedded)
    assert command(["state-bucket"]) == 1
    assert capsys.readouterr().err == (
        "state: state-bucket: its state is a file of this project, not in the bucket; it goes with "
        "the embedded AWS, so deploy it anew\n"
    )


def test_a_stack_that_never_had_a_state_is_one_sentence(
    command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["iam"]) == 1
    captured = capsys.readouterr()
    sentence = (
        f"iam: there is no state s3://{BUCKET}/iam/terraform.tfstate, and never was one; "
        "name another, or deploy it first, with: npx cdktf deploy iam"
    )
    assert (captured.out, captured.err) == ("", f"state: {sentence}\n")


def test_a_name_that_no_stack_has_is_one_sentence_with_the_nearest(
    command: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.state.__main__.stacks_of_code", lambda: ["iam", "movie-service"])
    assert command(["move-service"]) == 1
    sentence = "state: there is no stack 'move-service'; write 'movie-service'\n"
    assert capsys.readouterr() == ("", sentence)


def test_a_stack_whose_entry_is_gone_has_its_state(
    command: Any, s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    version = _put(s3, state(5, "log_group"), "gone/terraform.tfstate")
    assert command(["gone"]) == 0
    assert version in capsys.readouterr().out
