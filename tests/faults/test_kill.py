"""An apply is killed, with all of its processes or alone, at any moment of its run.

Then its lock is released with the command that our error names, and the next apply finishes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.faults.faulty_aws import Fault
from tests.faults.stage import ROLES, Stage, released, until
from tests.marked_processes import a_mark, kill_all, processes

pytestmark = [pytest.mark.integration, pytest.mark.row("apply killed (SIGKILL)")]

SEED = int(os.environ.get("NETFLUX_FAULTS_SEED", "6"))
"""Of the moments; another one is another thirty and more."""

COMMANDS = {
    "terraform apply of a service": ("terraform", "service", 12),
    "terraform apply of iam": ("terraform", "iam", 12),
    "cdktf deploy of a service": ("cdktf", "service", 4),
    "tools.apply of a service": ("tools.apply", "service", 4),
    "tools.apply of iam": ("tools.apply", "iam", 4),
}
"""What is killed, and at how many moments."""


def _moments() -> Iterator[tuple[str, float]]:
    """Parts of the length of a run: one at random in each of so many equal stretches of it."""
    chance = random.Random(SEED)
    for name, (_, _, number) in COMMANDS.items():
        for stretch in range(number):
            yield name, round((stretch + chance.random()) / number, 3)


@pytest.fixture(scope="module")
def lengths() -> dict[str, float]:
    """How long a command runs when it is left alone, in seconds; measured at its first use."""
    return {}


@pytest.mark.parametrize(("name", "moment"), list(_moments()))
def test_at_random_moments(
    stage: Stage, lengths: dict[str, float], name: str, moment: float
) -> None:
    command, kind, _ = COMMANDS[name]
    if name not in lengths:
        stack = _fresh(stage, kind, command)
        began = time.monotonic()
        process = _begun(stage, command, stack, {})
        said = process.communicate()[0]
        assert process.returncode == 0, said
        lengths[name] = time.monotonic() - began
    stack = _fresh(stage, kind, command)
    mark = a_mark()
    process = _begun(stage, command, stack, mark)
    time.sleep(moment * lengths[name])
    kill_all(mark)
    process.communicate()
    _finished(stage, stack)


@pytest.mark.parametrize(
    ("stack", "request_", "number"),
    [
        *(("iam", "POST / CreateRole", number) for number in (1, 2)),
        *(("iam", "POST / AttachRolePolicy", number) for number in (1, 2, 3)),
        ("iam", "PUT .*/terraform.tfstate ", 1),
        ("iam", "DELETE .*/terraform.tfstate.tflock ", 1),
        ("service", "POST / CreateLogGroup", 1),
        ("service", "POST / RegisterTaskDefinition", 1),
        ("service", "PUT .*/terraform.tfstate ", 1),
        ("service", "DELETE .*/terraform.tfstate.tflock ", 1),
    ],
)
def test_when_aws_has_done_it_and_terraform_has_not_heard(
    stage: Stage, stack: str, request_: str, number: int
) -> None:
    stack = _fresh(stage, stack, "terraform")
    mark = a_mark()
    late = Fault(request_, "wait after", seconds=1, times=1, after=number - 1)
    with stage.faulty.wrong(late):
        process = _begun(stage, "terraform", stack, mark)
        assert late.done.wait(60)
        kill_all(mark)
        process.communicate()
    _finished(stage, stack)


@pytest.mark.parametrize("moment", [0.2, 0.5, 0.8])
def test_the_command_alone_whose_keeper_then_ends_the_rest(stage: Stage, moment: float) -> None:
    stack = _fresh(stage, "service", "tools.apply")
    mark = a_mark()
    process = _begun(stage, "tools.apply", stack, mark)
    until(lambda: stack in stage.locked() or process.poll() is not None)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until(lambda: not processes(mark))
    assert stack not in stage.locked()
    _finished(stage, stack)


def _fresh(stage: Stage, kind: str, command: str) -> str:
    """A stack of which nothing is there yet, ready for the command."""
    if kind == "iam":
        stage.empty()
    stack = "iam" if kind == "iam" else stage.a_service()
    if command == "tools.apply":
        planned = stage.run("python", "-m", "tools.plan", stack)
        assert planned.returncode == 2, planned.stdout
    return stack


def _begun(stage: Stage, command: str, stack: str, mark: dict[str, str]) -> subprocess.Popen[str]:
    if command == "terraform":
        return stage.begin_apply(stack, **mark)
    if command == "cdktf":
        approved = {"CDKTF_AUTO_APPROVE": "true"}
        return stage.begin("npx", "cdktf", "deploy", stack, **approved, **mark)
    return stage.begin("python", "-m", "tools.apply", stack, **mark)


def _finished(stage: Stage, stack: str) -> None:
    """After the documented command, the next apply finishes, and all is as if nothing had been."""
    if stack in stage.locked():
        released(stage, stack)
    done = stage.direct_apply(stack)
    assert done.returncode == 0, done.stdout
    assert stack not in stage.locked()
    in_state = stage.in_state(stack)
    if stack == "iam":
        assert stage.roles() == ROLES
        assert len(in_state) == 5
        assert {in_state[f"aws_iam_role.{name}"] for name in ("task_role", "execution_role")} == {
            *ROLES
        }
    else:
        assert stage.groups(stack) == [f"/ecs/{stack}"]
        assert len(in_state) == 2
        revisions = stage.revisions(stack)
        assert len(revisions) in (1, 2)  # the one in flight
        assert stage.attributes(stack, "aws_ecs_task_definition")["arn"] == revisions[-1]
    stage.plans_nothing(stack)
