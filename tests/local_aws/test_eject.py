"""The ejected HCL on the deployed state: nothing changes, whatever stands in the strings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local_aws.conftest import Project
from tests.local_aws.definitions import legal

pytestmark = pytest.mark.integration

STACKS = ("state-bucket", "iam", "movie-service", "customer-service", "all")
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
    """The stacks deployed, those of the corpus in one more; then ejected."""
    folder = project.folder
    (folder / "definitions.json").write_text(json.dumps(legal()))
    (folder / "more.py").write_text(_MORE)
    line = "    add_stacks(app, environment)\n"
    main = (folder / "main.py").read_text()
    more = "    import more\n\n    more.add(app, environment)\n"
    (folder / "main.py").write_text(main.replace(line, line + more))
    project.synth()
    for stack in STACKS[1:]:
        project.applied(stack)
    done = eject(project, "terraform")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        f"terraform has {', '.join(sorted(STACKS))} as HCL, formatted and valid\n"
        "next: cd terraform/state-bucket && terraform init && terraform plan\n"
    )
    return folder / "terraform"


def eject(project: Project, name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.eject", name],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("stack", STACKS)
def test_nothing_changes(project: Project, ejected: Path, stack: str) -> None:
    for arguments in (["init"], ["plan", "-detailed-exitcode"]):
        done = project.terraform(stack, *arguments, stacks=ejected)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "No changes." in done.stdout
