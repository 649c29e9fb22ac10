"""One `cdktf diff` after another, against `python -m tools.plan`, on the embedded AWS.

    .venv/bin/python -m benchmarks.plan_speed [--services 20] [--diffs N]

Nothing is cached but the provider: the project is copied for each way of planning, and no stack of
it is initialised. With --diffs, only that many `cdktf diff` are run, and their mean is taken for
the others. The ratios are how many times longer the diffs take; the load of the machine is printed,
as both share its cores with whatever else runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.local_aws.conftest import Project
from tools.command_line import Command
from tools.local_aws import LocalAws
from tools.shared_provider import shared_provider
from tools.terraform_environment import terraform_environment


def main() -> int:
    parser = Command(prog="python -m benchmarks.plan_speed")
    parser.add_argument("--services", type=int, default=20)
    parser.add_argument("--diffs", type=int, help="how many `cdktf diff` are run; all by default")
    wanted = parser.parse_args()
    names = [f"service-{number:02}" for number in range(1, wanted.services + 1)]
    measured = names[: wanted.diffs or len(names)]
    print(f"{len(names)} services, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with LocalAws() as aws, tempfile.TemporaryDirectory(prefix="netflux-bench-") as folder:
        with shared_provider(terraform_environment(aws.environment)) as provider:
            first = _project(Path(folder) / "first", aws, provider, names)
            for stack in ("state-bucket", "iam"):
                first.applied(stack)
        diffs = _project(Path(folder) / "diffs", aws, {}, names)
        commands = [["npx", "cdktf", "diff", name] for name in measured]
        alone = _seconds(diffs, commands) / len(measured) * len(names)
        _tell("cdktf diff, one after another", alone, alone)
        for title, options in (
            ("tools.plan --no-shared-provider", ["--no-shared-provider"]),
            ("tools.plan", []),
        ):
            ours = _project(Path(folder) / title.replace(" ", ""), aws, {}, names)
            command = [sys.executable, "-m", "tools.plan", *names, *options]
            _tell(title, _seconds(ours, [command]), alone)
    return 0


def _project(
    folder: Path, aws: LocalAws, provider: dict[str, str], names: Sequence[str]
) -> Project:
    folder.mkdir()
    project = Project(folder, aws, provider)
    project.services(*(f'Service(name="{name}")' for name in names))
    return project


def _seconds(project: Project, commands: Sequence[Sequence[str]]) -> float:
    began = time.monotonic()
    for command in commands:
        done = subprocess.run(
            command,
            cwd=project.folder,
            env=project.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 2), done.stdout + done.stderr
    return time.monotonic() - began


def _tell(title: str, seconds: float, diffs: float) -> None:
    load = os.getloadavg()[0]
    print(f"{title:<34}{seconds:7.1f} s  ratio {diffs / seconds:4.1f}  load {load:.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
