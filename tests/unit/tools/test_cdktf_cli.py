"""How the cdktf CLI is started: by its own link, in an environment that suits it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
NEEDED = (
    "Terraform 1.11 or later is needed; "
    "get it from https://developer.hashicorp.com/terraform/install"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose `node` prints how it was started."""
    folder = tmp_path / "project"
    for name in ("tools", "stacks"):
        shutil.copytree(PROJECT / name, folder / name)
    commands = folder / ".venv" / "bin"
    commands.mkdir(parents=True)
    (commands / "python").symlink_to(sys.executable)
    links = folder / "node_modules" / ".bin"
    links.mkdir(parents=True)
    (links / "cdktf").symlink_to("../../tools/cdktf")
    print_start = f"""#!{sys.executable} -IS
import json, os, sys
print(json.dumps([sys.argv[1:], dict(os.environ)]))
"""
    (commands / "node").write_text(print_start)
    (commands / "node").chmod(0o755)
    terraform = tmp_path / "bin" / "terraform"
    terraform.parent.mkdir()
    terraform.write_text('#!/bin/sh\necho "Terraform ${VERSION:-v1.11.4}"\n')
    terraform.chmod(0o755)
    return folder


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{project.parent / 'bin'}:/usr/bin:/bin"
    return subprocess.run(
        [project / "node_modules" / ".bin" / "cdktf", *arguments],
        cwd=project.parent,
        env={"PATH": path, "HOME": str(project.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_cli_of_the_lock_file_gets_the_arguments_as_they_are(project: Path) -> None:
    result = run(project, "deploy", "movie-service", "--var=a b", "${x}")
    arguments, environment = json.loads(result.stdout)
    cli = project / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    assert arguments == [str(cli), "deploy", "movie-service", "--var=a b", "${x}"]
    assert environment["CHECKPOINT_DISABLE"] == "1"
    assert environment["PATH"].startswith(f"{project / '.venv' / 'bin'}:")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"VERSION": "v1.10.0"}, f"cdktf: 'terraform' is version 1.10.0; {NEEDED}"),
        (
            {"TERRAFORM_BINARY_NAME": "tofu"},
            f"cdktf: 'tofu' was not found on the PATH; {NEEDED}",
        ),
    ],
)
def test_without_a_fitting_terraform_it_says_so_in_one_sentence(
    project: Path, environment: dict[str, str], sentence: str
) -> None:
    result = run(project, "list", **environment)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", f"{sentence}\n")
