"""The stacks of this project, written plainly, for any CDKTF in Python.

`cdk` is the core package, `aws` a namespace with the provider's classes under the names used here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

ACCOUNT = "127549748682"
REGION = "us-east-1"
BUCKET = f"netflux-terraform-state-{ACCOUNT}"
IAM_STATE = {
    "allowed_account_ids": [ACCOUNT],
    "bucket": BUCKET,
    "key": "iam/terraform.tfstate",
    "region": REGION,
}


def names() -> list[str]:
    """The services to build: as many as the benchmark asks for."""
    return [f"service-{number:04}" for number in range(1, int(os.environ["SERVICES"]) + 1)]


def synthesize(cdk: Any, aws: SimpleNamespace) -> None:
    """Writes every stack to where CDKTF_OUTDIR says."""
    app = cdk.App()
    state_bucket(cdk, aws, _stack(cdk, aws, app, "state-bucket"))
    iam(cdk, aws, _stack(cdk, aws, app, "iam"))
    for name in names():
        service(cdk, aws, _stack(cdk, aws, app, name), name)
    app.synth()


def _stack(cdk: Any, aws: SimpleNamespace, app: Any, name: str) -> Any:
    stack = cdk.TerraformStack(app, name)
    aws.AwsProvider(stack, "aws", region=REGION, allowed_account_ids=[ACCOUNT])
    if name == "state-bucket":
        cdk.LocalBackend(stack, path="state-bucket.tfstate")
    else:
        cdk.S3Backend(
            stack,
            allowed_account_ids=[ACCOUNT],
            bucket=BUCKET,
            encrypt=True,
            key=f"{name}/terraform.tfstate",
            region=REGION,
        )
        stack.add_override("terraform.backend.s3.use_lockfile", True)
    return stack


def state_bucket(cdk: Any, aws: SimpleNamespace, stack: Any) -> None:
    bucket = aws.Bucket(
        stack,
        "bucket",
        bucket=BUCKET,
        force_destroy=False,
        lifecycle=cdk.TerraformResourceLifecycle(prevent_destroy=True),
    )
    aws.BucketVersioning(
        stack, "versioning", bucket=bucket.id, versioning_configuration={"status": "Enabled"}
    )
    rule = aws.EncryptionRule(apply_server_side_encryption_by_default={"sse_algorithm": "AES256"})
    aws.BucketEncryption(stack, "encryption", bucket=bucket.id, rule=[rule])
    access_block = aws.BucketPublicAccessBlock(
        stack,
        "public_access_block",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    arn = f"arn:aws:s3:::{BUCKET}"
    aws.BucketPolicy(
        stack,
        "policy",
        bucket=bucket.id,
        policy=json.dumps(
            _policy(
                Sid="TlsOnly",
                Effect="Deny",
                Principal="*",
                Action="s3:*",
                Resource=[arn, f"{arn}/*"],
                Condition={"Bool": {"aws:SecureTransport": "false"}},
            )
        ),
        depends_on=[access_block],
    )


def iam(cdk: Any, aws: SimpleNamespace, stack: Any) -> None:
    roles = {
        "task_role": ("netflux-task-role", _TASK_POLICIES),
        "execution_role": ("ecs-task-execution-role", _EXECUTION_POLICIES),
    }
    for id, (name, policies) in roles.items():
        role = aws.Role(
            stack,
            id,
            name=name,
            description="Allows ECS tasks to call AWS services on your behalf.",
            assume_role_policy=json.dumps(
                _policy(
                    Sid="",
                    Effect="Allow",
                    Principal={"Service": "ecs-tasks.amazonaws.com"},
                    Action="sts:AssumeRole",
                )
            ),
        )
        for policy in policies:
            aws.RolePolicyAttachment(
                stack,
                f"{id}_{policy.rpartition('/')[2]}",
                role=role.name,
                policy_arn=f"arn:aws:iam::aws:policy/{policy}",
            )
        cdk.TerraformOutput(stack, f"{id}_arn", value=role.arn)


_TASK_POLICIES = ("service-role/AmazonEC2ContainerServiceRole", "SecretsManagerReadWrite")
_EXECUTION_POLICIES = ("service-role/AmazonECSTaskExecutionRolePolicy",)


def _policy(**statement: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [statement]}


def service(cdk: Any, aws: SimpleNamespace, stack: Any, name: str) -> None:
    log_group = aws.LogGroup(stack, "log_group", name=f"/ecs/{name}")
    keys = aws.DataObjects(stack, "iam_state", bucket=BUCKET, prefix=IAM_STATE["key"])
    state = cdk.DataTerraformRemoteStateS3(stack, "iam", **IAM_STATE)
    cure = "deploy it first, with: npx cdktf deploy iam"
    outputs = ("task_role_arn", "execution_role_arn")
    has_roles = " && ".join(f"can(self.outputs.{output})" for output in outputs)
    state.add_override(
        "lifecycle",
        {
            "precondition": [
                {
                    "condition": f'${{contains({keys.fqn}.keys, "{IAM_STATE["key"]}")}}',
                    "error_message": f"{name}: the stack iam has not been deployed; {cure}",
                }
            ],
            "postcondition": [
                {
                    "condition": f"${{{has_roles}}}",
                    "error_message": f"{name}: the stack iam has no roles; {cure}",
                }
            ],
        },
    )
    aws.TaskDefinition(
        stack,
        "task_definition",
        family=name,
        cpu="512",
        memory="1024",
        network_mode="awsvpc",
        requires_compatibilities=["FARGATE"],
        runtime_platform={"cpu_architecture": "X86_64", "operating_system_family": "LINUX"},
        skip_destroy=True,
        container_definitions=json.dumps(list(_containers(name))),
        depends_on=[log_group],
        **{output: state.get_string(output) for output in outputs},
    )


def _containers(name: str) -> Iterator[dict[str, Any]]:
    yield {
        "cpu": 0,
        "environment": [{"name": "SPRING_PROFILES_ACTIVE", "value": "prod"}],
        "essential": True,
        "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{name}:latest",
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-create-group": "true",
                "awslogs-group": f"/ecs/{name}",
                "awslogs-region": REGION,
                "awslogs-stream-prefix": "ecs",
            },
        },
        "mountPoints": [],
        "name": name,
        "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        "systemControls": [],
        "volumesFrom": [],
    }
