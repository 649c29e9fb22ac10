"""`make demo`: the two services from Python to running Terraform on the embedded AWS, and back.

Every stack is deployed through the cdktf CLI, one by one; then everything is read back with boto3,
and planned again. Nothing of it stays: no process, no file.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib import user_files
from constructs_lib.errors import InvalidInput
from tools.command_line import Command
from tools.local_aws import LocalAws, StartFailure
from tools.prerequisites import terraform_lacking, terraform_program
from tools.shared_provider import shared_provider
from tools.tables import table
from tools.terraform import one_interrupt
from tools.terraform_environment import terraform_environment

PROJECT = Path(__file__).resolve().parent.parent
_APPLIED = re.compile(r"Apply complete! Resources: .*?(\d+) added, (\d+) changed, (\d+) destroyed")
_SECONDS_BETWEEN_LOOKS = 0.5
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Failed(Exception):
    """A step that did not work: a sentence, and below it what the command said."""


@functools.cache
def _names() -> list[str]:
    return [str(service.name) for service in user_files.held("services", "SERVICES")]


def _stacks() -> list[str]:
    return ["state-bucket", "iam", *_names()]


def main() -> int:
    """The whole demo; 0 when all of it worked, 1 with a sentence when not, 130 after Ctrl-C."""
    Command(prog="python -m tools.demo", description=__doc__).parse_args()
    began = time.monotonic()
    lacking = terraform_lacking(os.environ)
    if lacking:
        print(f"demo: {lacking}", file=sys.stderr)
        return 1
    try:
        _stacks()
        with one_interrupt():
            _demonstrate()
    except (Failed, StartFailure, InvalidInput) as failure:
        print(f"\ndemo: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ndemo: stopped; nothing of it is left", file=sys.stderr)
        return 130
    print(f"\nDone in {time.monotonic() - began:.0f} s; the embedded AWS is stopped.")
    return 0


def _demonstrate() -> None:
    with tempfile.TemporaryDirectory(prefix="netflux-demo-") as folder, LocalAws() as aws:
        print(f"The embedded AWS listens on {aws.endpoint}, account {aws.account_id}.\n")
        try:
            _deploy_and_read_back(aws, Path(folder) / "cdktf.out")
        except Exception:
            # Whatever came of it, a step that failed or an answer that did not come.
            if aws.ended is None:
                raise
            raise Failed(
                f"the embedded AWS has ended before its time, {aws.ended}; start again, with: "
                "make demo"
            ) from None
        finally:
            _forget_state_bucket(aws.endpoint)


def _deploy_and_read_back(aws: LocalAws, outdir: Path) -> None:
    environment = terraform_environment(aws.environment)
    environment |= {"CDKTF_OUTPUT": str(outdir), "CDKTF_AUTO_APPROVE": "true", "CI": "1"}
    with shared_provider(environment) as attached:
        _deploy(aws, environment | attached)
        print(_roles(aws), _task_definitions(aws), _log_groups(aws), sep="\n\n", end="\n\n")
        _plan_again(aws, environment | attached, outdir)


def _deploy(aws: LocalAws, environment: Mapping[str, str]) -> None:
    for number, stack in enumerate(_stacks(), start=1):
        step = f"[{number}/{len(_stacks())}] cdktf deploy {stack}"
        text = _run(aws, step, ["npx", "cdktf", "deploy", stack], environment)
        applied = _APPLIED.search(text)
        print(
            f"{applied[1]} added, {applied[2]} changed, {applied[3]} destroyed" if applied else ""
        )
    print()


def _plan_again(aws: LocalAws, environment: Mapping[str, str], outdir: Path) -> None:
    for stack in _stacks():
        folder = outdir / "stacks" / stack
        program = terraform_program(environment)
        command = [program, f"-chdir={folder}", "plan", "-detailed-exitcode", "-input=false"]
        _run(aws, f"terraform plan {stack}", command, environment)
        print("nothing changes")


def _run(aws: LocalAws, step: str, command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Runs a command, with its name and its time as progress; what it printed.

    Raises:
        Failed: it exited with anything but 0, or the embedded AWS ended.
    """
    print(f"{step:<35}", end="", flush=True)
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        text = _COLOURS.sub("", _output(process, aws))
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    print(f"{time.monotonic() - began:5.1f} s  ", end="", flush=True)
    if process.returncode != 0:
        said = "\n".join(text.strip().splitlines()[-30:])
        raise Failed(
            f"'{step}' ended with exit code {process.returncode}; see to what it says here, and "
            f"start again, with: make demo\n{said}"
        )
    return text


def _output(process: subprocess.Popen[str], aws: LocalAws) -> str:
    """All that the process prints; it is not waited for when the embedded AWS has ended."""
    while True:
        try:
            return process.communicate(timeout=_SECONDS_BETWEEN_LOOKS)[0]
        except subprocess.TimeoutExpired:
            if aws.ended is not None:
                raise Failed from None  # _demonstrate says of what


def _forget_state_bucket(endpoint: str) -> None:
    """The state of a bucket that is gone with its server."""
    port = endpoint.rpartition(":")[2]
    for file in (PROJECT / ".local_aws").glob(f"*state-bucket-*-{port}.tfstate*"):
        file.unlink()
    with contextlib.suppress(OSError):
        (PROJECT / ".local_aws").rmdir()


def _roles(aws: LocalAws) -> str:
    iam = aws.client("iam")
    rows = []
    for role in sorted(iam.list_roles()["Roles"], key=lambda each: each["RoleName"]):
        trusted = role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"]
        policies = iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"]
        names = sorted(policy["PolicyName"] for policy in policies)
        rows.append([role["RoleName"], f"AWS Service: {trusted}", ", ".join(names)])
    return table("Roles", ["Role name", "Trusted entities", "Permissions policies"], rows)


def _task_definitions(aws: LocalAws) -> str:
    ecs = aws.client("ecs")
    rows = []
    for name in _names():
        task = ecs.describe_task_definition(taskDefinition=name)["taskDefinition"]
        container: dict[str, Any] = task["containerDefinitions"][0]
        rows.append(
            [
                f"{task['family']}:{task['revision']}",
                task["status"],
                f"{int(task['cpu']) / 1024:g} vCPU, {int(task['memory']) / 1024:g} GB",
                container["image"],
                ", ".join(str(port["containerPort"]) for port in container["portMappings"]),
                json.dumps({each["name"]: each["value"] for each in container["environment"]}),
            ]
        )
    columns = ["Task definition", "Status", "Task size", "Image", "Port", "Environment"]
    return table("Task definitions", columns, rows)


def _log_groups(aws: LocalAws) -> str:
    groups = aws.client("logs").describe_log_groups(logGroupNamePrefix="/ecs/")["logGroups"]
    rows = [
        [
            group["logGroupName"],
            group.get("logGroupClass", "STANDARD").capitalize(),
            f"{group['retentionInDays']} days" if "retentionInDays" in group else "Never expire",
        ]
        for group in groups
    ]
    return table("Log groups", ["Log group", "Log class", "Retention"], rows)


if __name__ == "__main__":
    sys.exit(main())
