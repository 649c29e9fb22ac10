"""What CDKTF has deployed, each copy plans as no change."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leaving.copies import copy_of
from tests.local_aws.conftest import Project
from tools.leave.ways import TODAY, WAYS, Way
from tools.prerequisites import terraform_program

pytestmark = pytest.mark.integration

STACKS = ["state-bucket", "iam", "movie-service", "customer-service"]


@pytest.fixture(scope="module")
def deployed(project: Project) -> Project:
    """The project with every stack deployed; the fixture has the state bucket's already."""
    for stack in STACKS[1:]:
        project.applied(stack)
    return project


@pytest.fixture(params=WAYS.values(), ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    found: Way = request.param
    return found


@pytest.fixture
def stacks(way: Way, deployed: Project, tmp_path: Path) -> Iterator[Path]:
    """The folders of the copy's stacks, beside the file that is the state bucket's own state."""
    copy = copy_of(way)
    [state] = (deployed.folder / ".local_aws").glob("*.tfstate")
    taken_along = copy / ".local_aws" / state.name
    taken_along.parent.mkdir(exist_ok=True)
    shutil.copy(state, taken_along)
    subprocess.run(
        [copy / ".venv" / "bin" / "python", "main.py"],
        cwd=copy,
        env=deployed.environment | {"CDKTF_OUTDIR": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    yield tmp_path / "stacks"
    for file in taken_along.parent.glob(f"{state.name}*"):
        file.unlink()


def test_every_stack_is_planned_as_no_change(way: Way, deployed: Project, stacks: Path) -> None:
    # The shared provider is today's.
    provider = deployed.provider if way.aws == TODAY.aws else {}
    for stack in STACKS:
        for arguments in (["init"], ["plan", "-detailed-exitcode"]):
            done = subprocess.run(
                [
                    terraform_program(deployed.environment),
                    *arguments,
                    "-input=false",
                    "-no-color",
                ],
                cwd=stacks / stack,
                env=deployed.environment | provider,
                capture_output=True,
                text=True,
                check=False,
            )
            if way.aws != TODAY.aws and "Failed to query available provider" in done.stderr:
                pytest.skip(f"AWS provider {way.aws} is not at hand")
            assert done.returncode == 0, f"{stack}: {done.stdout}{done.stderr}"
        assert "No changes." in done.stdout
