"""`python -m tools.adopt` on what the console's walk leaves behind, made with boto3."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.local_aws.conftest import Project
from tests.walk import TRUST
from tools.local_aws import LocalAws
from tools.service_test import code_of

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
ACCOUNT = "127549748682"
BUCKET = "netflux-terraform-state-local"
MANAGED = "arn:aws:iam::aws:policy"
ROLES = {
    "netflux-task-role": [
        f"{MANAGED}/service-role/AmazonEC2ContainerServiceRole",
        f"{MANAGED}/SecretsManagerReadWrite",
    ],
    "ecs-task-execution-role": [f"{MANAGED}/service-role/AmazonECSTaskExecutionRolePolicy"],
}
PLATFORM = {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}
SERVICES = ("movie-service", "customer-service")


def _definition(family: str, of: str = "movie-service") -> dict[str, Any]:
    text = (GOLDEN / f"{of}.json").read_text()
    definition: dict[str, Any] = json.loads(text.replace(of, family))
    return definition


def _register(project: Project, definition: dict[str, Any]) -> None:
    """A task definition and its log group."""
    project.aws.client("ecs").register_task_definition(**definition)
    group = f"/ecs/{definition['family']}"
    project.aws.client("logs").create_log_group(logGroupName=group)


@pytest.fixture(scope="module")
def walk(project: Project) -> Project:
    """The account as the walk leaves it, and a state bucket that nobody's state knows."""
    environments = project.folder / "environments.py"
    text = environments.read_text()
    without = text.replace('tags={"environment": "local", "managed-by": "cdktf"}', "tags={}")
    assert without != text
    environments.write_text(without)
    for state in (project.folder / ".local_aws").glob("state-bucket-*.tfstate*"):
        state.unlink()
    project.aws.client("s3").delete_bucket_tagging(Bucket=BUCKET)
    iam = project.aws.client("iam")
    for name, policies in ROLES.items():
        iam.create_role(
            RoleName=name,
            AssumeRolePolicyDocument=json.dumps(TRUST),
            Description="Allows ECS tasks to call AWS services on your behalf.",
        )
        for policy in policies:
            iam.attach_role_policy(RoleName=name, PolicyArn=policy)
    for service in SERVICES:
        _register(project, _definition(service, service) | {"runtimePlatform": PLATFORM})
    return project


def _live(project: Project) -> dict[str, Any]:
    """What must be the same before and after: ARNs, revisions, ids and dates."""
    iam, ecs, logs = (project.aws.client(name) for name in ("iam", "ecs", "logs"))
    roles = {name: iam.get_role(RoleName=name)["Role"] for name in ROLES}
    tasks = [ecs.describe_task_definition(taskDefinition=name) for name in SERVICES]
    groups = logs.describe_log_groups(logGroupNamePrefix="/ecs/")["logGroups"]
    buckets = project.aws.client("s3").list_buckets()["Buckets"]
    return {
        "roles": {
            name: [role["Arn"], role["RoleId"], role["CreateDate"]] for name, role in roles.items()
        },
        "attached": {
            name: iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
            for name in ROLES
        },
        "tasks": [each["taskDefinition"] for each in tasks],
        "revisions": ecs.list_task_definitions()["taskDefinitionArns"],
        "groups": [[each["arn"], each["creationTime"]] for each in groups],
        "buckets": [[each["Name"], each["CreationDate"]] for each in buckets],
    }


@pytest.fixture(scope="module")
def before(walk: Project) -> dict[str, Any]:
    return _live(walk)


