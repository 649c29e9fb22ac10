"""A project on an embedded AWS that can be made to fail, and what is found there."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.faults.faulty_aws import FaultyAws
from tests.local_aws.conftest import Project
from tools.local_aws import LocalAws

BUCKET = "netflux-terraform-state-local"
ROLES = ["ecs-task-execution-role", "netflux-task-role"]
_IAM_STATE = "iam/terraform.tfstate"


class Stage(Project):
    """A copy of the project whose every request to AWS passes a `FaultyAws`.

    AWS is looked at behind the proxy's back, with `aws.client`.
    """

    def __init__(
        self,
        folder: Path,
        aws: LocalAws,
        faulty: FaultyAws,
        provider: dict[str, str],
        services: Sequence[str],
    ) -> None:
        super().__init__(folder, aws, provider)
        self.faulty = faulty
        self.environment |= {"NETFLUX_LOCAL_ENDPOINT": faulty.endpoint}
        self.s3 = aws.client("s3")
        self.services(*(f'Service(name="{name}")' for name in services))
        self.empty()

    def empty(self) -> None:
        """Makes AWS an empty one, but for the state bucket."""
        reset = urllib.request.Request(f"{self.aws.endpoint}/moto-api/reset", method="POST")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(reset):
            pass
        self.s3.create_bucket(Bucket=BUCKET)
        enabled = {"Status": "Enabled"}
        self.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration=enabled)
        for file in self.folder.glob("cdktf.out/stacks/*/errored.tfstate"):
            file.unlink()

    def deploy_iam(self) -> None:
        """Deploys the stack `iam`, and keeps what that made, for `a_service`."""
        self.applied("iam")
        iam = self.aws.client("iam")
        self._roles = [iam.get_role(RoleName=name)["Role"] for name in ROLES]
        self._policies = {
            name: iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
            for name in ROLES
        }
        self._iam_state = self.s3.get_object(Bucket=BUCKET, Key=_IAM_STATE)["Body"].read()

    def a_service(self, name: str = "movie-service") -> str:
        """A service of which nothing was ever deployed; `iam` is, and nothing else."""
        self.empty()
        iam = self.aws.client("iam")
        for role in self._roles:
            iam.create_role(
                RoleName=role["RoleName"],
                Description=role["Description"],
                AssumeRolePolicyDocument=json.dumps(role["AssumeRolePolicyDocument"]),
                Tags=role["Tags"],
            )
            for policy in self._policies[role["RoleName"]]:
                iam.attach_role_policy(RoleName=role["RoleName"], PolicyArn=policy["PolicyArn"])
        self.s3.put_object(Bucket=BUCKET, Key=_IAM_STATE, Body=self._iam_state)
        self.ready(name)
        return name

    def stack(self, name: str) -> Path:
        """The folder of a stack."""
        return self.folder / "cdktf.out" / "stacks" / name

    def begin(self, *command: str, **variables: str) -> subprocess.Popen[str]:
        """Starts a command in the project's folder, as the leader of a process group."""
        return subprocess.Popen(
            [sys.executable if command[0] == "python" else command[0], *command[1:]],
            cwd=self.folder,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs a command in the project's folder; its output and its complaints are one text."""
        process = self.begin(*command, **variables)
        try:
            said, _ = process.communicate(timeout=300)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        return subprocess.CompletedProcess(command, process.returncode, said)

    def apply(self, stack: str) -> subprocess.CompletedProcess[str]:
        """`tools.plan` and then `tools.apply` of a stack; the answer of the first that failed."""
        planned = self.run("python", "-m", "tools.plan", stack)
        if planned.returncode != 2:
            return planned
        return self.run("python", "-m", "tools.apply", stack)

    def direct_apply(self, stack: str) -> subprocess.CompletedProcess[str]:
        """`terraform apply` in a stack's folder; its output and its complaints are one text."""
        begun = self.begin_apply(stack)
        said, _ = begun.communicate(timeout=300)
        return subprocess.CompletedProcess(begun.args, begun.returncode, said)

    def begin_apply(self, stack: str, **variables: str) -> subprocess.Popen[str]:
        """Starts `terraform apply` in a stack's folder, as the leader of a process group."""
        folder = f"-chdir={self.stack(stack)}"
        options = ("-auto-approve", "-input=false", "-no-color")
        return self.begin("terraform", folder, "apply", *options, **self.provider, **variables)

    def ready(self, stack: str) -> None:
        """Initialises a stack's folder, once."""
        if not (self.stack(stack) / ".terraform").exists():
            done = self.terraform(stack, "init")
            assert done.returncode == 0, done.stderr

    def state(self, stack: str) -> dict[str, Any] | None:
        """What lies in the bucket as a stack's state."""
        try:
            found = self.s3.get_object(Bucket=BUCKET, Key=f"{stack}/terraform.tfstate")
        except self.s3.exceptions.NoSuchKey:
            return None
        state: dict[str, Any] = json.loads(found["Body"].read())
        return state

    def in_state(self, stack: str) -> dict[str, str]:
        """The ids of a stack's resources, by address."""
        return {
            f"{each['type']}.{each['name']}": each["instances"][0]["attributes"]["id"]
            for each in (self.state(stack) or {"resources": []})["resources"]
            if each["mode"] == "managed"
        }

    def attributes(self, stack: str, kind: str) -> dict[str, Any]:
        """What the state has of a stack's only resource of a kind."""
        state = self.state(stack)
        assert state
        (found,) = (each for each in state["resources"] if each["type"] == kind)
        attributes: dict[str, Any] = found["instances"][0]["attributes"]
        return attributes

    def locked(self) -> list[str]:
        """The stacks whose state is locked."""
        found = self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return [each["Key"].split("/")[0] for each in found if each["Key"].endswith(".tflock")]

    def roles(self) -> list[str]:
        found = self.aws.client("iam").list_roles()["Roles"]
        return sorted(each["RoleName"] for each in found)

    def groups(self, service: str) -> list[str]:
        prefix = f"/ecs/{service}"
        found = self.aws.client("logs").describe_log_groups(logGroupNamePrefix=prefix)
        return [each["logGroupName"] for each in found["logGroups"]]

    def revisions(self, service: str) -> list[str]:
        """The ARNs of a service's revisions, the oldest first."""
        ecs = self.aws.client("ecs")
        found: list[str] = ecs.list_task_definitions(familyPrefix=service)["taskDefinitionArns"]
        return found

    def plans_nothing(self, stack: str) -> None:
        again = self.terraform(stack, "plan", "-detailed-exitcode")
        assert again.returncode == 0, again.stdout + again.stderr


def until(happens: Any, *, seconds: float = 60) -> None:
    """Waits for something to become true."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def plain(text: str) -> str:
    """Terraform's boxes and line breaks taken out, so that a sentence is one line."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m|[│╷╵]", " ", text).split())


def released(stage: Stage, stack: str) -> None:
    """Releases a stack's lock with the very command that the error of every command names."""
    refused = stage.run("python", "-m", "tools.diagnosis", stack)
    command = re.search(r"release it, with: (.+)", refused.stdout)
    assert command, refused.stdout
    done = stage.run("env", *command[1].strip().rstrip(".").split())
    assert done.returncode == 0, done.stdout
    assert stack not in stage.locked()
