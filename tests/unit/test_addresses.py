"""The addresses of all resources of all stacks: a change of one destroys and makes anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdktf import App

import main
from constructs_lib.environment import Environment
from environments import ENVIRONMENTS
from stacks.provider_mirror import PROVIDER_VERSION
from tests.unit.synthesis import CHINA, LOCAL, PROD, SERVICES

OF_A_SERVICE = [
    "aws_cloudwatch_log_group.log_group",
    "aws_ecs_task_definition.task_definition",
    "data.aws_s3_objects.iam_state",
    "data.terraform_remote_state.iam",
]
ADDRESSES = {
    "state-bucket": [
        "aws_s3_bucket.bucket",
        "aws_s3_bucket_policy.policy",
        "aws_s3_bucket_public_access_block.public_access_block",
        "aws_s3_bucket_server_side_encryption_configuration.encryption",
        "aws_s3_bucket_versioning.versioning",
    ],
    "iam": [
        "aws_iam_role.execution_role",
        "aws_iam_role.task_role",
        "aws_iam_role_policy_attachment.execution_role_AmazonECSTaskExecutionRolePolicy",
        "aws_iam_role_policy_attachment.task_role_AmazonEC2ContainerServiceRole",
        "aws_iam_role_policy_attachment.task_role_SecretsManagerReadWrite",
    ],
    "movie-service": OF_A_SERVICE,
    "customer-service": OF_A_SERVICE,
}


def addresses(stack: dict[str, Any]) -> list[str]:
    kinds = [("", stack.get("resource", {})), ("data.", stack.get("data", {}))]
    return sorted(
        f"{prefix}{type_}.{name}"
        for prefix, by_type in kinds
        for type_, by_name in by_type.items()
        for name in by_name
    )


def synthesized(environment: Any, outdir: Path) -> dict[str, dict[str, Any]]:
    """Every stack that main.py makes, as App writes it."""
    app = App(outdir=str(outdir))
    main.add_stacks(app, SERVICES, environment)
    app.synth()
    return {
        folder.name: json.loads((folder / "cdk.tf.json").read_text("utf-8"))
        for folder in (outdir / "stacks").iterdir()
    }


@pytest.fixture(scope="module")
def prod(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return synthesized(PROD, tmp_path_factory.mktemp("prod"))


def test_all_of_them_and_no_hash_in_any(prod: dict[str, dict[str, Any]]) -> None:
    assert {name: addresses(stack) for name, stack in prod.items()} == ADDRESSES


@pytest.mark.parametrize("environment", [LOCAL, CHINA], ids=["local", "china"])
def test_the_same_in_every_environment(environment: Any, tmp_path: Path) -> None:
    stacks = synthesized(environment, tmp_path)
    assert {name: addresses(stack) for name, stack in stacks.items()} == ADDRESSES


def test_the_provider_is_the_one_that_the_mirror_is_searched_for(
    prod: dict[str, dict[str, Any]],
) -> None:
    for stack in prod.values():
        assert stack["terraform"]["required_providers"] == {
            "aws": {"source": "aws", "version": PROVIDER_VERSION}
        }


def test_every_stack_has_a_state_of_its_own(prod: dict[str, dict[str, Any]]) -> None:
    backends = {name: stack["terraform"]["backend"] for name, stack in prod.items()}
    assert backends.pop("state-bucket")["local"].keys() == {"path"}
    assert {name: backend["s3"]["key"] for name, backend in backends.items()} == {
        name: f"{name}/terraform.tfstate" for name in set(ADDRESSES) - {"state-bucket"}
    }


@pytest.mark.parametrize(
    "environment",
    [each for each in ENVIRONMENTS if each.endpoint is None] + [PROD, CHINA],
    ids=lambda each: each.name,
)
def test_outside_the_embedded_aws_every_stack_stops_at_another_account(
    environment: Environment, tmp_path: Path
) -> None:
    """In the provider, in the backend, and where the state of `iam` is read."""
    account = [environment.account_id]
    for name, stack in synthesized(environment, tmp_path).items():
        providers = stack["provider"]["aws"]
        assert [each["allowed_account_ids"] for each in providers] == [account]
        if name != "state-bucket":
            assert stack["terraform"]["backend"]["s3"]["allowed_account_ids"] == account
        for state in stack.get("data", {}).get("terraform_remote_state", {}).values():
            assert state["config"]["allowed_account_ids"] == account
