"""Whether this machine has what the project stands on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import prerequisites
from tools.prerequisites import lacking, terraform_lacking

NEEDED = (
    "Terraform 1.11 or later is needed; "
    "get it from https://developer.hashicorp.com/terraform/install"
)
NPM_LACKING = (
    "npm was not found on the PATH; get Node, which brings it, from https://nodejs.org/en/download"
)


def executable(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def terraform(folder: Path, version: str, name: str = "terraform") -> dict[str, str]:
    """An environment where the command has that version and talks as Terraform does."""
    executable(folder / name, f"echo 'Terraform {version}'", "echo 'on linux_amd64'")
    return {"PATH": str(folder)}


@pytest.mark.parametrize("version", ["v1.11.0", "v1.11.4", "v1.12.0-beta1", "v2.0.0", "v1.100.0"])
def test_terraform_that_is_new_enough(version: str, tmp_path: Path) -> None:
    assert terraform_lacking(terraform(tmp_path, version)) is None


@pytest.mark.parametrize("version", ["v1.10.5", "v1.9.0", "v0.15.5", "v1.2.3"])
def test_terraform_that_is_too_old(version: str, tmp_path: Path) -> None:
    expected = f"'terraform' is version {version.removeprefix('v')}; {NEEDED}"
    assert terraform_lacking(terraform(tmp_path, version)) == expected


def test_terraform_that_is_missing(tmp_path: Path) -> None:
    expected = f"'terraform' was not found on the PATH; {NEEDED}"
    assert terraform_lacking({"PATH": str(tmp_path)}) == expected


def test_a_file_that_cannot_be_started_is_no_terraform(tmp_path: Path) -> None:
    environment = terraform(tmp_path, "v1.11.4")
    (tmp_path / "terraform").chmod(0o644)
    assert terraform_lacking(environment) == f"'terraform' was not found on the PATH; {NEEDED}"


def test_a_terraform_that_says_nothing(tmp_path: Path) -> None:
    executable(tmp_path / "terraform", "exit 1")
    expected = f"'terraform' is version unknown; {NEEDED}"
    assert terraform_lacking({"PATH": str(tmp_path)}) == expected


def test_the_environment_may_name_another_command(tmp_path: Path) -> None:
    environment = terraform(tmp_path, "v1.11.4") | {"TERRAFORM_BINARY_NAME": "terraform-1.9"}
    expected = f"'terraform-1.9' was not found on the PATH; {NEEDED}"
    assert terraform_lacking(environment) == expected
    terraform(tmp_path, "v1.9.8", "terraform-1.9")
    assert terraform_lacking(environment) == f"'terraform-1.9' is version 1.9.8; {NEEDED}"


def test_the_environment_may_name_a_path(tmp_path: Path) -> None:
    terraform(tmp_path / "elsewhere", "v1.11.4")
    named = {"PATH": str(tmp_path), "TERRAFORM_BINARY_NAME": str(tmp_path / "elsewhere/terraform")}
    assert terraform_lacking(named) is None


def test_an_empty_name_is_none(tmp_path: Path) -> None:
    environment = terraform(tmp_path, "v1.11.4") | {"TERRAFORM_BINARY_NAME": ""}
    assert terraform_lacking(environment) is None


def test_terraform_is_asked_in_the_environment_that_is_given(tmp_path: Path) -> None:
    executable(tmp_path / "terraform", 'echo "Terraform v$SAYS"')
    assert terraform_lacking({"PATH": str(tmp_path), "SAYS": "1.11.0"}) is None
    assert terraform_lacking({"PATH": str(tmp_path), "SAYS": "1.1.0"}) == (
        f"'terraform' is version 1.1.0; {NEEDED}"
    )


def test_python_and_npm_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(tmp_path / "npm")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lacking() == []


def test_npm_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lacking() == [NPM_LACKING]


def test_python_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(tmp_path / "npm")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(prerequisites, "OLDEST_PYTHON", (99, 0))
    assert lacking() == [
        f"Python 3.10 or later is needed, and this is {sys.version.split()[0]}; get it from"
        " https://www.python.org/downloads/ and call make with PYTHON=python3.12"
    ]


def test_the_oldest_python_is_the_one_of_pyproject() -> None:
    text = (Path(prerequisites.__file__).parents[1] / "pyproject.toml").read_text("utf-8")
    assert f'requires-python = ">={prerequisites.OLDEST_PYTHON[0]}.' in text
    assert prerequisites.OLDEST_PYTHON == (3, 10)
    assert 'requires-python = ">=3.10"' in text


def run(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.prerequisites"]
    project = Path(prerequisites.__file__).parents[1]
    return subprocess.run(
        command, cwd=project, env={"PATH": str(path)}, capture_output=True, text=True, check=False
    )


def test_the_command_prints_what_is_lacking_and_fails(tmp_path: Path) -> None:
    terraform(tmp_path, "v1.11.4")
    lacks = run(tmp_path)
    assert (lacks.returncode, lacks.stdout, lacks.stderr) == (1, "", f"{NPM_LACKING}\n")
    executable(tmp_path / "npm")
    has = run(tmp_path)
    assert (has.returncode, has.stdout, has.stderr) == (0, "", "")


def test_a_terraform_that_is_needed_later_is_a_warning(tmp_path: Path) -> None:
    executable(tmp_path / "npm")
    terraform(tmp_path, "v1.9.8")
    old = run(tmp_path)
    assert (old.returncode, old.stdout) == (0, "")
    assert old.stderr == f"warning: 'terraform' is version 1.9.8; {NEEDED}\n"


def test_it_runs_before_anything_is_installed(tmp_path: Path) -> None:
    isolated = [sys.executable, "-I", "-S", prerequisites.__file__]
    path = {"PATH": str(tmp_path)}
    result = subprocess.run(isolated, env=path, capture_output=True, text=True, check=False)
    missing = f"warning: 'terraform' was not found on the PATH; {NEEDED}"
    assert result.stderr == f"{NPM_LACKING}\n{missing}\n"
