"""An ECS task definition, from AWS's own JSON to Terraform's arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from constructs import Construct

from constructs_lib.canonical import canonical
from constructs_lib.definition_rules import definition_findings
from constructs_lib.errors import InvalidInput
from constructs_lib.rendering import json_literal, literal


class TaskDefinition(EcsTaskDefinition):
    """A task definition whose next plan shows only what a person changed.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        definition: Mapping[str, Any],
        task_role_arn: str | None = None,
        execution_role_arn: str | None = None,
        skip_destroy: bool = True,
        depends_on: Sequence[ITerraformDependable] | None = None,
    ) -> None:
        """Registers `definition`.

        Args:
            definition: as RegisterTaskDefinition takes it; `Service` makes one.
            task_role_arn: instead of the definition's; a reference to a role's output, say.
            execution_role_arn: likewise.
            skip_destroy: a replaced revision stays ACTIVE; False deregisters it.
            depends_on: what must be there first, such as the log group.

        Raises:
            InvalidInput: AWS would refuse the definition, or the provider could not carry it.
        """
        findings = list(definition_findings(definition))
        if findings:
            raise InvalidInput.of(f"task definition {id}", (each.problem() for each in findings))
        whole = canonical(definition)
        containers = whole.pop("containerDefinitions")
        super().__init__(
            scope,
            id,
            container_definitions=json_literal(containers),
            skip_destroy=skip_destroy,
            depends_on=depends_on,
            **_terraform_arguments(
                literal(whole)
                | {
                    key: arn
                    for key, arn in (
                        ("taskRoleArn", task_role_arn),
                        ("executionRoleArn", execution_role_arn),
                    )
                    if arn is not None
                }
            ),
        )


_SAME = {
    "family": "family",
    "taskRoleArn": "task_role_arn",
    "executionRoleArn": "execution_role_arn",
    "networkMode": "network_mode",
    "requiresCompatibilities": "requires_compatibilities",
    "cpu": "cpu",
    "memory": "memory",
    "pidMode": "pid_mode",
    "ipcMode": "ipc_mode",
    "enableFaultInjection": "enable_fault_injection",
}


def _terraform_arguments(whole: Mapping[str, Any]) -> dict[str, Any]:
    """The provider's own arguments for everything but the containers."""
    arguments = {_SAME[key]: value for key, value in whole.items() if key in _SAME}
    platform = whole.get("runtimePlatform")
    if platform:
        arguments["runtime_platform"] = _snake(platform)
    storage = whole.get("ephemeralStorage")
    if storage:
        arguments["ephemeral_storage"] = {"size_in_gib": storage["sizeInGiB"]}
    if whole.get("tags"):
        arguments["tags"] = {tag["key"]: tag.get("value", "") for tag in whole["tags"]}
    if whole.get("volumes"):
        arguments["volume"] = [_volume(volume) for volume in whole["volumes"]]
    if whole.get("placementConstraints"):
        arguments["placement_constraints"] = [_snake(one) for one in whole["placementConstraints"]]
    if whole.get("inferenceAccelerators"):
        arguments["inference_accelerator"] = [
            _snake(one) for one in whole["inferenceAccelerators"]
        ]
    proxy = whole.get("proxyConfiguration")
    if proxy:
        arguments["proxy_configuration"] = _snake(proxy) | {
            "properties": {
                each["name"]: each.get("value", "") for each in proxy.get("properties", [])
            }
        }
    return arguments


_VOLUME_PARTS = {
    "dockerVolumeConfiguration": "docker_volume_configuration",
    "efsVolumeConfiguration": "efs_volume_configuration",
    "fsxWindowsFileServerVolumeConfiguration": "fsx_windows_file_server_volume_configuration",
}


def _volume(volume: Mapping[str, Any]) -> dict[str, Any]:
    arguments: dict[str, Any] = {"name": volume["name"]}
    source = volume.get("host", {}).get("sourcePath")
    if source:
        arguments["host_path"] = source
    if volume.get("configuredAtLaunch"):
        arguments["configure_at_launch"] = True
    for key, name in _VOLUME_PARTS.items():
        part = volume.get(key)
        if part is not None:
            arguments[name] = _snake(part)
            authorization = part.get("authorizationConfig")
            if authorization:
                arguments[name]["authorization_config"] = _snake(authorization)
    return arguments


def _snake(structure: Mapping[str, Any]) -> dict[str, Any]:
    """AWS's keys in the provider's case."""
    return {
        "".join(f"_{c.lower()}" if c.isupper() else c for c in key): value
        for key, value in structure.items()
    }
