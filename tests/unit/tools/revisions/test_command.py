"""`python -m tools.revisions` on an AWS in process: its whole output, and what is left ACTIVE."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

import environments
import services
from constructs_lib.service import Service
from tests.unit.tools.aws_in_process import ACCOUNT, BUCKET, ENVIRONMENT, aws, make_bucket
from tools.aws import Aws
from tools.revisions.__main__ import main

__all__ = ["aws"]

FAMILY = "movie"
ARN = f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/{FAMILY}:"
KEY = "movie/terraform.tfstate"
AGAIN = ".venv/bin/python -m tools.revisions movie"

CREDENTIALS = "see that your credentials may do that, and run this again"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ecs(aws: Aws) -> Any:
    return aws.client("ecs")


@pytest.fixture
def s3(aws: Aws) -> Any:
    return make_bucket(aws)


@pytest.fixture
def run(
    aws: Aws, s3: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command; its exit code and its output."""
    catalogue = [Service(name="movie"), Service(name="film", family="film-family")]
    monkeypatch.setattr(services, "SERVICES", catalogue)
    monkeypatch.setattr(environments, "selected", lambda: ENVIRONMENT)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def _register(ecs: Any, count: int, family: str = FAMILY) -> None:
    for number in range(1, count + 1):
        ecs.register_task_definition(
            family=family,
            cpu="512",
            memory="1024",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            containerDefinitions=[{"name": "movie", "image": f"repo/movie:{number}"}],
        )


def _state(s3: Any, revision: int) -> None:
    content = {
        **{"version": 4, "serial": 1, "lineage": "a", "outputs": {}},
        "resources": [{"instances": [{"attributes": {"arn": f"{ARN}{revision}"}}]}],
    }
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=json.dumps(content).encode())


def _active(ecs: Any, family: str = FAMILY) -> list[int]:
    pages = ecs.get_paginator("list_task_definitions").paginate(familyPrefix=family)
    arns = [arn for page in pages for arn in page["taskDefinitionArns"] if f"/{family}:" in arn]
    return sorted(int(arn.rpartition(":")[2]) for arn in arns)