def _run(project: Project, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["python", "-m", module, *arguments, "--no-shared-provider"]
    return project.run(*command, **project.provider)


def _adopt(project: Project, *arguments: str, code: int = 0) -> str:
    done = _run(project, "tools.adopt", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def _deploy_imports_only(project: Project, **stacks: int) -> None:
    """Plans and applies stacks; each plan must import that many resources and do nothing else."""
    names = [name.replace("_", "-") for name in stacks]
    done = _run(project, "tools.plan", *names)
    assert done.returncode == 2, done.stdout + done.stderr
    for name, count in zip(names, stacks.values(), strict=True):
        plan = project.folder / "cdktf.out" / "stacks" / name / "plan.json"
        changes = json.loads(plan.read_text())["resource_changes"]
        changes = [each["change"] for each in changes if each["mode"] == "managed"]
        assert {tuple(change["actions"]) for change in changes} == {("no-op",)}
        assert sum("importing" in change for change in changes) == count
    done = _run(project, "tools.apply")
    assert done.returncode == 0, done.stdout + done.stderr


def _imports_file(project: Project) -> Path:
    port = project.aws.endpoint.rpartition(":")[2]
    return project.folder / ".local_aws" / f"adopt-local-{port}.json"


def test_another_account_is_refused_before_anything_is_read(walk: Project) -> None:
    with LocalAws(account_id="210987654321") as other:
        done = walk.run("python", "-m", "tools.adopt", NETFLUX_LOCAL_ENDPOINT=other.endpoint)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"adopt: local: the embedded AWS at {other.endpoint} has the account 210987654321, and the "
        "environment is the account 127549748682; stop yours, if that is it, with: "
        ".venv/bin/python -m tools.local_aws down; then start one, with: "
        ".venv/bin/python -m tools.local_aws up --account-id 127549748682\n",
    )


def test_everything_of_the_walk_is_to_import(walk: Project, before: dict[str, Any]) -> None:
    said = _adopt(walk)
    file = _imports_file(walk)
    assert said.splitlines() == [
        "local: account 127549748682, us-east-1",
        "",
        "state-bucket: 5 to import",
        f"  to import  bucket {BUCKET}",
        f"  to import  policy of the bucket {BUCKET}",
        f"  to import  public access block of the bucket {BUCKET}",
        f"  to import  encryption of the bucket {BUCKET}",
        f"  to import  versioning of the bucket {BUCKET}",
        "iam: 5 to import",
        "  to import  role ecs-task-execution-role",
        "  to import  role netflux-task-role",
        *(
            f"  to import  policy attachment {role}/{policy}"
            for role, policies in reversed(ROLES.items())
            for policy in policies
        ),
        "customer-service: 2 to import",
        "  to import  log group /ecs/customer-service",
        "  to import  task definition customer-service:1",
        "movie-service: 2 to import",
        "  to import  log group /ecs/movie-service",
        "  to import  task definition movie-service:1",
        "",
        f".local_aws/{file.name}: the next deploy imports 14 resources; deploy in this order, "
        "then run this again:",
        "  NETFLUX_ENV=local npx cdktf deploy state-bucket",
        "  NETFLUX_ENV=local npx cdktf deploy iam",
        "  NETFLUX_ENV=local npx cdktf deploy customer-service",
        "  NETFLUX_ENV=local npx cdktf deploy movie-service",
    ]
    assert _live(walk) == before
    assert json.loads(file.read_text())["import"]["movie-service"] == {
        "aws_cloudwatch_log_group.log_group": "/ecs/movie-service",
        "aws_ecs_task_definition.task_definition": (
            f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/movie-service:1"
        ),
    }


def test_the_plain_cli_imports_as_well(walk: Project) -> None:
    done = walk.run("npx", "cdktf", "deploy", "iam", CDKTF_AUTO_APPROVE="true", **walk.provider)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "Resources: 5 imported, 0 added, 0 changed, 0 destroyed" in said


def test_what_is_half_imported_is_shown_and_finished(walk: Project, before: dict[str, Any]) -> None:
    assert walk.terraform("movie-service", "init").returncode == 0
    done = walk.terraform(
        "movie-service", "apply", "-auto-approve", "-target=aws_cloudwatch_log_group.log_group"
    )
    assert "1 imported, 0 added" in done.stdout, done.stdout + done.stderr
    said = _adopt(walk)
    assert "iam: all 5 managed\ncustomer-service: 2 to import\n" in said
    assert (
        "movie-service: 1 of 2 managed, 1 to import\n"
        "  to import  task definition movie-service:1\n" in said
    )
    assert "the next deploy imports 8 resources" in said
    _deploy_imports_only(walk, state_bucket=5, customer_service=2, movie_service=1)
    assert _live(walk) == before


def test_the_plan_after_that_is_empty(walk: Project) -> None:
    done = _run(walk, "tools.plan")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_was_imported_cannot_be_replaced_before_it_is_safe(walk: Project) -> None:
    walk.services(
        'Service(name="movie-service", image_tag="2")', 'Service(name="customer-service")'
    )
    done = _run(walk, "tools.plan", "movie-service")
    assert done.returncode == 1
    assert (
        "aws_ecs_task_definition.task_definition is being taken over, and this plan would destroy "
        "it; run this first, it makes that safe: NETFLUX_ENV=local .venv/bin/python -m tools.adopt"
        in done.stdout
    )


def test_then_all_is_managed_and_the_file_is_gone(walk: Project, before: dict[str, Any]) -> None:
    """Although the code wants another image by now, which is no matter of this."""
    said = _adopt(walk)
    kept = "stays ACTIVE when a newer revision replaces it"
    assert said.splitlines()[2:] == [
        "state-bucket: all 5 managed",
        "iam: all 5 managed",
        "customer-service: all 2 managed",
        "movie-service: all 2 managed",
        "",
        "what was imported is made safe, which takes some seconds:",
        f"customer-service: the state now says that customer-service:1 {kept}",
        f"movie-service: the state now says that movie-service:1 {kept}",
        f".local_aws/{_imports_file(walk).name} is deleted: all of it is in the state",
        "all of the code is managed",
    ]
    assert not _imports_file(walk).exists()
    assert _live(walk) == before


def test_a_newer_revision_leaves_the_one_of_the_walk_active(walk: Project) -> None:
    done = _run(walk, "tools.plan")
    assert "1 planned" not in done.stdout
    assert "3 without, 0 failed" in done.stdout, done.stdout + done.stderr
    assert _run(walk, "tools.apply").returncode == 0
    arns = walk.aws.client("ecs").list_task_definitions(familyPrefix="movie-service")
    names = [arn.rpartition("/")[2] for arn in arns["taskDefinitionArns"]]
    assert names == ["movie-service:1", "movie-service:2"]


def test_what_differs_is_shown_with_what_to_write(walk: Project) -> None:
    _register(walk, _definition("rating-service"))
    walk.services('Service(name="movie-service", image_tag="2")', 'Service(name="rating-service")')
    assert _adopt(walk, "rating-service", code=2).splitlines()[2:] == [
        "rating-service: 1 to import, 1 different",
        "  to import  log group /ecs/rating-service",
        "  different  task definition rating-service:1",
        "      field                                  live     code",
        "      runtimePlatform.cpuArchitecture        nothing  X86_64",
        "      runtimePlatform.operatingSystemFamily  nothing  LINUX",
        "      not imported: as the code is, the next deploy registers a new revision beside it, "
        "and rating-service:1 stays ACTIVE",
        "      to keep what is live, write in services.py, rating-service:",
        "        runtime_platform=None,",
        "",
        f".local_aws/{_imports_file(walk).name}: the next deploy imports 1 resource; deploy in "
        "this order, then run this again:",
        "  NETFLUX_ENV=local npx cdktf deploy rating-service",
    ]
    more = _definition("rating-service")
    more["containerDefinitions"][0]["environment"].append({"name": "DEBUG", "value": "on"})
    ecs = walk.aws.client("ecs")
    ecs.register_task_definition(**more, runtimePlatform=PLATFORM)
    ecs.register_task_definition(**_definition("rating-service"))
    ecs.deregister_task_definition(taskDefinition="rating-service:3")
    assert _adopt(walk, "rating-service", code=2).splitlines()[4:9] == [
        "  different  task definition rating-service:2",
        "      field              live  code",
        "      environment DEBUG  on    nothing",
        "      not imported: as the code is, the next deploy registers a new revision beside it, "
        "and rating-service:2 stays ACTIVE",
        "      to keep what is live, write in services.py, rating-service:",
    ]


def test_with_that_written_and_an_entry_from_live_both_are_imported(walk: Project) -> None:
    walk.services(
        'Service(name="movie-service", image_tag="2")',
        'Service(name="rating-service", '
        'environment={"DEBUG": "on", "SPRING_PROFILES_ACTIVE": "prod"})',
    )
    definition = _definition("review-service") | {"cpu": "256", "memory": "512"}
    definition["containerDefinitions"][0]["portMappings"] = []
    definition["containerDefinitions"][0]["logConfiguration"]["secretOptions"] = []
    definition["containerDefinitions"].append(
        {"name": "otel", "image": "public.ecr.aws/otel:1", "essential": False}
    )
    _register(walk, definition)
    logs = walk.aws.client("logs")
    logs.put_retention_policy(logGroupName="/ecs/review-service", retentionInDays=30)
    family = "--service", "review-service", "--from-live"
    said = _adopt(walk, *family).splitlines()
    test = "tests/unit/services/test_review_service.py"
    assert said[0] == "services.py: the entry of review-service:1 is written:"
    assert said[-5:] == [
        f"{test}: its test is written too",
        "",
        "next: read the entry, then",
        "  make golden     # writes what its test compares with",
        "  NETFLUX_ENV=local .venv/bin/python -m tools.adopt review-service",
    ]
    assert (walk.folder / test).read_text("utf-8") == code_of("review-service")[Path(test)]
    assert _adopt(walk, "rating-service", "review-service").splitlines()[2:8] == [
        "rating-service: 2 to import",
        "  to import  log group /ecs/rating-service",
        "  to import  task definition rating-service:2",
        "review-service: 2 to import",
        "  to import  log group /ecs/review-service",
        "  to import  task definition review-service:1",
    ]
    _deploy_imports_only(walk, rating_service=2, review_service=2)
    assert _adopt(walk, "review-service").splitlines()[2:] == [
        "review-service: all 2 managed",
        "",
        "what was imported is made safe, which takes some seconds:",
        "review-service: the state now says that review-service:1 stays ACTIVE when a newer "
        "revision replaces it",
    ]
    assert _adopt(walk).splitlines()[-1] == "all of the code is managed"


def _reads(walk: Project, stack: str) -> str:
    done = _run(walk, "tools.plan", stack)
    assert done.returncode == 0, done.stdout + done.stderr
    return _adopt(walk, stack)


def test_tags_of_a_definition_come_with_it_and_nothing_changes(walk: Project) -> None:
    tags = [{"key": "team", "value": "x"}, {"key": "cost-center", "value": "7"}]
    _register(walk, _definition("tagged-service") | {"tags": tags})
    _adopt(walk, "--service", "tagged-service", "--from-live")
    assert '"team": "x"' in (walk.folder / "services.py").read_text()
    _adopt(walk, "tagged-service")
    _deploy_imports_only(walk, tagged_service=2)
    _adopt(walk, "tagged-service")
    _reads(walk, "tagged-service")


def test_what_is_empty_stays_beside_a_new_revision_and_then_all_is_quiet(walk: Project) -> None:
    """The embedded AWS keeps variables without a value, and the code never has them."""
    definition = _definition("empty-service") | {"runtimePlatform": PLATFORM}
    definition["containerDefinitions"][0]["environment"] = [{"name": "EMPTY", "value": ""}]
    _register(walk, definition)
    walk.services('Service(name="empty-service", environment={"EMPTY": ""})')
    said = _adopt(walk, "empty-service", code=2).splitlines()
    assert said[2:10] == [
        "empty-service: 1 to import, 1 different",
        "  to import  log group /ecs/empty-service",
        "  different  task definition empty-service:1",
        "      field              live  code",
        '      environment EMPTY  ""    nothing',
        "      not imported: as the code is, the next deploy registers a new revision beside it, "
        "and empty-service:1 stays ACTIVE",
        "      no entry keeps what is empty: environment EMPTY",
        "      empty-service: 'containerDefinitions[0].environment[0].value' is empty, so AWS "
        "drops the variable (got 'EMPTY'); leave it out, or give it a value",
    ]
    assert _run(walk, "tools.plan", "empty-service").returncode == 2
    assert _run(walk, "tools.apply").returncode == 0
    _adopt(walk, "empty-service")
    assert "all 2 managed" in _reads(walk, "empty-service")
    arns = walk.aws.client("ecs").list_task_definitions(familyPrefix="empty-service")
    names = [arn.rpartition("/")[2] for arn in arns["taskDefinitionArns"]]
    assert names == ["empty-service:1", "empty-service:2"]


def test_a_stack_that_has_left_the_code_stops_nobody(walk: Project) -> None:
    _register(walk, _definition("passing-service") | {"runtimePlatform": PLATFORM})
    walk.services('Service(name="empty-service")', 'Service(name="passing-service")')
    _adopt(walk, "passing-service")
    walk.services('Service(name="empty-service", environment={"EMPTY": ""})')
    assert "passing-service" in _imports_file(walk).read_text()
    done = walk.run("python", "main.py")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        0,
        f"warning: {_imports_file(walk).name}: names what is not in the code, so it is not "
        "imported (passing-service aws_cloudwatch_log_group.log_group, passing-service "
        "aws_ecs_task_definition.task_definition); run: NETFLUX_ENV=local "
        ".venv/bin/python -m tools.adopt",
    )
    assert _run(walk, "tools.plan", "empty-service").returncode == 0
    _adopt(walk, "empty-service")
    assert not _imports_file(walk).exists()
