"""What every stack has: the AWS provider, the place of its state, and the environment's tags."""

from __future__ import annotations

from typing import Any

from cdktf import S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct

from constructs_lib.environment import Environment, state_key
from constructs_lib.rendering import literal

_EMBEDDED = {
    "skip_region_validation": True,
    "max_retries": 2,
    "access_key": "embedded",
    "secret_key": "embedded",
}
"""What the provider, a backend and a read of its state call by the same names."""

_EMBEDDED_SERVICES = ("ecs", "iam", "logs", "s3", "sts")


def s3_state(environment: Environment, stack_id: str) -> dict[str, Any]:
    """The arguments that an S3 backend and a read of its state have in common."""
    arguments: dict[str, Any] = {
        "bucket": environment.state_bucket,
        "key": state_key(stack_id),
        "region": environment.region,
        "allowed_account_ids": [environment.account_id],
    }
    if environment.endpoint is None:
        return arguments
    return arguments | {
        "endpoints": dict.fromkeys(("iam", "s3", "sts"), environment.endpoint),
        "use_path_style": True,
        "skip_metadata_api_check": True,
        **_EMBEDDED,
    }


class BaseStack(TerraformStack):
    """A stack with the AWS provider; its state is in the environment's bucket."""

    def __init__(self, scope: Construct, id: str, *, environment: Environment) -> None:
        super().__init__(scope, id)
        self.id = id  # what `node.id` asks Node for
        self.environment = environment
        self._add_provider()
        self._add_backend(id)

    def _add_backend(self, id: str) -> None:
        S3Backend(self, bucket="", key="")
        self.add_override(
            "terraform.backend.s3",
            s3_state(self.environment, id) | {"encrypt": True, "use_lockfile": True},
        )

    def _add_provider(self) -> None:
        environment = self.environment
        arguments: dict[str, Any] = {
            "region": environment.region,
            "allowed_account_ids": [environment.account_id],
        }
        if environment.endpoint is not None:
            arguments |= {
                "endpoints": [dict.fromkeys(_EMBEDDED_SERVICES, environment.endpoint)],
                "s3_use_path_style": True,
                "skip_metadata_api_check": "true",
                **_EMBEDDED,
            }
        if environment.tags:
            arguments["default_tags"] = [{"tags": literal(dict(environment.tags))}]
        AwsProvider(self, "aws", **arguments)
