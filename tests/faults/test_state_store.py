"""S3 answers 500 or 503, is slow, or drops the connection: on state read, state write and lock."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.faulty_aws import Fault, s3_error
from tests.faults.stage import Stage, plain, released

pytestmark = [
    pytest.mark.integration,
    pytest.mark.row("S3 fails: 500, 503, slow, drops the connection"),
]

STATE = r"/netflux-terraform-state-local/{stack}/terraform\.tfstate"
WHERE = {
    "state read": rf"^(GET|HEAD) {STATE} $",
    "state write": rf"^PUT {STATE} $",
    "lock": rf"^PUT {STATE}\.tflock $",
    "unlock": rf"^DELETE {STATE}\.tflock $",
}
HOW: dict[str, dict[str, Any]] = {
    "500": {"does": "answer", "answer": s3_error(500, "InternalError")},
    "503": {"does": "answer", "answer": s3_error(503, "SlowDown")},
    "dropped": {"does": "drop"},
    "dropped after it was done": {"does": "drop after"},
    "cut in the middle of the answer": {"does": "cut"},
}
SLOW = {"does": "wait", "seconds": 3}

PERSIST = "terraform state push errored.tfstate"


@pytest.mark.parametrize("how", [*HOW, "slow"])
@pytest.mark.parametrize("where", WHERE)
def test_once(stage: Stage, where: str, how: str) -> None:
    """A retry succeeds, or the lock is left as its answer was lost, which is said and mended."""
    service = stage.a_service()
    fault = Fault(WHERE[where].format(stack=service), times=1, **(HOW | {"slow": SLOW})[how])
    with stage.faulty.wrong(fault):
        done = stage.direct_apply(service)
    assert len(fault.met) == 1
    if where == "lock" and how in ("dropped after it was done", "cut in the middle of the answer"):
        # The retry finds the lock of the first try, as if another had it.
        assert done.returncode == 1
        assert "PreconditionFailed" in plain(done.stdout)
        released(stage, service)
        done = stage.direct_apply(service)
    assert done.returncode == 0, done.stdout
    _whole(stage, service)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("where", ["state read", "lock"])
def test_always_before_anything_is_made(stage: Stage, where: str, how: str) -> None:
    service = stage.a_service()
    with stage.faulty.wrong(Fault(WHERE[where].format(stack=service), **HOW[how])):
        done = stage.direct_apply(service)
    assert done.returncode == 1
    said = plain(done.stdout)
    if where == "state read":
        assert f'Unable to access object "{service}/terraform.tfstate" in S3 bucket' in said
    else:
        assert "Error acquiring the state lock" in said
    assert stage.groups(service) + stage.revisions(service) == []
    if service in stage.locked():
        released(stage, service)
    assert stage.direct_apply(service).returncode == 0
    _whole(stage, service)


@pytest.mark.parametrize("how", HOW)
def test_a_state_that_cannot_be_written_is_kept_and_the_error_says_how_to_push_it(
    stage: Stage, how: str
) -> None:
    service = stage.a_service()
    with stage.faulty.wrong(Fault(WHERE["state write"].format(stack=service), **HOW[how])):
        done = stage.direct_apply(service)
    assert done.returncode == 1
    assert PERSIST in plain(done.stdout)
    folder = f"-chdir={stage.stack(service)}"
    pushed = stage.run("terraform", folder, *PERSIST.split()[1:])
    assert pushed.returncode == 0, pushed.stdout
    _whole(stage, service)


@pytest.mark.parametrize("how", HOW)
def test_a_lock_that_cannot_be_released_is_said(stage: Stage, how: str) -> None:
    service = stage.a_service()
    with stage.faulty.wrong(Fault(WHERE["unlock"].format(stack=service), **HOW[how])):
        done = stage.direct_apply(service)
    if service in stage.locked():
        assert done.returncode == 1
        assert "Error releasing the state lock" in plain(done.stdout)
        released(stage, service)
    _whole(stage, service)


def _whole(stage: Stage, service: str) -> None:
    """One of each is there, it is in the state, no lock is left, and a plan is empty."""
    assert stage.groups(service) == [f"/ecs/{service}"]
    assert len(stage.revisions(service)) == 1
    assert stage.in_state(service) == {
        "aws_cloudwatch_log_group.log_group": f"/ecs/{service}",
        "aws_ecs_task_definition.task_definition": service,
    }
    assert service not in stage.locked()
    stage.plans_nothing(service)