def test_without_apply_it_shows_what_it_would_do_and_does_nothing(
    run: Run, ecs: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(ecs, 3)
    _register(ecs, 1, "movie-club")
    _state(s3, 2)
    call = BaseClient._make_api_call

    def with_times(self: Any, name: str, arguments: Any) -> Any:
        answer = call(self, name, arguments)
        if name == "DescribeTaskDefinition":  # moto leaves out when it was
            answer["taskDefinition"]["registeredAt"] = datetime(2026, 1, 2, tzinfo=timezone.utc)
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", with_times)
    time = "2026-01-02 00:00:00 UTC"
    head = "REVISION  IMAGES        CPU UNITS  MEMORY MIB  REGISTERED               USED BY  THEN"
    line = "--------  ------------  ---------  ----------  -----------------------  -------  ------"
    assert run("movie", "--keep", "1") == (
        0,
        "movie (3)\n"
        f"  {head}\n"
        f"  {line}----\n"
        f"  3         repo/movie:3  512        1024        {time}           keep\n"
        f"  2         repo/movie:2  512        1024        {time}  state    keep\n"
        f"  1         repo/movie:1  512        1024        {time}           deregister\n"
        f"1 of 3 would be deregistered; do it, with: {AGAIN} --keep 1 --apply\n",
        "",
    )
    assert _active(ecs) == [1, 2, 3]


def test_with_apply_all_but_the_newest_and_those_in_use_are_deregistered(
    run: Run, ecs: Any, s3: Any
) -> None:
    _register(ecs, 4)
    _register(ecs, 2, "movie-club")
    _state(s3, 2)
    code, out, error = run("movie", "--keep", "1", "--apply")
    assert (code, error) == (0, "")
    assert out.endswith("deregistered: 1, 3\n")
    assert _active(ecs) == [2, 4]
    assert _active(ecs, "movie-club") == [1, 2]
    assert run("movie", "--keep", "1", "--apply")[1].splitlines()[-2:] == [
        "2 more INACTIVE: deregistered already",
        "nothing to deregister",
    ]


def test_of_a_hundred_and_more_revisions_ten_stay_when_nothing_is_said(
    run: Run, ecs: Any, s3: Any
) -> None:
    _register(ecs, 112)
    _state(s3, 112)
    code, _, error = run("movie", "--apply")
    assert (code, error) == (0, "")
    assert _active(ecs) == list(range(103, 113))


def _cluster(ecs: Any, name: str) -> None:
    ecs.create_cluster(clusterName=name)


def test_what_a_service_of_any_cluster_refers_to_stays(run: Run, ecs: Any, s3: Any) -> None:
    _register(ecs, 4)
    _state(s3, 4)
    for cluster, revision in (("one", 1), ("two", 3)):
        _cluster(ecs, cluster)
        for number in range(11):  # more than ECS describes at once
            name = f"other-{number}"
            ecs.create_service(cluster=cluster, serviceName=name, taskDefinition=f"{FAMILY}:4")
        ecs.create_service(cluster=cluster, serviceName="web", taskDefinition=f"movie:{revision}")
    code, out, _ = run("movie", "--keep", "1", "--apply")
    assert code == 0
    assert out.endswith("deregistered: 2\n")
    assert "  service two/web" in out
    assert _active(ecs) == [1, 3, 4]


def test_every_deployment_and_task_set_of_a_service_counts(
    run: Run, ecs: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(ecs, 5)
    _state(s3, 5)
    _cluster(ecs, "one")
    ecs.create_service(cluster="one", serviceName="web", taskDefinition="movie:4")
    call = BaseClient._make_api_call

    def rolling(self: Any, name: str, arguments: Any) -> Any:
        answer = call(self, name, arguments)
        if name == "DescribeServices":
            answer["services"][0]["deployments"].append({"taskDefinition": f"{ARN}1"})
            answer["services"][0]["taskSets"] = [{"taskDefinition": f"{ARN}2"}]
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", rolling)
    assert run("movie", "--keep", "1", "--apply")[1].endswith("deregistered: 3\n")


def test_what_a_task_that_runs_was_started_from_stays(
    run: Run, ecs: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(ecs, 3)
    _state(s3, 3)
    _cluster(ecs, "one")
    call = BaseClient._make_api_call
    asked = []

    def with_tasks(self: Any, name: str, arguments: Any) -> Any:
        if name == "ListTasks":
            asked.append(arguments)
            return {"taskArns": ["a", "b", "c"]}
        if name == "DescribeTasks":
            return {
                "tasks": [
                    {"taskDefinitionArn": f"{ARN}1", "lastStatus": "PENDING"},
                    {"taskDefinitionArn": f"{ARN}2", "lastStatus": "STOPPED"},
                ],
                "failures": [{"arn": "c", "reason": "MISSING"}],
            }
        return call(self, name, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", with_tasks)
    code, out, _ = run("movie", "--keep", "1", "--apply")
    assert code == 0
    assert "task in one" in out
    assert out.endswith("deregistered: 2\n")
    assert {each["family"] for each in asked} == {FAMILY}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            None,
            f"movie: there is no state s3://{BUCKET}/{KEY}; "
            "deploy it first, with: npx cdktf deploy movie",
        ),
        (b"{", r"movie: the state \S+ is not a whole state file .*docs/recovery.md#.*"),
    ],
)
def test_without_a_state_to_trust_it_shows_and_refuses(
    run: Run, ecs: Any, s3: Any, body: bytes | None, sentence: str
) -> None:
    _register(ecs, 3)
    if body:
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)
    code, out, error = run("movie", "--keep", "1", "--apply")
    assert code == 1
    assert out.startswith("movie (3)\n")
    assert "deregister\n" not in out
    assert re.fullmatch(
        rf"revisions: nothing is deregistered; see to this first: {sentence}\n", error
    )
    assert _active(ecs) == [1, 2, 3]


def test_without_the_bucket_it_shows_and_says_how_it_comes(run: Run, ecs: Any, s3: Any) -> None:
    _register(ecs, 2)
    s3.delete_bucket(Bucket=BUCKET)
    code, out, error = run("movie", "--keep", "1", "--apply")
    assert (code, out.partition("\n")[0]) == (1, "movie (2)")
    assert error == (
        f"revisions: nothing is deregistered; see to this first: test: the state bucket {BUCKET} "
        "does not exist; deploy it first, with: npx cdktf deploy state-bucket\n"
    )
    assert _active(ecs) == [1, 2]


