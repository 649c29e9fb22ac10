"""The lock is left by a dead process: the error says whose it is, how old, and the cure."""

from __future__ import annotations

import getpass
import json
import os
import re
import signal
import socket
from datetime import datetime, timedelta, timezone

import pytest

from tests.faults.faulty_aws import Fault
from tests.faults.stage import BUCKET, Stage, plain, released, until
from tests.marked_processes import a_mark, kill_all, processes

pytestmark = [pytest.mark.integration, pytest.mark.row("the lock is left by a dead process")]

COMMANDS = {
    "cdktf deploy": ("npx", "cdktf", "deploy"),
    "cdktf diff": ("npx", "cdktf", "diff"),
    "tools.plan": ("python", "-m", "tools.plan", "--lock-timeout", "0"),
    "tools.apply": ("python", "-m", "tools.apply", "--lock-timeout", "0"),
    "tools.state": ("python", "-m", "tools.state"),
}


@pytest.fixture(scope="module")
def left(stage: Stage) -> Stage:
    """A saved plan of movie-service, and the lock of an apply that was killed three hours ago."""
    service = stage.a_service()
    planned = stage.run("python", "-m", "tools.plan", service)
    assert planned.returncode == 2, planned.stdout
    mark = a_mark()
    stalled = Fault("RegisterTaskDefinition", "wait after", seconds=1)
    with stage.faulty.wrong(stalled):
        process = stage.begin_apply(service, **mark)
        assert stalled.done.wait(60)
        kill_all(mark)
        process.communicate()
    key = f"{service}/terraform.tfstate.tflock"
    lock = json.loads(stage.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read())
    created = datetime.now(timezone.utc) - timedelta(hours=3, minutes=1)
    lock["Created"] = f"{created:%Y-%m-%dT%H:%M:%S}.123456789Z"
    stage.s3.put_object(Bucket=BUCKET, Key=key, Body=json.dumps(lock).encode())
    return stage


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_says_whose_it_is_how_old_and_what_to_type(left: Stage, command: str) -> None:
    done = left.run(*COMMANDS[command], "movie-service", CDKTF_AUTO_APPROVE="true")
    owner = re.escape(f"{getpass.getuser()}@{socket.gethostname()}")
    assert re.search(
        rf"movie-service: the state is locked by {owner} since 3 h \(OperationTypeApply\); if that "
        r"process is no longer alive, release it, with: NETFLUX_ENV=local "
        r"\.venv/bin/python -m tools\.state movie-service --unlock [0-9a-f-]{36}\b",
        plain(done.stdout),
    ), done.stdout
    assert "Traceback" not in done.stdout
    assert done.returncode == 1


def test_another_lock_is_not_released(left: Stage) -> None:
    done = left.run("python", "-m", "tools.state", "movie-service", "--unlock", "another")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "state: movie-service: the lock is another by now; look whose it is: "
    )
    assert left.locked() == ["movie-service"]


def test_after_it_the_next_deploy_finishes(left: Stage) -> None:
    released(left, "movie-service")
    done = left.run("npx", "cdktf", "deploy", "movie-service", CDKTF_AUTO_APPROVE="true")
    assert done.returncode == 0, done.stdout
    assert left.locked() == []
    done = left.run("python", "-m", "tools.state", "movie-service", "--unlock", "another")
    assert (done.returncode, done.stdout) == (
        1,
        "state: movie-service: the state is not locked; there is nothing to release\n",
    )


def test_a_deploy_whose_terraform_was_killed_has_failed_and_says_what_it_left(
    stage: Stage,
) -> None:
    service, mark = stage.a_service(), a_mark()
    slow = Fault("CreateLogGroup", "wait", seconds=10, times=1)
    with stage.faulty.wrong(slow):
        command = ("node_modules/.bin/cdktf", "deploy", service)
        process = stage.begin(*command, CDKTF_AUTO_APPROVE="true", **mark)
        until(lambda: slow.met or process.poll() is not None, seconds=180)
        [terraform] = [
            pid for pid, line in processes(mark).items() if re.match(r"\S*terraform apply ", line)
        ]
        os.kill(terraform, signal.SIGKILL)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert said.splitlines()[-1].startswith(f"{service}: the state is locked by "), said
    assert "Invoking Terraform CLI failed with exit code 137" in said
    released(stage, service)
