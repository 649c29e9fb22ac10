"""AWS refuses one resource half-way: access denied, throttling, or a request that is lost."""

from __future__ import annotations

import pytest

from tests.faults.faulty_aws import Fault, json_error, query_error
from tests.faults.stage import ROLES, Stage, plain

pytestmark = [pytest.mark.integration, pytest.mark.row("AWS refuses one resource half-way")]

IAM = {
    "AccessDenied": query_error(403, "AccessDenied"),
    "Throttling": query_error(400, "Throttling"),
}
LOGS_AND_ECS = {
    "AccessDenied": json_error(400, "AccessDeniedException"),
    "Throttling": json_error(400, "ThrottlingException"),
}
OF_A_SERVICE = {
    "aws_cloudwatch_log_group.log_group": "/ecs/movie-service",
    "aws_ecs_task_definition.task_definition": "movie-service",
}


@pytest.mark.parametrize("error", IAM)
@pytest.mark.parametrize(
    ("request_", "after"), [("CreateRole", 0), ("CreateRole", 1), ("AttachRolePolicy", 1)]
)
def test_of_iam(stage: Stage, request_: str, after: int, error: str) -> None:
    stage.empty()
    with stage.faulty.wrong(Fault(request_, "answer", answer=IAM[error], after=after)):
        done = stage.direct_apply("iam")
    assert done.returncode == 1
    assert error in plain(done.stdout)
    in_state = stage.in_state("iam")
    made = {in_state[address] for address in in_state if address.startswith("aws_iam_role.")}
    assert sorted(made) == stage.roles()
    assert stage.locked() == []
    done = stage.direct_apply("iam")
    assert done.returncode == 0, done.stdout
    assert stage.roles() == ROLES
    assert len(stage.in_state("iam")) == 5
    stage.plans_nothing("iam")


@pytest.mark.parametrize("error", LOGS_AND_ECS)
@pytest.mark.parametrize("request_", ["CreateLogGroup", "RegisterTaskDefinition"])
def test_of_a_service(stage: Stage, request_: str, error: str) -> None:
    service = stage.a_service()
    with stage.faulty.wrong(Fault(request_, "answer", answer=LOGS_AND_ECS[error])):
        done = stage.direct_apply(service)
    assert done.returncode == 1
    assert error in plain(done.stdout)
    group = {"aws_cloudwatch_log_group.log_group": f"/ecs/{service}"}
    assert stage.in_state(service) == ({} if request_ == "CreateLogGroup" else group)
    assert stage.groups(service) == list(stage.in_state(service).values())
    assert stage.revisions(service) == []
    _follows(stage, service)


@pytest.mark.parametrize("error", LOGS_AND_ECS)
def test_by_our_commands(stage: Stage, error: str) -> None:
    service = stage.a_service()
    refuses = Fault("RegisterTaskDefinition", "answer", answer=LOGS_AND_ECS[error])
    with stage.faulty.wrong(refuses):
        done = stage.apply(service)
    assert done.returncode == 1
    assert error in done.stdout
    assert f"failed, perhaps half applied: {service}\n" in done.stdout
    assert "Traceback" not in done.stdout
    assert list(stage.in_state(service)) == ["aws_cloudwatch_log_group.log_group"]
    done = stage.apply(service)
    assert done.returncode == 0, done.stdout
    assert f"{service}: 1 added\n" in done.stdout
    assert stage.in_state(service) == OF_A_SERVICE


def test_throttled_once_is_tried_again(stage: Stage) -> None:
    service = stage.a_service()
    answer = LOGS_AND_ECS["Throttling"]
    throttled = [
        Fault(each, "answer", answer=answer, times=1)
        for each in ("CreateLogGroup", "RegisterTaskDefinition")
    ]
    with stage.faulty.wrong(*throttled):
        done = stage.direct_apply(service)
    assert done.returncode == 0, done.stdout
    assert [len(each.met) for each in throttled] == [1, 1]
    assert len(stage.revisions(service)) == 1
    assert stage.in_state(service) == OF_A_SERVICE


def _follows(stage: Stage, service: str) -> None:
    """The rest is made by the next run."""
    assert stage.locked() == []
    done = stage.direct_apply(service)
    assert done.returncode == 0, done.stdout
    assert stage.in_state(service) == OF_A_SERVICE
    assert len(stage.revisions(service)) == 1
    stage.plans_nothing(service)
