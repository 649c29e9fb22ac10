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


@pytest.mark.parametrize(
    ("services", "sentences"),
    [
        (
            "from constructs_lib.service import Service\n"
            "SERVICES = [Service(name='a', port=70000), Service(name='a', cpu_units=3)]\n",
            "a: 'port' must be 1 to 65535 (got 70000); write 65535 or less\n"
            "a: 'cpu_units' must be 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 on Fargate "
            "(got 3); write 256\n"
            "a: 'name' must be of one service only, and entry 1 has it (got 'a'); "
            "choose another\n",
        ),
        (
            "SERVICES = [Servce()]\n",
            "services.py, line 1: must be Python that runs "
            "(got NameError: name 'Servce' is not defined); "
            "write Service, of constructs_lib.service\n",
        ),
    ],
    ids=["mistakes", "no Python"],
)
def test_the_command_says_what_is_wrong_with_services(
    services: str, sentences: str, tmp_path: Path
) -> None:
    """With a test in tests/unit/services or without; the files that are there stay as they are."""
    (tmp_path / "services.py").write_text(services)
    code = (
        f"import runpy, sys; sys.path.insert(0, {str(tmp_path)!r});"
        "import environments; environments.IMAGES = 'none of the project';"
        "runpy.run_module('tests.golden.write', run_name='__main__')"
    )
    command = [sys.executable, "-c", code]
    project = write.FOLDER.parents[1]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentences)
