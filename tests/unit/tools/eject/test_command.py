"""What the command says before Terraform has anything to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.eject.readme import readme

PROJECT = Path(__file__).resolve().parents[4]


def _eject(
    *arguments: str, cwd: Path = PROJECT, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(PROJECT)} | variables
    command = [sys.executable, "-m", "tools.eject", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def terraform(tmp_path: Path) -> str:
    program = tmp_path / "some-terraform"
    program.write_text("#!/bin/sh\necho Terraform v1.11.4\n")
    program.chmod(0o755)
    return str(program)


def test_help_says_what_it_does() -> None:
    done = _eject("--help")
    assert done.returncode == 0
    assert "writes every stack as plain HCL" in done.stdout


def test_without_terraform_it_says_so(tmp_path: Path) -> None:
    done = _eject(str(tmp_path), TERRAFORM_BINARY_NAME="no-such-terraform")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "eject: 'no-such-terraform' was not found on the PATH; Terraform 1.11 or later is needed; "
        "get it from https://developer.hashicorp.com/terraform/install\n",
    )


def test_elsewhere_it_says_where_to_run_it(tmp_path: Path) -> None:
    done = _eject("out", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"eject: there is no main.py in {tmp_path}; run it in the project's folder\n",
    )


def test_a_folder_with_something_in_it_is_refused_first(terraform: str) -> None:
    done = _eject("docs", TERRAFORM_BINARY_NAME=terraform)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "eject: docs is not empty, and nothing in it is written over; "
        "name a folder that is new or empty\n",
    )


def test_an_unknown_environment_is_said_by_the_project_and_nothing_is_written(
    tmp_path: Path, terraform: str
) -> None:
    target = tmp_path / "out"
    done = _eject(str(target), TERRAFORM_BINARY_NAME=terraform, NETFLUX_ENV="nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    first, last = done.stderr.splitlines()
    assert first.startswith("environments.py: 'NETFLUX_ENV' must be one of prod, ")
    assert last == (
        "eject: main.py ended with exit code 1, so nothing was done; see to what it says above"
    )
    assert not target.exists()


def test_the_readme_names_each_folder_in_the_order_of_a_first_apply() -> None:
    s3 = {"terraform": {"backend": {"s3": {"bucket": "b", "key": "k"}}}}
    local = {"terraform": {"backend": {"local": {"path": "../x.tfstate"}}}}
    text = readme({"a-service": s3, "iam": s3, "state-bucket": local}, "prod")
    assert text.startswith("# Terraform of the environment prod\n")
    assert "\ncd a-service\n" in text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows == [
        "| `state-bucket` | the file `../x.tfstate` |",
        "| `iam` | `s3://b/k` |",
        "| `a-service` | `s3://b/k` |",
    ]
    assert "\n\n\n" not in text
