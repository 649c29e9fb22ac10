"""What the code wants, read from its synthesized output."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from cdktf import App

import main
from constructs_lib.definition import rendered
from constructs_lib.environment import Environment
from constructs_lib.same_meaning import same_to_terraform
from tests.unit.synthesis import LOCAL, PROD, SERVICES
from tests.walk import TRUST
from tools.adopt.code import Code
from tools.adopt.definitions import in_code
from tools.adopt.live import KINDS
from tools.review.hidden import UNKNOWN

PROJECT = Path(__file__).parents[4]


def code_of(stacks: dict[str, dict[str, Any]], folder: Path) -> Code:
    """Stacks as they would lie in cdktf.out, with what every one has."""
    common = {"provider": {"aws": [{"region": "us-east-1"}]}, "terraform": {"backend": {"s3": {}}}}
    folders = {}
    for name, content in stacks.items():
        folders[name] = folder / name
        folders[name].mkdir()
        (folders[name] / "cdk.tf.json").write_text(json.dumps(common | content))
    return Code(folders, PROD)


def synthesized(environment: Environment, outdir: Path) -> Code:
    app = App(outdir=str(outdir))
    main.add_stacks(app, SERVICES, environment)
    app.synth()
    return Code({each.name: each for each in (outdir / "stacks").iterdir()}, environment)


def test_references_are_resolved_within_the_stack_and_into_another(tmp_path: Path) -> None:
    iam = {
        "resource": {
            "aws_iam_role": {
                "task_role": {
                    "name": "movies",
                    "path": "/apps/",
                    "assume_role_policy": json.dumps(TRUST),
                }
            },
            "aws_iam_role_policy_attachment": {
                "all": {"role": "${aws_iam_role.task_role.name}", "policy_arn": "arn:x"}
            },
        },
        "output": {"task_role_arn": {"value": "${aws_iam_role.task_role.arn}"}},
    }
    role = "${data.terraform_remote_state.iam.outputs.task_role_arn}"
    movie = {
        "resource": {
            "aws_x": {
                "x": {
                    "role": role,
                    "inside": f"a {role} b",
                    "written": "$${not_one} %%{nor_this}",
                    "computed": "${aws_y.y.arn}",
                    "function": "${upper(aws_iam_role.task_role.name)}",
                    "half": "x ${upper(1)}",
                    "list": [{"of": role}],
                }
            }
        }
    }
    code = code_of({"iam": iam, "movie": movie}, tmp_path)
    arn = "arn:aws:iam::127549748682:role/apps/movies"
    assert [(each.address, each.values) for each in code.stack("iam").resources] == [
        (
            "aws_iam_role.task_role",
            {"name": "movies", "path": "/apps/", "assume_role_policy": TRUST},
        ),
        ("aws_iam_role_policy_attachment.all", {"role": "movies", "policy_arn": "arn:x"}),
    ]
    [wanted] = code.stack("movie").resources
    assert wanted.values == {
        "role": arn,
        "inside": f"a {arn} b",
        "written": "${not_one} %{nor_this}",
        "computed": UNKNOWN,
        "function": UNKNOWN,
        "half": UNKNOWN,
        "list": [{"of": arn}],
    }


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: str(service.name))
def test_the_definition_of_the_output_is_the_one_that_is_registered(
    service: Any, tmp_path: Path
) -> None:
    [task] = [
        each
        for each in synthesized(PROD, tmp_path).stack(service.name).resources
        if each.type == "aws_ecs_task_definition"
    ]
    assert same_to_terraform(in_code(task.values), rendered(service, PROD)) == []
    assert in_code(task.values).keys() == rendered(service, PROD).keys() - {
        *("volumes", "placementConstraints")
    }


def test_the_tags_and_the_backend_are_those_of_the_environment(tmp_path: Path) -> None:
    code = synthesized(LOCAL, tmp_path)
    assert code.stack("iam").default_tags == {"environment": "local", "managed-by": "cdktf"}
    assert code.stack("iam").backend["s3"]["key"] == "iam/terraform.tfstate"


def test_names_and_paths_are_those_of_the_environment(tmp_path: Path) -> None:
    given = {"name_prefix": "stg-", "role_path": "/netflux/", "least_privilege": True}
    code = synthesized(Environment(**{**PROD.given, **given}), tmp_path)
    roles = {
        each.values["name"]: each.values["path"]
        for each in code.stack("iam").resources
        if each.type == "aws_iam_role"
    }
    assert roles == {
        "stg-netflux-task-role": "/netflux/",
        "stg-ecs-task-execution-role": "/netflux/",
    }
    [task] = [each for each in code.stack("movie-service").resources if "task" in each.address]
    assert (task.values["family"], task.values["task_role_arn"]) == (
        "stg-movie-service",
        "arn:aws:iam::127549748682:role/netflux/stg-netflux-task-role",
    )


def test_every_type_that_the_code_can_make_is_known() -> None:
    """As the modules of the provider that are imported; a data source exists already."""
    made = set()
    for folder in ("stacks", "constructs_lib"):
        for path in (PROJECT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    package, _, module = str(node.module).partition(".")
                    if package == "cdktf_cdktf_provider_aws" and not module.startswith("data_"):
                        made.add(f"aws_{module}")
    assert made - {"aws_provider"} == set(KINDS)
