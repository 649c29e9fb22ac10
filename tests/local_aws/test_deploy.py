"""Every stack through real Terraform and the real provider, in the order of a first deploy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.local_aws.conftest import Project
from tests.walk import TRUST

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SERVICES = ("movie-service", "customer-service")
STACKS = ("state-bucket", "iam", *SERVICES)
ACCOUNT = "127549748682"
TAGS = {"environment": "local", "managed-by": "cdktf"}


def test_a_service_before_iam_says_what_to_deploy_first(project: Project) -> None:
    project.terraform("movie-service", "init")
    done = project.terraform("movie-service", "plan")
    said = " ".join(re.sub(r"[│╷╵]", " ", done.stderr).split())
    sentence = (
        "movie-service: the stack iam has not been deployed; "
        "deploy it first, with: npx cdktf deploy iam"
    )
    assert (done.returncode, sentence in said) == (1, True), done.stderr


def test_every_stack_is_valid_applies_and_then_plans_nothing(project: Project) -> None:
    for stack in STACKS:
        project.applied(stack)
        valid = project.terraform(stack, "validate", "-json")
        assert json.loads(valid.stdout)["diagnostics"] == []
    for stack in STACKS:
        again = project.terraform(stack, "plan", "-detailed-exitcode")
        assert again.returncode == 0, again.stdout + again.stderr


def test_the_state_bucket_is_versioned_encrypted_private_and_takes_tls_only(
    project: Project,
) -> None:
    s3 = project.aws.client("s3")
    bucket = "netflux-terraform-state-local"
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    encryption = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]
    assert [each["ApplyServerSideEncryptionByDefault"] for each in encryption["Rules"]] == [
        {"SSEAlgorithm": "AES256"}
    ]
    blocked = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert blocked == {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert keys == [f"{stack}/terraform.tfstate" for stack in sorted(STACKS[1:])]


def test_the_roles_are_those_of_the_console(project: Project) -> None:
    iam = project.aws.client("iam")

    def role(name: str) -> dict[str, Any]:
        found = iam.get_role(RoleName=name)["Role"]
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        return {
            "arn": found["Arn"],
            "description": found["Description"],
            "trust": found["AssumeRolePolicyDocument"],
            "tags": {tag["Key"]: tag["Value"] for tag in found["Tags"]},
            "policies": sorted(policy["PolicyArn"] for policy in attached),
        }

    console = {
        "description": "Allows ECS tasks to call AWS services on your behalf.",
        "trust": TRUST,
        "tags": TAGS,
    }
    assert role("netflux-task-role") == console | {
        "arn": f"arn:aws:iam::{ACCOUNT}:role/netflux-task-role",
        "policies": [
            "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
            "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceRole",
        ],
    }
    assert role("ecs-task-execution-role") == console | {
        "arn": f"arn:aws:iam::{ACCOUNT}:role/ecs-task-execution-role",
        "policies": [
            "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        ],
    }


@pytest.mark.parametrize("service", SERVICES)
def test_the_task_definition_is_the_reference_with_its_platform(
    project: Project, service: str
) -> None:
    described = project.aws.client("ecs").describe_task_definition(
        taskDefinition=service, include=["TAGS"]
    )
    task = described["taskDefinition"]
    reference = json.loads((GOLDEN / f"{service}.json").read_text())
    reference["runtimePlatform"] = {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}
    assert {key: task[key] for key in reference} == reference
    assert {tag["key"]: tag["value"] for tag in described["tags"]} == TAGS


def test_each_service_has_its_log_group(project: Project) -> None:
    logs = project.aws.client("logs")
    groups = logs.describe_log_groups(logGroupNamePrefix="/ecs/")["logGroups"]
    assert [(each["logGroupName"], each.get("retentionInDays")) for each in groups] == [
        ("/ecs/customer-service", None),
        ("/ecs/movie-service", None),
    ]


def test_of_two_plans_at_once_one_gets_the_lock(project: Project) -> None:
    state = ("state", "pull")
    before = project.terraform("movie-service", *state).stdout
    plans = [project.start("movie-service", "plan", "-detailed-exitcode") for _ in range(2)]
    done = sorted((plan.finish() for plan in plans), key=lambda each: each.returncode)
    assert [each.returncode for each in done] == [0, 1]
    assert "Error acquiring the state lock" in done[1].stderr
    assert "Who:" in done[1].stderr
    assert project.terraform("movie-service", *state).stdout == before


def test_a_new_image_is_revision_2_and_revision_1_stays_active(project: Project) -> None:
    project.services(
        'Service(name="movie-service", image_tag="1.5.0")', 'Service(name="customer-service")'
    )
    said = project.applied("movie-service")
    assert "Resources: 1 added, 0 changed, 1 destroyed" in said
    assert _revisions(project) == [(1, "ACTIVE", "latest"), (2, "ACTIVE", "1.5.0")]


def test_destroy_leaves_the_revisions_active(project: Project) -> None:
    done = project.terraform("movie-service", "destroy", "-auto-approve")
    assert done.returncode == 0, done.stderr
    assert _revisions(project) == [(1, "ACTIVE", "latest"), (2, "ACTIVE", "1.5.0")]
    groups = project.aws.client("logs").describe_log_groups(logGroupNamePrefix="/ecs/")
    assert [each["logGroupName"] for each in groups["logGroups"]] == ["/ecs/customer-service"]


def _revisions(project: Project) -> list[tuple[int, str, str]]:
    ecs = project.aws.client("ecs")
    arns = ecs.list_task_definitions(familyPrefix="movie-service")["taskDefinitionArns"]
    tasks = [ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"] for arn in arns]
    return [
        (task["revision"], task["status"], task["containerDefinitions"][0]["image"].split(":")[1])
        for task in tasks
    ]
