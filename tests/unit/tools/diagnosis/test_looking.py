"""What is found out about a stack that Terraform cannot work on, with whole sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from constructs_lib.environment import Environment
from tests.unit.tools.aws_in_process import ACCOUNT, BUCKET, ENVIRONMENT, state
from tests.unit.tools.diagnosis.iam import KEY, put, reads_iam
from tools.aws import Aws
from tools.diagnosis.looking import Diagnosis
from tools.state.stored import StoredState

PUSH = (
    "iam: a state could not be written, and is kept in cdktf.out/stacks/iam/errored.tfstate; "
    "before anything else, push it, with: "
    "terraform -chdir=cdktf.out/stacks/iam state push errored.tfstate"
)
LOCK = {"ID": "i", "Who": "root@host", "Operation": "o", "Created": "2000-01-01T00:00:00.1Z"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the stack iam, in a project that is tmp_path."""
    folder = tmp_path / "cdktf.out" / "stacks" / "iam"
    folder.mkdir(parents=True)
    return folder


def _environment(**changed: Any) -> Environment:
    return Environment(**{**ENVIRONMENT.given, **changed})


def test_where_nothing_is_wrong_nothing_is_said(s3: Any, tmp_path: Path) -> None:
    put(s3, state(1, "role"))
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("iam") == diagnosis.after("iam") == []
    assert diagnosis.before("never-deployed") == diagnosis.after("never-deployed") == []


