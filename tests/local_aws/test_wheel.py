"""The wheel in another project: built, installed in a new environment, without a network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from tests.local_aws.conftest import skip_or_fail
from tests.walk import TRUST
from tools.local_aws import LocalAws
from tools.prerequisites import terraform_program
from tools.terraform_environment import terraform_environment

pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[2]

CONTAINER = {
    "name": "recipes",
    "image": "ghcr.io/kitchen/recipes:2.1.0",
    "cpu": 0,
    "essential": True,
    "environment": [{"name": "LANGUAGE", "value": "fr"}],
    "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
            "awslogs-create-group": "true",
            "awslogs-group": "/ecs/recipes",
            "awslogs-region": "eu-west-3",
            "awslogs-stream-prefix": "ecs",
        },
    },
    "mountPoints": [],
    "portMappings": [{"containerPort": 8000, "hostPort": 8000, "protocol": "tcp"}],
    "systemControls": [],
    "volumesFrom": [],
}
DEFINITION = {
    "family": "recipes",
    "taskRoleArn": "arn:aws:iam::210987654321:role/recipes-task",
    "executionRoleArn": "arn:aws:iam::210987654321:role/recipes-execution",
    "networkMode": "awsvpc",
    "containerDefinitions": [CONTAINER],
    "volumes": [],
    "placementConstraints": [],
    "requiresCompatibilities": ["FARGATE"],
    "cpu": "512",
    "memory": "2048",
    "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
}
ENTRY = """\
from constructs_lib.service import Service

