"""One embedded AWS and one provider process for all integration tests, and a project to change.

Terraform or the provider missing is a skip with its reason, and a failure when CI=true.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests import walk
from tools.local_aws import LocalAws
from tools.prerequisites import terraform_lacking, terraform_program
from tools.shared_provider import shared_provider
from tools.terraform_environment import terraform_environment

PROJECT = Path(__file__).resolve().parents[2]
_COPIED = ("main.py", "cdktf.json", "package.json")
_LINKED = (".venv", ".gen", "node_modules", "constructs_lib", "lean_bindings", "stacks", "tools")


class Project:
    """A copy of the project with the walk's catalogue, which a test may change, and its own AWS."""

    def __init__(self, folder: Path, aws: LocalAws, provider: dict[str, str]) -> None:
        self.folder = folder
        self.aws = aws
        self.environment = terraform_environment(aws.environment)
        self.provider = provider
        """The variables of the provider process that runs, which `terraform` and `start` use.

        A command that is given them must be told `--no-shared-provider`.
        """
        for name in _COPIED:
            shutil.copy(PROJECT / name, folder)
        for name in _LINKED:
            (folder / name).symlink_to(PROJECT / name)
        walk.write(folder)

    def catalogue(self, *entries: str) -> None:
        """Writes the catalogue, of entries such as `Service(name="movie-service")`."""
        text = "from constructs_lib.service import Service\n\nSERVICES = [\n    %s,\n]\n"
        (self.folder / "services.py").write_text(text % ",\n    ".join(entries))

    def services(self, *entries: str) -> None:
        """Writes the catalogue, and synths."""
        self.catalogue(*entries)
        self.synth()

    def synth(self) -> None:
        command = [sys.executable, "main.py"]
        subprocess.run(command, cwd=self.folder, env=self.environment, check=True)

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs a command in the project's folder; `python` is that of the tests."""
        program, *arguments = command
        return subprocess.run(
            [sys.executable if program == "python" else program, *arguments],
            cwd=self.folder,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def terraform(
        self, stack: str, *arguments: str, stacks: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs one Terraform command in the folder of a stack."""
        return self.start(stack, *arguments, stacks=stacks).finish()

    def start(self, stack: str, *arguments: str, stacks: Path | None = None) -> Running:
        """Starts one Terraform command, to be waited for with `finish`."""
        folder = (stacks or self.folder / "cdktf.out" / "stacks") / stack
        command = [terraform_program(self.environment), f"-chdir={folder}", *arguments]
        if arguments[0] not in ("validate", "fmt"):
            command.append("-input=false")
        return Running([*command, "-no-color"], self.environment | self.provider)

    def applied(self, stack: str) -> str:
        """Initialises and applies a stack, which must work; what Terraform said."""
        for arguments in (["init"], ["apply", "-auto-approve"]):
            done = self.terraform(stack, *arguments)
            assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class Running:
    """A command on its way."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._command = command
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def finish(self) -> subprocess.CompletedProcess[str]:
        out, error = self._process.communicate()
        return subprocess.CompletedProcess(self._command, self._process.returncode, out, error)


@pytest.fixture(scope="session")
def _terraform() -> None:
    lacking = terraform_lacking(os.environ)
    if lacking:
        skip_or_fail(lacking)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, _terraform: None) -> Iterator[Project]:
    """The project on an empty AWS, synthesized, with the state bucket there."""
    with LocalAws() as aws:
        environment = terraform_environment(aws.environment)
        with shared_provider(environment) as provider:
            project = Project(tmp_path_factory.mktemp("project"), aws, provider)
            project.synth()
            done = project.terraform("state-bucket", "init")
            if "Failed to query available provider packages" in done.stderr:
                skip_or_fail("the AWS provider is in no mirror and cannot be downloaded")
            project.applied("state-bucket")
            yield project


def skip_or_fail(reason: str) -> NoReturn:
    """What this machine lacks: a skip, but a failure where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
