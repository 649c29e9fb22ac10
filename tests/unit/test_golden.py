"""The golden files: one synthesized stack of each kind, and AWS's own JSON of the two services."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden import write
from tests.unit.synthesis import decoded

STACKS = ["state-bucket.prod.tf.json", "iam.prod.tf.json", "movie-service.prod.tf.json"]
OF_AWS = ["movie-service.json", "customer-service.json"]


@pytest.fixture(scope="module")
def stacks() -> dict[str, object]:
    return dict(write.stacks())


@pytest.mark.parametrize("name", STACKS)
def test_the_stack_is_as_in_its_golden_file(name: str, stacks: dict[str, object]) -> None:
    """When the change is wanted: make golden, and read the difference."""
    golden = json.loads((write.FOLDER / name).read_text("utf-8"))
    assert decoded(stacks[name]) == decoded(golden)


@pytest.mark.parametrize("name", STACKS)
def test_the_golden_file_is_as_the_command_writes_it(
    name: str, stacks: dict[str, dict[str, object]]
) -> None:
    assert (write.FOLDER / name).read_text("utf-8") == write.text(stacks[name])


def test_there_are_no_others() -> None:
    assert sorted(path.name for path in write.FOLDER.glob("*.json")) == sorted([*STACKS, *OF_AWS])


def test_only_the_command_writes() -> None:
    """Importing the module, as this file does, writes nothing and starts nothing."""
    code = "import sys, tests.golden.write;print(sorted({'jsii', 'cdktf'} & set(sys.modules)))"
    project = Path(write.FOLDER).parents[1]
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