def _refusing(monkeypatch: pytest.MonkeyPatch, operation: str, *, after: int = 0) -> None:
    """Lets an operation be refused, after some that are not."""
    call = BaseClient._make_api_call
    left = [after]

    def refuse(self: Any, name: str, arguments: Any) -> Any:
        if name == operation:
            left[0] -= 1
            if left[0] < 0:
                raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no."}}, name)
        return call(self, name, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", refuse)


def test_a_refusal_midway_says_what_was_and_what_was_not_deregistered(
    run: Run, ecs: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(ecs, 4)
    _state(s3, 4)
    _refusing(monkeypatch, "DeregisterTaskDefinition", after=1)
    code, out, error = run("movie", "--keep", "1", "--apply")
    assert code == 1
    assert out.endswith("deregistered: 1\nnot deregistered: 2, 3\n")
    assert error == (
        "revisions: movie: not all are deregistered; see to this, and run it again: "
        "An error occurred (AccessDenied) when calling the DeregisterTaskDefinition operation: no\n"
    )
    assert _active(ecs) == [2, 3, 4]


@pytest.mark.parametrize("operation", ["ListTaskDefinitions", "ListClusters"])
def test_what_cannot_be_asked_is_one_sentence_and_nothing_is_done(
    run: Run, ecs: Any, s3: Any, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    _register(ecs, 2)
    _state(s3, 2)
    _refusing(monkeypatch, operation)
    assert run("movie", "--keep", "1", "--apply") == (
        1,
        "",
        "revisions: movie: nothing is deregistered (An error occurred (AccessDenied) when calling "
        f"the {operation} operation: no); {CREDENTIALS}\n",
    )


def test_a_state_that_must_not_be_read_is_one_sentence(
    run: Run, ecs: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(ecs, 2)
    _state(s3, 2)
    _refusing(monkeypatch, "GetObject")
    code, out, error = run("movie", "--keep", "1", "--apply")
    assert (code, out.splitlines()[0]) == (1, "movie (2)")
    assert error == (
        "revisions: nothing is deregistered; see to this first: movie: the state cannot be read "
        "(An error occurred (AccessDenied) when calling the GetObject operation: no); "
        f"{CREDENTIALS}\n"
    )


def test_what_comes_into_use_meanwhile_is_left(
    run: Run, ecs: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(ecs, 3)
    _state(s3, 3)
    call = BaseClient._make_api_call
    looks = []

    def used_at_the_second_look(self: Any, name: str, arguments: Any) -> Any:
        if name == "ListClusters":
            looks.append(name)
            if len(looks) == 2:
                ecs.create_cluster(clusterName="new")
                ecs.create_service(cluster="new", serviceName="web", taskDefinition="movie:1")
        return call(self, name, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", used_at_the_second_look)
    code, out, _ = run("movie", "--keep", "1", "--apply")
    assert code == 0
    assert out.splitlines()[-3:] == [
        "deregistered: 2",
        "not deregistered: 1",
        "what is left has come into use meanwhile",
    ]
    assert _active(ecs) == [1, 3]


def test_the_family_is_that_of_the_service(run: Run, ecs: Any) -> None:
    _register(ecs, 1, "film")
    assert run("film") == (0, "film-family: no ACTIVE revision, 0 INACTIVE\n", "")


def test_an_unknown_service_is_a_sentence_with_the_known_ones(run: Run) -> None:
    assert run("movi") == (
        1,
        "",
        "revisions: 'SERVICE' must be a service of services.py (got 'movi'); write 'movie'\n",
    )


@pytest.mark.parametrize("keep", ["0", "-1", "x", "1.5"])
def test_at_least_one_is_kept(keep: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["movie", f"--keep={keep}"])
    assert capsys.readouterr().err.endswith(
        f"error: argument --keep: must be a number from 1 on (got {keep!r}); give 1 or more\n"
    )