Service(
    name="recipes",
    image="ghcr.io/kitchen/recipes",
    image_tag="2.1.0",
    memory_mib=2048,
    port=8000,
    environment={"LANGUAGE": "fr"},
    task_role_arn="arn:aws:iam::210987654321:role/recipes-task",
    execution_role_arn="arn:aws:iam::210987654321:role/recipes-execution",
),
"""


class Other:
    """A copy of the example project, with an environment of its own that has the wheel."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.python = self.folder / "venv" / "bin" / "python"
        shutil.copytree(PROJECT / "tests" / "example_project", self.folder)
        self.environment = {
            name: value
            for name, value in terraform_environment(os.environ).items()
            if not name.startswith(("AWS_", "NETFLUX_ENV", "PYTHON", "VIRTUAL_ENV"))
        }
        node = Path(sys.executable).with_name("node")
        if node.exists():
            self.environment["JSII_NODE"] = str(node)

    def install(self, wheel: Path) -> None:
        """The wheel; what it needs is what this project has installed, which a `.pth` names."""
        venv = self.folder / "venv"
        done([sys.executable, "-m", "venv", "--without-pip", str(venv)], self.folder)
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        options = ["--no-index", "--no-deps", "--no-compile"]
        done([*pip, "--python", str(self.python), "install", *options, str(wheel)], self.folder)
        installed = next(venv.glob("lib/python*/site-packages"))
        (installed / "this-project.pth").write_text(sysconfig.get_path("purelib") + "\n")

    def run(
        self, *arguments: str, environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """The Python of its environment, in its folder."""
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=self.folder,
            env=self.environment | (environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )


def done(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """What a command says that must work."""
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Other:
    """The example project, with the wheel as `make wheel` builds it, synthesized."""
    folder = tmp_path_factory.mktemp("other")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(folder)]
    done([*pip, *options, "."], PROJECT)
    other = Other(folder)
    other.install(next(folder.glob("*.whl")))
    synth = other.run("main.py")
    assert (synth.returncode, synth.stdout) == (0, ""), synth.stderr
    return other


def without_notes(content: Any) -> Any:
    """The JSON without what CDKTF notes for itself."""
    if isinstance(content, dict):
        return {key: without_notes(value) for key, value in content.items() if key != "//"}
    return content


def test_everything_in_it_can_be_imported_beside_folders_of_the_same_names(other: Other) -> None:
    packages = ("constructs_lib", "lean_bindings", "netflux_stacks", "netflux_tools")
    program = (
        "import importlib, pkgutil, stacks.service, tools.names\n"
        f"for package in map(importlib.import_module, {packages}):\n"
        "    for each in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(each.name)\n"
        "        print(each.name)\n"
    )
    imported = other.run("-c", program)
    assert (imported.returncode, imported.stderr) == (0, "")
    names = set(imported.stdout.split())
    assert {"constructs_lib.task_definition", "netflux_tools.plan.__main__"} <= names
    assert len(names) > 150


def test_its_version_is_the_projects(other: Other) -> None:
    project = done([sys.executable, "-m", "tools.plan", "--version"], PROJECT)
    installed = other.run("-m", "netflux_tools.plan", "--version")
    assert (installed.returncode, installed.stdout, installed.stderr) == (0, project, "")


def test_only_what_is_used_of_the_provider_is_imported(other: Other) -> None:
    """The constructs' own imports count, so nothing is left for the run to find out."""
    lean = other.folder / ".gen" / "lean-bindings"
    assert [path.name for path in lean.glob("cdktf_cdktf_provider_aws-*")] != []
    assert not (lean / "also_imported.py").exists()
    again = other.run("main.py")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_the_stack_is_what_the_project_says(other: Other) -> None:
    stack = other.folder / "cdktf.out" / "stacks" / "recipes" / "cdk.tf.json"
    found = without_notes(json.loads(stack.read_text("utf-8")))
    task = found["resource"]["aws_ecs_task_definition"]["task"]
    task["container_definitions"] = json.loads(task["container_definitions"])
    for role in found["resource"]["aws_iam_role"].values():
        role["assume_role_policy"] = json.loads(role["assume_role_policy"])
    role = {
        "assume_role_policy": TRUST,
        "description": "Allows ECS tasks to call AWS services on your behalf.",
    }
    policy = "AmazonECSTaskExecutionRolePolicy"
    assert found == {
        "provider": {
            "aws": [{"region": "eu-west-3", "default_tags": [{"tags": {"team": "kitchen"}}]}]
        },
        "terraform": {
            "backend": {
                "s3": {
                    "bucket": "kitchen-states",
                    "key": "recipes/terraform.tfstate",
                    "region": "eu-west-3",
                }
            },
            "required_providers": {"aws": {"source": "aws", "version": "5.100.0"}},
        },
        "resource": {
            "aws_cloudwatch_log_group": {"logs": {"name": "/ecs/recipes", "retention_in_days": 30}},
            "aws_ecs_task_definition": {
                "task": {
                    "family": "recipes",
                    "container_definitions": [CONTAINER],
                    "cpu": "512",
                    "memory": "2048",
                    "network_mode": "awsvpc",
                    "requires_compatibilities": ["FARGATE"],
                    "runtime_platform": {
                        "cpu_architecture": "X86_64",
                        "operating_system_family": "LINUX",
                    },
                    "task_role_arn": "${aws_iam_role.task_role.arn}",
                    "execution_role_arn": "${aws_iam_role.execution_role.arn}",
                    "skip_destroy": True,
                    "depends_on": ["aws_cloudwatch_log_group.logs"],
                }
            },
            "aws_iam_role": {
                "task_role": role | {"name": "recipes-task"},
                "execution_role": role | {"name": "recipes-execution"},
            },
            "aws_iam_role_policy_attachment": {
                f"execution_role_{policy}": {
                    "role": "${aws_iam_role.execution_role.name}",
                    "policy_arn": f"arn:aws:iam::aws:policy/service-role/{policy}",
                    "lifecycle": {"replace_triggered_by": ["aws_iam_role.execution_role.arn"]},
                }
            },
            "aws_s3_bucket": {"pictures": {"bucket": "kitchen-recipes-pictures"}},
        },
    }


def test_render_and_convert_know_its_catalogue_and_its_folder(other: Other) -> None:
    rendered = other.run("-m", "netflux_tools.render", "recipes")
    assert (rendered.returncode, rendered.stderr) == (0, "")
    assert json.loads(rendered.stdout) == DEFINITION
    (other.folder / "recipes.json").write_text(rendered.stdout)
    converted = other.run("-m", "netflux_tools.convert", "recipes.json", "--json")
    assert (converted.returncode, converted.stderr) == (0, "")
    assert converted.stdout == rendered.stdout
    entry = other.run("-m", "netflux_tools.convert", "recipes.json", "--python")
    assert (entry.returncode, entry.stderr) == (0, "")
    assert entry.stdout == ENTRY


def test_a_file_of_a_service_is_looked_for_in_its_folder(other: Other) -> None:
    services = other.folder / "services.py"
    before = services.read_text("utf-8")
    (other.folder / "task.json").write_text(json.dumps(DEFINITION))
    services.write_text(
        "from constructs_lib.service import Service\n"
        'SERVICES = [Service(name="recipes", task_definition_file="task.json")]\n'
    )
    try:
        rendered = other.run("-m", "netflux_tools.render", "recipes")
    finally:
        services.write_text(before)
    assert (rendered.returncode, rendered.stderr) == (0, "")
    assert json.loads(rendered.stdout) == DEFINITION


def test_a_mistake_is_told_by_the_line_of_the_user(other: Other) -> None:
    """Though the error is raised in the installed package, in a folder of the project."""
    services = other.folder / "services.py"
    before = services.read_text("utf-8")
    services.write_text("from constructs_lib.user_files import held\n\nheld('none', 'ANY')\n")
    try:
        rendered = other.run("-m", "netflux_tools.render", "recipes")
    finally:
        services.write_text(before)
    assert (rendered.returncode, rendered.stdout, rendered.stderr) == (
        1,
        "",
        "services.py, line 3: must be Python that runs (got InvalidInput: none.py: was not found; "
        "write it beside main.py); mend it\n",
    )


@pytest.fixture
def initialised(other: Other, _terraform: None) -> Path:
    """The folder of its stack, where Terraform has the provider."""
    folder = other.folder / "cdktf.out" / "stacks" / "recipes"
    init = [terraform_program(other.environment), "init", "-backend=false", "-no-color"]
    ended = subprocess.run(
        init, cwd=folder, env=other.environment, capture_output=True, text=True, check=False
    )
    if "Failed to query available provider packages" in ended.stderr:
        skip_or_fail("the AWS provider is in no mirror and cannot be downloaded")
    assert ended.returncode == 0, ended.stderr
    return folder


def test_terraform_and_the_provider_take_the_stack(other: Other, initialised: Path) -> None:
    validate = [terraform_program(other.environment), "validate", "-no-color"]
    said = done(validate, initialised, other.environment)
    assert said.strip() == "Success! The configuration is valid."


@pytest.mark.usefixtures("initialised")
def test_plan_review_apply_and_eject_serve_it(other: Other) -> None:
    """Its state is where it says, in an account of its own, of an embedded AWS."""
    region = "eu-west-3"
    with LocalAws(account_id="210987654321") as aws:
        aws.client("s3", region).create_bucket(
            Bucket="kitchen-states", CreateBucketConfiguration={"LocationConstraint": region}
        )
        turned = {
            name: value for name, value in aws.environment.items() if name.startswith("AWS_")
        } | {"AWS_ENDPOINT_URL": aws.endpoint, "NO_PROXY": aws.environment["NO_PROXY"]}

        def run(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
            return other.run("-m", f"netflux_tools.{command}", *arguments, environment=turned)

        planned = run("plan")
        assert (planned.returncode, planned.stderr) == (2, ""), planned.stdout
        assert "recipes  6 to add" in planned.stdout
        reviewed = run("review", "--no-checkov", "--json", "review.json")
        assert (reviewed.returncode, reviewed.stderr) == (0, ""), reviewed.stdout
        fingerprint = json.loads((other.folder / "review.json").read_text("utf-8"))["fingerprint"]
        applied = run("apply", "--fingerprint", fingerprint)
        assert (applied.returncode, applied.stderr) == (0, ""), applied.stdout
        assert applied.stdout.endswith("recipes: 6 added\napplied: recipes\n")
        logs = aws.client("logs", region).describe_log_groups()["logGroups"]
        assert [group["logGroupName"] for group in logs] == ["/ecs/recipes"]
        stored = aws.client("s3", region).list_objects_v2(Bucket="kitchen-states")["Contents"]
        assert [entry["Key"] for entry in stored] == ["recipes/terraform.tfstate"]
        again = run("plan")
        assert (again.returncode, again.stderr) == (0, ""), again.stdout
        ejected = run("eject", "hcl")
        assert (ejected.returncode, ejected.stderr) == (0, "")
        assert ejected.stdout.startswith("hcl has recipes as HCL, formatted and valid\n")
