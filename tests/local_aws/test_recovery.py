"""What stands in Terraform's way is one sentence, and what it says to type works as it stands."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import Any

import pytest

from tests.local_aws.conftest import Project
from tools.local_aws import LocalAws

pytestmark = pytest.mark.integration

BUCKET = "netflux-terraform-state-local"
KEY = "iam/terraform.tfstate"
PYTHON = ".venv/bin/python"


def _run(project: Project, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return project.run(*command, CDKTF_AUTO_APPROVE="true", **changed)


def _typed(project: Project, sentence: str) -> None:
    """Types what a sentence ends with; where Terraform asks, the answer is yes."""
    done = subprocess.run(
        ["env", *shlex.split(sentence.rpartition(", with: ")[2])],
        cwd=project.folder,
        env=project.environment,
        input="yes\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _state(project: Project) -> Any:
    return json.loads(project.aws.client("s3").get_object(Bucket=BUCKET, Key=KEY)["Body"].read())


@pytest.fixture(scope="module")
def deployed(project: Project) -> Project:
    """The stack iam is deployed, twice: its state has two versions."""
    project.applied("iam")
    state = _state(project)
    state["serial"] += 1
    text = json.dumps(state).encode()
    project.aws.client("s3").put_object(Bucket=BUCKET, Key=KEY, Body=text)
    return project


def test_a_lock_left_behind_is_said_by_cdktf_and_by_plan_and_can_be_released(
    deployed: Project,
) -> None:
    s3 = deployed.aws.client("s3")
    lock = {
        **{"ID": "11111111-2222-3333-4444-555555555555", "Operation": "OperationTypeApply"},
        **{"Info": "", "Who": "root@host", "Version": "1.11.4", "Path": f"{BUCKET}/{KEY}"},
        "Created": "2026-01-01T00:00:00.123456789Z",
    }
    s3.put_object(Bucket=BUCKET, Key=f"{KEY}.tflock", Body=json.dumps(lock).encode())
    done = _run(deployed, "npx", "cdktf", "deploy", "iam")
    assert done.returncode == 1
    sentence = done.stderr.splitlines()[-1]
    assert sentence.startswith("iam: the state is locked by root@host since ")
    planned = _run(deployed, PYTHON, "-m", "tools.plan", "iam", "--lock-timeout", "0")
    assert planned.returncode == 1
    assert f"    {sentence}\n" in planned.stdout
    _typed(deployed, sentence)
    assert "Contents" not in s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{KEY}.tflock")


BROKEN = {
    "empty": lambda text: b"",
    "truncated": lambda text: text[:500],
    "deleted": lambda text: None,
    "older": lambda text: json.dumps(json.loads(text) | {"serial": 1}).encode(),
}


@pytest.mark.parametrize("spoilt", BROKEN.values(), ids=BROKEN)
def test_a_state_that_is_not_the_last_is_refused_and_put_back(
    deployed: Project, spoilt: Any
) -> None:
    s3 = deployed.aws.client("s3")
    good = _state(deployed)
    body = spoilt(json.dumps(good).encode())
    if body is None:
        s3.delete_object(Bucket=BUCKET, Key=KEY)
    else:
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)
    refused = _run(deployed, "npx", "cdktf", "deploy", "iam")
    assert (refused.returncode, refused.stdout) == (1, "")
    sentence = refused.stderr.splitlines()[-1]
    assert sentence.startswith(f"iam: the state s3://{BUCKET}/{KEY} ")
    _typed(deployed, sentence)
    after = _state(deployed)
    assert after == good | {"serial": after["serial"]}
    assert after["serial"] > good["serial"]


def test_plan_refuses_an_older_state_that_it_would_change_by(deployed: Project) -> None:
    s3 = deployed.aws.client("s3")
    good = _state(deployed)
    older = good | {"serial": 1, "resources": [], "outputs": {}}
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=json.dumps(older).encode())
    planned = _run(deployed, PYTHON, "-m", "tools.plan", "iam")
    assert planned.returncode == 1
    [sentence] = [line.strip() for line in planned.stdout.splitlines() if "--restore" in line]
    assert "by an older one (serial 1, after serial " in sentence
    assert not (deployed.folder / "cdktf.out/stacks/iam/plan.tfplan").exists()
    _typed(deployed, sentence)
    planned = _run(deployed, PYTHON, "-m", "tools.plan", "iam")
    assert planned.returncode == 0, planned.stdout + planned.stderr


def test_a_state_that_could_not_be_written_outlives_a_synth_and_is_pushed(
    deployed: Project,
) -> None:
    file = deployed.folder / "cdktf.out" / "stacks" / "iam" / "errored.tfstate"
    state = _state(deployed)
    state["serial"] += 1
    state["outputs"]["more"] = {"value": "x", "type": "string"}
    file.write_text(json.dumps(state))
    deployed.synth()
    for command in (["npx", "cdktf", "deploy", "iam"], ["npx", "cdktf", "diff", "iam"]):
        refused = _run(deployed, *command)
        assert refused.returncode == 1
        sentence = refused.stderr.splitlines()[-1]
        assert sentence.startswith("iam: a state could not be written, and is kept in cdktf.out/")
    _typed(deployed, sentence)
    assert _state(deployed)["outputs"]["more"]["value"] == "x"
    assert _run(deployed, sys.executable, "-m", "tools.diagnosis", "iam").returncode == 0


def test_another_account_stops_before_anything_is_read_or_written(deployed: Project) -> None:
    with LocalAws(account_id="999999999999") as other:
        changed = {"NETFLUX_LOCAL_ENDPOINT": other.endpoint}
        sentence = (
            f"local: the embedded AWS at {other.endpoint} has the account 999999999999, and the "
            "environment is the account 127549748682; stop yours, if that is it, with: "
            ".venv/bin/python -m tools.local_aws down; then start one, with: "
            ".venv/bin/python -m tools.local_aws up --account-id 127549748682"
        )
        for command in (["npx", "cdktf", "deploy", "iam"], [PYTHON, "-m", "tools.plan"]):
            done = _run(deployed, *command, **changed)
            assert done.returncode == 1
            assert done.stderr.splitlines()[-1].removeprefix("plan: ") == sentence
        # Terraform itself stops there too, and reads no state.
        _run(deployed, PYTHON, "main.py", **changed)
        done = deployed.terraform("iam", "init", "-reconfigure")
        assert done.returncode == 1
        assert "AWS account ID not allowed: 999999999999" in done.stderr
        assert other.client("s3").list_buckets()["Buckets"] == []


def test_revisions_are_listed_and_deregistered_but_for_those_in_use(deployed: Project) -> None:
    ecs = deployed.aws.client("ecs")
    for tag in ("1", "2", "3"):
        deployed.services(f'Service(name="movie-service", image_tag="{tag}")')
        deployed.applied("movie-service")
    ecs.create_cluster(clusterName="demo")
    ecs.create_service(cluster="demo", serviceName="web", taskDefinition="movie-service:1")
    by_hand = {"name": "by-hand", "image": "busybox", "memory": 128}
    ecs.register_task_definition(family="movie-service", containerDefinitions=[by_hand])
    command = [PYTHON, "-m", "tools.revisions", "movie-service", "--keep", "1"]
    shown = _run(deployed, *command)
    assert shown.returncode == 0, shown.stderr
    rows = [line.split() for line in shown.stdout.splitlines()[3:7]]
    registry = "127549748682.dkr.ecr.us-east-1.amazonaws.com"
    image = f"{registry}/movie-service"
    assert rows == [
        ["4", "busybox", "keep"],
        ["3", f"{image}:3", "512", "1024", "state", "keep"],
        ["2", f"{image}:2", "512", "1024", "deregister"],
        ["1", f"{image}:1", "512", "1024", "service", "demo/web", "keep"],
    ]
    again = shlex.split(shown.stdout.splitlines()[-1].rpartition(", with: ")[2])
    done = _run(deployed, "env", *again)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "deregistered: 2")
    planned = deployed.terraform("movie-service", "plan", "-detailed-exitcode")
    assert planned.returncode == 0, planned.stdout
