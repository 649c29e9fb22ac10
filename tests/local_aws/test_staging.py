"""A second environment with every guard rail, and a release, on the embedded AWS."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.local_aws.conftest import Project

pytestmark = pytest.mark.integration

ACCOUNT = "127549748682"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/netflux-boundary"
SECRET = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:db-AbCdE1"
ROLES = ("staging-ecs-task-execution-role", "staging-netflux-task-role")
STACKS = ("state-bucket", "iam", "movie-service", "customer-service")
ENTRY = f"""
    Environment(
        name="staging",
        account_id="{ACCOUNT}",
        region="eu-west-1",
        state_bucket="netflux-terraform-state-staging",
        endpoint=local_endpoint(),
        name_prefix="staging-",
        role_path="/netflux/",
        permissions_boundary="{BOUNDARY}",
        confused_deputy_conditions=True,
        least_privilege=True,
        service_defaults={{"cpu_units": ".25 vCPU", "memory_mib": "0.5 GB"}},
    ),
]
"""
SERVICES = f"""
from constructs_lib.service import Service

SERVICES = [
    Service(
        name="movie-service",
        secrets={{"DB": "{SECRET}:password::"}},
        per_environment={{"staging": {{"memory_mib": 1024, "log_retention_days": 7}}}},
    ),
    Service(name="customer-service"),
]
"""


@pytest.fixture(scope="module")
def staging(project: Project) -> Project:
    """The project with the environment `staging`, everything deployed there."""
    file = project.folder / "environments.py"
    file.write_text(file.read_text().replace("\n]\n\n\ndef names", f"{ENTRY}\n\ndef names"))
    (project.folder / "services.py").write_text(SERVICES)
    (project.folder / "images.txt").write_text(
        "staging movie-service 1.4.2\nprod movie-service 1\n"
    )
    document = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}
    project.aws.client("iam").create_policy(
        PolicyName="netflux-boundary",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [document]}),
    )
    project.environment |= {"NETFLUX_ENV": "staging"}
    project.synth()
    for stack in STACKS:
        project.applied(stack)
    return project


def _planned(project: Project, *stacks: str) -> tuple[int, dict[str, str]]:
    done = project.run("python", "-m", "tools.plan", *stacks)
    index = json.loads((project.folder / "cdktf.out" / "plans.json").read_text())
    changing = {e["stack"]: e["summary"] for e in index["stacks"] if e["status"] != "none"}
    return done.returncode, changing


def test_the_second_plan_is_empty(staging: Project) -> None:
    assert _planned(staging) == (0, {})


@pytest.mark.parametrize(
    ("name", "attached"),
    [
        ("netflux-task-role", []),
        ("ecs-task-execution-role", ["AmazonECSTaskExecutionRolePolicy"]),
    ],
)
def test_the_roles_are_guarded(staging: Project, name: str, attached: list[str]) -> None:
    iam = staging.aws.client("iam")
    role = iam.get_role(RoleName=f"staging-{name}")["Role"]
    assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/netflux/staging-{name}"
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == BOUNDARY
    [statement] = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Condition"] == {
        "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:eu-west-1:{ACCOUNT}:*"},
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
    }
    policies = iam.list_attached_role_policies(RoleName=f"staging-{name}")["AttachedPolicies"]
    assert [policy["PolicyName"] for policy in policies] == attached
    own = iam.get_role_policy(RoleName=f"staging-{name}", PolicyName="read-what-services-name")
    assert own["PolicyDocument"]["Statement"] == [
        {
            "Sid": "ReadSecrets",
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": [SECRET],
        }
    ]


def test_the_services_have_the_names_sizes_and_images_of_the_environment(staging: Project) -> None:
    ecs = staging.aws.client("ecs", "eu-west-1")
    movie = ecs.describe_task_definition(taskDefinition="staging-movie-service")["taskDefinition"]
    customer = ecs.describe_task_definition(taskDefinition="staging-customer-service")
    assert [(each["cpu"], each["memory"]) for each in (movie, customer["taskDefinition"])] == [
        ("256", "1024"),
        ("256", "512"),
    ]
    assert movie["taskRoleArn"] == (
        f"arn:aws:iam::{ACCOUNT}:role/netflux/staging-netflux-task-role"
    )
    assert _image(movie) == f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/movie-service:1.4.2"
    groups = staging.aws.client("logs", "eu-west-1").describe_log_groups()["logGroups"]
    assert {each["logGroupName"]: each.get("retentionInDays") for each in groups} == {
        "/ecs/staging-movie-service": 7,
        "/ecs/staging-customer-service": None,
    }


def test_a_release_is_one_line_and_one_revision_and_again_nothing(staging: Project) -> None:
    assert staging.run("python", "-m", "tools.release", "movie-service", "1.5.0").returncode == 0
    assert (staging.folder / "images.txt").read_text() == (
        "staging movie-service 1.5.0\nprod movie-service 1\n"
    )
    assert _planned(staging) == (2, {"movie-service": "1 new revision"})
    plan = json.loads((staging.folder / "cdktf.out/stacks/movie-service/plan.json").read_text())
    changing = [each for each in plan["resource_changes"] if each["change"]["actions"] != ["no-op"]]
    assert [each["address"] for each in changing] == ["aws_ecs_task_definition.task_definition"]
    assert staging.run("python", "-m", "tools.apply").returncode == 0
    ecs = staging.aws.client("ecs", "eu-west-1")
    movie = ecs.describe_task_definition(taskDefinition="staging-movie-service")["taskDefinition"]
    assert (movie["revision"], _image(movie)[-6:]) == (2, ":1.5.0")
    assert staging.run("python", "-m", "tools.release", "movie-service", "1.5.0").returncode == 0
    assert _planned(staging, "movie-service") == (0, {})


def test_a_role_of_another_path_has_the_policies_that_it_had(staging: Project) -> None:
    file = staging.folder / "environments.py"
    written = file.read_text()
    before = {role: _policies(staging, role) for role in ROLES}
    for path in ("/teams/netflux/", "/netflux/"):
        file.write_text(written.replace('role_path="/netflux/"', f'role_path="{path}"'))
        staging.synth()
        staging.applied("iam")
        assert {role: _policies(staging, role) for role in ROLES} == before
        arns = [staging.aws.client("iam").get_role(RoleName=role)["Role"]["Arn"] for role in ROLES]
        assert arns == [f"arn:aws:iam::{ACCOUNT}:role{path}{role}" for role in ROLES]
        assert _planned(staging, "iam") == (0, {})


def test_no_service_gets_the_roles_that_its_plan_read_before_iam_was_applied(
    staging: Project,
) -> None:
    file = staging.folder / "environments.py"
    written = file.read_text()
    assert staging.run("python", "-m", "tools.release", "movie-service", "1.6.0").returncode == 0
    file.write_text(written.replace('role_path="/netflux/"', 'role_path="/teams/"'))
    services = "customer-service, movie-service"
    planned = staging.run("python", "-m", "tools.plan")
    assert planned.stderr.splitlines()[-1] == (
        f"plan: iam makes other roles, and the plans of {services} have the former ones; "
        "apply iam, then plan these anew"
    )
    again = "NETFLUX_ENV=staging .venv/bin/python -m tools.plan"
    applied = staging.run("python", "-m", "tools.apply")
    assert (applied.returncode, applied.stdout.splitlines()[2:]) == (
        1,
        [
            "applied: iam",
            "not applied: movie-service",
        ],
    )
    assert applied.stderr.splitlines()[-1] == (
        f"apply: iam has other roles now than {services}; plan, review and apply these, with: "
        f"{again} customer-service movie-service"
    )
    revisions = {"customer-service": "1 new revision", "movie-service": "1 new revision"}
    assert _planned(staging, *revisions) == (2, revisions)
    assert staging.run("python", "-m", "tools.apply").returncode == 0
    assert _planned(staging) == (0, {})


def _policies(project: Project, role: str) -> tuple[list[str], list[str]]:
    iam = project.aws.client("iam")
    attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    own = iam.list_role_policies(RoleName=role)["PolicyNames"]
    return [policy["PolicyName"] for policy in attached], own


def _image(definition: dict[str, Any]) -> str:
    [container] = definition["containerDefinitions"]
    return str(container["image"])
