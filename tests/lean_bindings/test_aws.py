"""The real AWS provider: the same output and the same errors from lean and from full bindings."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lean_bindings.fake_provider import ROOT

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("cdktf_cdktf_provider_aws") is None,
    reason="the AWS provider is not installed",
)

PROGRAM = """
import os, sys, traceback
import lean_bindings
if os.environ.get("QUICK"):
    from lean_bindings.early_node import start_node_early
    assert start_node_early()
lean_bindings.activate(__file__)
if os.environ.get("QUICK"):
    from lean_bindings.quick_checks import quicken_type_checks
    quicken_type_checks()
from cdktf import App, S3Backend, TerraformOutput, TerraformStack, Token
from cdktf_cdktf_provider_aws import s3_bucket_versioning as versioning
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.data_aws_s3_objects import DataAwsS3Objects
from cdktf_cdktf_provider_aws.ecs_task_definition import (
    EcsTaskDefinition,
    EcsTaskDefinitionRuntimePlatform,
)
from cdktf_cdktf_provider_aws.iam_role import IamRole, IamRoleInlinePolicy
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

app = App(outdir="out")
stack = TerraformStack(app, "all")
AwsProvider(stack, "aws", region="eu-west-1", default_tags=[{"tags": {"team": "a"}}])
S3Backend(stack, bucket="state", key="all/terraform.tfstate", region="eu-west-1")
role = IamRole(
    stack, "role", name="r", assume_role_policy="{}",
    inline_policy=[IamRoleInlinePolicy(name="p", policy="{}")],
)
role.put_inline_policy([{"name": "q", "policy": "{}"}])
IamRolePolicy(stack, "policy", role=role.name, policy="{}")
IamRolePolicyAttachment(stack, "attachment", role=role.name, policy_arn="arn:aws:iam::aws:policy/x")
bucket = S3Bucket(stack, "bucket", bucket="b", tags={"a": "b"})
versioning.S3BucketVersioningA(
    stack, "versioning", bucket=bucket.id,
    versioning_configuration=versioning.S3BucketVersioningVersioningConfiguration(status="Enabled"),
)
objects = DataAwsS3Objects(stack, "objects", bucket=bucket.bucket, prefix="x/")
log = CloudwatchLogGroup(stack, "log", name="/ecs/x", retention_in_days=30)
task = EcsTaskDefinition(
    stack, "task", family="x", container_definitions=f'[{{"g": "{log.name}"}}]',
    cpu="256", memory="512", requires_compatibilities=["FARGATE"],
    runtime_platform=EcsTaskDefinitionRuntimePlatform(cpu_architecture="X86_64"),
    volume=[{"name": "v"}], execution_role_arn=role.arn, depends_on=[log],
)
task.add_override("track_latest", True)
TerraformOutput(stack, "keys", value=objects.keys)
TerraformOutput(stack, "platform", value=task.runtime_platform.cpu_architecture)
TerraformOutput(stack, "inline", value=role.inline_policy.get(0).name)
app.synth()

wrong = [
    lambda: CloudwatchLogGroup(stack, "w1", retention_in_days="a month"),
    lambda: CloudwatchLogGroup(stack, "w2", colour="red"),
    lambda: EcsTaskDefinition(stack, "w3", family="x"),
    lambda: EcsTaskDefinition(stack, "w4", family=None, container_definitions="[]"),
    lambda: EcsTaskDefinitionRuntimePlatform(cpu_architecture=["x"]),
    lambda: IamRole(stack, "role", assume_role_policy="{}"),
    lambda: IamRole("stack", "w5", assume_role_policy="{}"),
    lambda: setattr(role, "name", 5),
    lambda: role.nothing,
    lambda: task.put_volume("v"),
]
for call in wrong:
    try:
        call()
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
print("loaded", sys.modules["cdktf_cdktf_provider_aws"].__file__)
"""


class Outcome:
    """What the program wrote, what it said of wrong arguments, and where it took modules from."""

    def __init__(self, folder: Path, **environment: str) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "main.py").write_text(PROGRAM)
        run = subprocess.run(
            [sys.executable, "main.py"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        self.said = run.stderr
        *errors, loaded = run.stdout.splitlines()
        self.errors = "\n".join(errors)
        self.lean = str(folder / ".gen") in loaded
        out = folder / "out"
        self.files = {
            str(path.relative_to(out)): path.read_bytes()
            for path in sorted(out.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return Outcome(tmp_path_factory.mktemp("full"), LEAN_BINDINGS_FULL="1")


@pytest.fixture(scope="module")
def lean_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lean")


@pytest.fixture(scope="module")
def lean(lean_folder: Path) -> Outcome:
    return Outcome(lean_folder, JSII_VALIDATE_ASSEMBLIES="1")


@pytest.fixture(scope="module")
def quick(lean_folder: Path, lean: Outcome) -> Outcome:
    return Outcome(lean_folder, QUICK="1")


def test_full_and_lean_are_what_they_say(full: Outcome, lean: Outcome, quick: Outcome) -> None:
    assert (full.lean, lean.lean, quick.lean) == (False, True, True)
    assert "Writing" not in full.said + quick.said
    assert re.search(
        r"^Writing lean bindings for cdktf-cdktf-provider-aws \S+ \(9 modules\) to \.gen/ \.\.\.,"
        r" done in \d+\.\d s$",
        lean.said,
        re.MULTILINE,
    )


def test_output_is_the_same_byte_for_byte(full: Outcome, lean: Outcome, quick: Outcome) -> None:
    assert sorted(full.files) == ["manifest.json", "stacks/all/cdk.tf.json"]
    resources = json.loads(full.files["stacks/all/cdk.tf.json"])["resource"]
    assert sorted(resources) == [
        "aws_cloudwatch_log_group",
        "aws_ecs_task_definition",
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "aws_s3_bucket",
        "aws_s3_bucket_versioning",
    ]
    assert lean.files == full.files
    assert quick.files == full.files


def test_errors_of_wrong_arguments_are_the_same(
    full: Outcome, lean: Outcome, quick: Outcome
) -> None:
    errors = [line for line in full.errors.splitlines() if re.match(r"\w+Error: ", line)]
    assert len(errors) == 10
    assert errors[0] == (
        "TypeError: type of argument retention_in_days must be one of (int, float, NoneType);"
        " got str instead"
    )
    assert lean.errors == full.errors
    assert quick.errors == full.errors
