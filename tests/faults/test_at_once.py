"""Ten deploys at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.stage import Stage, plain

pytestmark = [pytest.mark.integration, pytest.mark.row("ten deploys at once")]

SERVICES = [f"service-{number}" for number in range(10)]
APPROVED = {"CDKTF_AUTO_APPROVE": "true"}


def test_of_different_stacks_all_succeed(stage: Stage) -> None:
    stage.a_service(SERVICES[0])
    begun = {name: stage.begin("npx", "cdktf", "deploy", name, **APPROVED) for name in SERVICES}
    said = {name: process.communicate()[0] for name, process in begun.items()}
    for name, process in begun.items():
        assert process.returncode == 0, said[name]
        assert "Resources: 2 added, 0 changed, 0 destroyed" in said[name]
        _agrees(stage, name)
    assert stage.locked() == []


def test_of_the_same_stack_each_succeeds_or_says_who_holds_the_lock(stage: Stage) -> None:
    name = stage.a_service(SERVICES[0])
    begun = [stage.begin("npx", "cdktf", "deploy", name, **APPROVED) for _ in range(10)]
    said = [process.communicate()[0] for process in begun]
    _each_succeeds_or_says(begun, said)
    _agrees(stage, name)
    assert stage.locked() == []


def test_of_the_same_stack_by_terraform_alone(stage: Stage) -> None:
    name = stage.a_service(SERVICES[0])
    begun = [stage.begin_apply(name) for _ in range(10)]
    said = [process.communicate()[0] for process in begun]
    codes = [process.returncode for process in begun]
    assert 0 in codes
    for code, text in zip(codes, said, strict=True):
        assert code == 0 or "Error acquiring the state lock" in text, text
    _agrees(stage, name)


def test_of_the_same_saved_plan_one_is_applied(stage: Stage) -> None:
    name = stage.a_service(SERVICES[0])
    planned = stage.run("python", "-m", "tools.plan", name)
    assert planned.returncode == 2, planned.stdout
    begun = [
        stage.begin("python", "-m", "tools.apply", name, "--lock-timeout", "0") for _ in range(10)
    ]
    said = [process.communicate()[0] for process in begun]
    assert [process.returncode for process in begun].count(0) == 1, said
    for process, text in zip(begun, said, strict=True):
        assert process.returncode == 0 or any(
            sentence in text
            for sentence in (
                "the state is locked by ",
                "the state has moved on since this plan was made",
                "its saved plan is used up or gone",
            )
        ), text
    _agrees(stage, name)


def test_no_half_written_file_is_read_while_ten_synthesize(stage: Stage) -> None:
    command = [sys.executable, "main.py"]
    begun = [subprocess.Popen(command, cwd=stage.folder, env=stage.environment) for _ in range(10)]
    output = stage.folder / "cdktf.out"
    while any(process.poll() is None for process in begun):
        for file in (output / "manifest.json", *output.glob("stacks/*/cdk.tf.json")):
            json.loads(file.read_text("utf-8"))
    assert [process.returncode for process in begun] == [0] * 10
    assert sorted(path.name for path in Path(output).iterdir() if path.is_dir()) == ["stacks"]


def _each_succeeds_or_says(begun: list[subprocess.Popen[str]], said: list[str]) -> None:
    assert 0 in [process.returncode for process in begun], said
    for process, text in zip(begun, said, strict=True):
        if process.returncode != 0:
            assert "the state is locked by " in plain(text), text


def _agrees(stage: Stage, name: str) -> None:
    """One group and one revision, both in the state, which plans nothing."""
    (revision,) = stage.revisions(name)
    assert stage.groups(name) == [f"/ecs/{name}"]
    assert stage.in_state(name) == {
        "aws_cloudwatch_log_group.log_group": f"/ecs/{name}",
        "aws_ecs_task_definition.task_definition": name,
    }
    assert stage.attributes(name, "aws_ecs_task_definition")["arn"] == revision