def test_another_account_is_said_with_both_numbers_and_nothing_else_is_asked(
    aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    client = Aws.client

    def noted(self: Aws, name: str) -> Any:
        asked.append(name)
        return client(self, name)

    monkeypatch.setattr(Aws, "client", noted)
    diagnosis = Diagnosis(_environment(account_id="999999999999"), tmp_path)
    sentence = (
        f"test: the AWS credentials belong to the account {ACCOUNT}, and the environment is the "
        "account 999999999999; choose credentials of 999999999999 with AWS_PROFILE, or another "
        "environment with NETFLUX_ENV"
    )
    assert diagnosis.all_before(["iam", "state-bucket"]) == [sentence]
    assert diagnosis.all_after(["iam", "state-bucket"]) == [sentence]
    assert asked == ["sts"]


def test_without_credentials_there_is_one_sentence(
    aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setattr("botocore.session.Session.get_credentials", lambda self: None)
    sentence = (
        "test: the AWS credentials were not taken (Unable to locate credentials); "
        "log in again, or choose others with AWS_PROFILE"
    )
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [sentence]


def test_a_profile_that_there_is_not_is_one_sentence(
    aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nope")
    sentence = (
        "test: the AWS credentials were not taken (The config profile (nope) could not be found); "
        "log in again, or choose others with AWS_PROFILE"
    )
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [sentence]


@pytest.mark.parametrize("variable", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_beside_an_embedded_aws_such_a_profile_is_to_be_unset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """Terraform ends where there is none, although it needs nothing of it."""
    monkeypatch.delenv("AWS_PROFILE", raising=False)  # which would count first
    monkeypatch.setenv(variable, "nope")
    environment = _environment(endpoint="http://127.0.0.1:1")
    assert Diagnosis(environment, tmp_path).before("iam") == [
        f"test: {variable} names nope, which this machine does not have, and Terraform would look "
        "for it; unset it, as an embedded AWS takes no credentials"
    ]
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    (tmp_path / "config").write_text("[profile nope]\n")
    [sentence] = Diagnosis(environment, tmp_path).before("iam")
    assert sentence.startswith("test: the embedded AWS does not run at http://127.0.0.1:1; ")


def _refusing(monkeypatch: pytest.MonkeyPatch, operation: str, code: str, status: int) -> None:
    """Lets one operation be refused, and leaves the others to moto."""
    from botocore.client import BaseClient

    call = BaseClient._make_api_call

    def refuse(self: Any, name: str, arguments: Any) -> Any:
        if name == operation:
            answer: Any = {"Error": {"Code": code, "Message": "no."}}
            answer["ResponseMetadata"] = {"HTTPStatusCode": status}
            raise ClientError(answer, name)
        return call(self, name, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", refuse)


def test_expired_credentials_are_one_sentence(
    aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refusing(monkeypatch, "GetCallerIdentity", "ExpiredToken", 403)
    sentence = (
        "test: the AWS credentials were not taken (An error occurred (ExpiredToken) when calling "
        "the GetCallerIdentity operation: no); log in again, or choose others with AWS_PROFILE"
    )
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [sentence]


def test_an_aws_that_does_not_answer_keeps_no_one_from_beginning(
    aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refusing(monkeypatch, "GetCallerIdentity", "ServiceUnavailable", 503)
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("iam") == []
    diagnosis.check_account()
    assert diagnosis.after("iam") == [
        "test: AWS does not answer (An error occurred (ServiceUnavailable) when calling the "
        "GetCallerIdentity operation: no); look at the network, and try again"
    ]


def test_a_missing_state_bucket_is_to_be_deployed_first(aws: Aws, tmp_path: Path) -> None:
    sentence = (
        f"test: the state bucket {BUCKET} does not exist; "
        "deploy it first, with: npx cdktf deploy state-bucket"
    )
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("iam") == diagnosis.after("iam") == [sentence]
    assert diagnosis.before("state-bucket") == diagnosis.after("state-bucket") == []


def test_a_state_bucket_in_another_region_is_said_with_both(aws: Aws, tmp_path: Path) -> None:
    there = Aws(_environment(region="eu-west-1")).client("s3")
    configuration = {"LocationConstraint": "eu-west-1"}
    there.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=configuration)
    assert Diagnosis(ENVIRONMENT, tmp_path).after("iam") == [
        f"test: the state bucket {BUCKET} is in the region eu-west-1, and the environment is in "
        "us-east-1; name another bucket, or that region, in environments.py"
    ]


def test_a_state_bucket_that_refuses_is_said_with_what_is_needed(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refusing(monkeypatch, "HeadBucket", "403", 403)
    assert Diagnosis(ENVIRONMENT, tmp_path).after("iam") == [
        f"test: the state bucket {BUCKET} refuses these credentials; choose others with "
        "AWS_PROFILE, or let them have s3:ListBucket on it, and s3:GetObject and s3:PutObject in it"
    ]


def test_without_leave_to_list_versions_it_does_not_begin(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refusing(monkeypatch, "ListObjectVersions", "AccessDenied", 403)
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [
        f"test: the state bucket {BUCKET} refuses these credentials ListObjectVersions, so an "
        "older state would go unnoticed; let them have s3:ListBucketVersions on it, and "
        "s3:GetObject and s3:GetObjectVersion in it"
    ]


def test_a_bucket_that_fails_for_now_keeps_no_one_from_beginning(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refusing(monkeypatch, "ListObjectVersions", "SlowDown", 503)
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("iam") == []
    assert diagnosis.after("iam") == [
        f"iam: the state bucket {BUCKET} does not answer as it should "
        "(An error occurred (SlowDown) when calling the ListObjectVersions operation: no); "
        "try again later"
    ]


def test_a_lock_is_said_after_a_failure_only(s3: Any, tmp_path: Path) -> None:
    put(s3, json.dumps(LOCK).encode(), f"{KEY}.tflock")
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("iam") == []
    [sentence] = diagnosis.after("iam")
    assert sentence.startswith("iam: the state is locked by root@host since ")
    assert sentence.endswith("release it, with: .venv/bin/python -m tools.state iam --unlock i")


@pytest.mark.parametrize("stored", [None, state(4, "a"), state(5, lineage="b")])
def test_a_state_that_could_not_be_written_is_to_be_pushed_first(
    s3: Any, folder: Path, tmp_path: Path, stored: bytes | None
) -> None:
    (folder / "errored.tfstate").write_bytes(state(5, "a", "b"))
    if stored:
        put(s3, stored)
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("iam") == diagnosis.after("iam") == [PUSH]


def test_with_its_lock_left_that_comes_first(s3: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "errored.tfstate").write_bytes(state(5, "a"))
    put(s3, json.dumps(LOCK).encode(), f"{KEY}.tflock")
    lock, push = Diagnosis(ENVIRONMENT, tmp_path).after("iam")
    assert "--unlock" in lock
    assert push == PUSH


@pytest.mark.parametrize("serial", [5, 6])
def test_once_it_is_pushed_nothing_is_said(
    s3: Any, folder: Path, tmp_path: Path, serial: int
) -> None:
    (folder / "errored.tfstate").write_bytes(state(5, "a"))
    put(s3, state(serial, "a"))
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("iam") == diagnosis.after("iam") == []


def test_where_the_state_has_moved_on_the_page_is_named(
    s3: Any, folder: Path, tmp_path: Path
) -> None:
    (folder / "errored.tfstate").write_bytes(state(5, "a"))
    put(s3, state(6, "b"))
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [
        "iam: cdktf.out/stacks/iam/errored.tfstate holds a state that could not be written, and "
        "the state has moved on since; import what the state lacks of it, then delete the file:"
        " docs/recovery.md#a-state-that-could-not-be-written"
    ]


def test_while_the_bucket_fails_the_state_that_is_kept_is_said(
    s3: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "errored.tfstate").write_bytes(state(5, "a"))
    _refusing(monkeypatch, "GetObject", "InternalError", 500)
    assert Diagnosis(ENVIRONMENT, tmp_path).after("iam")[1:] == [PUSH]
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [PUSH]
    _refusing(monkeypatch, "HeadBucket", "503", 503)
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [PUSH]
    _refusing(monkeypatch, "GetCallerIdentity", "ServiceUnavailable", 503)
    assert Diagnosis(ENVIRONMENT, tmp_path).before("iam") == [PUSH]


def test_the_state_of_a_stack_that_is_read_is_looked_at_too(s3: Any, tmp_path: Path) -> None:
    put(s3, state(1, "role"))
    put(s3, b"")
    reads_iam(tmp_path)
    [sentence] = Diagnosis(ENVIRONMENT, tmp_path).before("movie-service")
    assert sentence.startswith(f"iam: the state s3://{BUCKET}/{KEY} is not a whole state file")


def test_a_stack_that_is_read_and_was_never_deployed_is_said_after_a_failure_only(
    s3: Any, tmp_path: Path
) -> None:
    reads_iam(tmp_path)
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("movie-service") == []  # one command may deploy both
    assert diagnosis.after("movie-service") == [
        "movie-service: the stack iam has not been deployed; deploy it first, with: "
        "npx cdktf deploy iam"
    ]


def test_a_state_with_resources_and_no_stack_is_told(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETFLUX_ENV", "test")
    put(s3, state(1, "role"))
    put(s3, state(1, "a", "b"), "billing-service/terraform.tfstate")
    put(s3, state(1, "c"), "ci-roles/terraform.tfstate")
    put(s3, state(2), "destroyed/terraform.tfstate")
    put(s3, state(1, "c"), "of/another/terraform.tfstate")
    assert Diagnosis(ENVIRONMENT, tmp_path).forgotten(["iam"]) == [
        "billing-service has resources in its state, and no entry in services.py; put that back, "
        "and take away what it made, with: NETFLUX_ENV=test npx cdktf destroy billing-service",
        "ci-roles has resources in its state, and no github_repository in environments.py; put "
        "that back, and take away what it made, with: NETFLUX_ENV=test npx cdktf destroy ci-roles",
    ]


def test_only_the_states_of_what_is_no_stack_are_read(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    current = StoredState.current

    def noted(self: StoredState) -> Any:
        read.append(self.stack)
        return current(self)

    monkeypatch.setattr(StoredState, "current", noted)
    for name in ("iam", "movies", "gone"):
        put(s3, state(1, "a"), f"{name}/terraform.tfstate")
    Diagnosis(ENVIRONMENT, tmp_path).forgotten(["iam", "movies"])
    assert read == ["gone"]


def test_where_the_bucket_is_not_there_nothing_is_told(aws: Aws, tmp_path: Path) -> None:
    assert Diagnosis(ENVIRONMENT, tmp_path).forgotten([]) == []


def test_what_is_being_taken_over_is_said_when_nothing_else_is_found(
    s3: Any, folder: Path, tmp_path: Path
) -> None:
    imported = [{"to": "aws_iam_role.a", "id": "a"}, {"to": "aws_iam_role.b", "id": "b"}]
    (folder / "cdk.tf.json").write_text(json.dumps({"import": imported}))
    assert Diagnosis(ENVIRONMENT, tmp_path).after("iam") == [
        "iam: the take-over of aws_iam_role.a, aws_iam_role.b is not finished, and until then "
        "nothing of it can be destroyed or replaced; see what differs, and finish it, with: "
        ".venv/bin/python -m tools.adopt iam"
    ]


def test_an_iam_that_was_destroyed_is_said_after_a_failure_only(s3: Any, tmp_path: Path) -> None:
    reads_iam(tmp_path)
    put(s3, state(2))
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert diagnosis.before("movie-service") == []
    assert diagnosis.after("movie-service") == [
        "movie-service: the stack iam has no roles; deploy it first, with: npx cdktf deploy iam"
    ]


def test_of_a_take_over_before_iam_only_iam_is_said(s3: Any, tmp_path: Path) -> None:
    reads_iam(tmp_path, **{"import": [{"to": "aws_ecs_task_definition.a", "id": "a"}]})
    assert Diagnosis(ENVIRONMENT, tmp_path).after("movie-service") == [
        "movie-service: the stack iam has not been deployed; deploy it first, with: "
        "npx cdktf deploy iam"
    ]


def test_what_exists_already_is_said_when_nothing_else_is_found(
    aws: Aws, s3: Any, folder: Path, tmp_path: Path
) -> None:
    content = {"resource": {"aws_iam_role": {"own": {"name": "by-hand"}}}}
    (folder / "cdk.tf.json").write_text(json.dumps(content))
    aws.client("iam").create_role(RoleName="by-hand", AssumeRolePolicyDocument="{}")
    assert Diagnosis(ENVIRONMENT, tmp_path).after("iam") == [
        "iam: there is already the role by-hand, which this stack has not made; take over what "
        "there is, with: .venv/bin/python -m tools.adopt iam"
    ]
