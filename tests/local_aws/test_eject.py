"""The ejected HCL on the deployed state: nothing changes, whatever stands in the strings."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.local_aws.conftest import Project
from tests.local_aws.definitions import legal

pytestmark = pytest.mark.integration

STACKS = ("state-bucket", "iam", "ci-roles", "movie-service", "customer-service", "all")
_MORE = """\
import json
from pathlib import Path

from constructs_lib.task_definition import TaskDefinition
from stacks.base import BaseStack


def add(app, environment):
    stack = BaseStack(app, "all", environment=environment)
    for name, definition in json.loads(Path("definitions.json").read_text()).items():
        TaskDefinition(stack, f"task_{name}", definition=definition)
"""


@pytest.fixture(scope="module")
def ejected(project: Project) -> Path:
    """Every stack deployed, the definitions of the corpus in one more; then ejected."""
    folder = project.folder
    (folder / "definitions.json").write_text(json.dumps(legal()))
    (folder / "more.py").write_text(_MORE)
    line = "            add_stacks(app, services, environment)\n"
    more = "            import more\n\n            more.add(app, environment)\n"
    _replace(folder / "main.py", line, line + more)
    line = "        endpoint=local_endpoint(),\n"
    _replace(folder / "environments.py", line, f'{line}        github_repository="a/b",\n')
    project.services(
        'Service(name="movie-service", secrets={"A": "arn:aws:secretsmanager:us-east-1:'
        '127549748682:secret:a-AbCdEf"})',
        'Service(name="customer-service")',
    )
    for stack in STACKS[1:]:
        project.applied(stack)
    done = project.run("python", "-m", "tools.eject", "terraform")
    assert (done.returncode, done.stdout) == (
        0,
        f"terraform has {', '.join(sorted(STACKS))} as HCL, formatted and valid\n"
        "next: cd terraform/state-bucket && terraform init && terraform plan\n",
    ), done.stderr
    return folder / "terraform"


def _replace(file: Path, text: str, by: str) -> None:
    before = file.read_text()
    assert text in before
    file.write_text(before.replace(text, by))


def test_it_is_formatted(project: Project, ejected: Path) -> None:
    done = project.terraform(".", "fmt", "-check", "-recursive", stacks=ejected)
    assert (done.returncode, done.stdout) == (0, "")


def test_nothing_changes(project: Project, ejected: Path) -> None:
    for arguments in (["init", "-lockfile=readonly"], ["plan", "-detailed-exitcode"]):
        running = [project.start(stack, *arguments, stacks=ejected) for stack in STACKS]
        done = {stack: each.finish() for stack, each in zip(STACKS, running, strict=True)}
        failed = {stack: each.stdout + each.stderr for stack, each in done.items()}
        assert {stack: each.returncode for stack, each in done.items()} == dict.fromkeys(
            STACKS, 0
        ), failed
    assert ["No changes." in each.stdout for each in done.values()] == [True] * len(STACKS)


def test_json_is_jsonencode_in_every_policy_and_definition(ejected: Path) -> None:
    lines = [
        line.strip()
        for file in ejected.glob("*/main.tf")
        for line in file.read_text().splitlines()
        if line.lstrip().startswith(("container_definitions", "policy ", "assume_role_policy"))
    ]
    assert len(lines) > 2 + 5 + len(legal())
    assert [line for line in lines if "= jsonencode(" not in line] == []


def test_of_cdktf_only_the_environments_own_tag_is_left(ejected: Path) -> None:
    files = [file for pattern in ("*", "*/*") for file in ejected.glob(pattern) if file.is_file()]
    assert {file.name for file in files} == {
        *("README.md", ".gitignore", ".terraform.lock.hcl"),
        *("main.tf", "outputs.tf", "providers.tf", "terraform.tf"),
    }
    lines = [line.strip() for file in files for line in file.read_text().splitlines()]
    assert {line for line in lines if re.search("cdkt[fn]", line.lower())} == {
        '"managed-by" = "cdktf"'
    }


def test_a_second_time_nothing_is_written_over(project: Project, ejected: Path) -> None:
    done = project.run("python", "-m", "tools.eject", "terraform")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "eject: terraform is not empty, and nothing in it is written over; "
        "name a folder that is new or empty\n",
    )
