"""Every definition that converts, applied by real Terraform: as AWS returns it, and no second plan.

Our own ten, and the corpus of real ones where it is there, in a few stacks.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdktf import App

from constructs_lib.environment import Environment
from constructs_lib.findings import Definition
from constructs_lib.same_meaning import same_meaning
from constructs_lib.task_definition import TaskDefinition
from stacks import stack_folders
from stacks.base import BaseStack
from tests.local_aws.conftest import Project
from tests.local_aws.definitions import ACCOUNT, legal

pytestmark = pytest.mark.integration

STACKS = 2


@pytest.fixture(scope="module")
def definitions(project: Project) -> dict[str, Definition]:
    """The definitions, synthesized into stacks of the project's own cdktf.out."""
    found = legal()
    environment = Environment(
        name="local",
        account_id=ACCOUNT,
        region="us-east-1",
        state_bucket="netflux-terraform-state-local",
        endpoint=project.aws.endpoint,
    )
    outdir = project.folder / "cdktf.out"
    app = App(outdir=str(outdir))
    stacks = [BaseStack(app, f"all-{n}", environment=environment) for n in range(STACKS)]
    for number, (name, definition) in enumerate(found.items()):
        TaskDefinition(stacks[number % STACKS], f"task_{name}", definition=definition)
    app.synth()
    stack_folders.prepare(Path(outdir))
    return found


def test_all_apply_and_then_plan_nothing(
    project: Project, definitions: dict[str, Definition]
) -> None:
    added = 0
    for number in range(STACKS):
        said = project.applied(f"all-{number}")
        added += int(said.rpartition("Resources: ")[2].partition(" added")[0])
        again = project.terraform(f"all-{number}", "plan", "-detailed-exitcode")
        assert again.returncode == 0, again.stdout + again.stderr
    assert added == len(definitions)


def test_aws_has_them_as_they_were_written(
    project: Project, definitions: dict[str, Definition]
) -> None:
    ecs = project.aws.client("ecs")
    wrong: dict[str, Any] = {}
    for name, definition in definitions.items():
        described = ecs.describe_task_definition(
            taskDefinition=definition["family"], include=["TAGS"]
        )
        live = described["taskDefinition"]
        live |= {"tags": described["tags"]} if described.get("tags") else {}
        seen = json.loads(json.dumps({key: live[key] for key in definition if key in live}))
        differences = same_meaning(definition, seen)
        if differences:
            wrong[name] = differences
    assert wrong == {}
