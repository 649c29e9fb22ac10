"""An ECS task definition, from AWS's own JSON to Terraform's arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.ecs_task_definition import (
    EcsTaskDefinition,
    EcsTaskDefinitionEphemeralStorage,
    EcsTaskDefinitionPlacementConstraints,
    EcsTaskDefinitionProxyConfiguration,
    EcsTaskDefinitionRuntimePlatform,
    EcsTaskDefinitionVolume,
    EcsTaskDefinitionVolumeDockerVolumeConfiguration,
    EcsTaskDefinitionVolumeEfsVolumeConfiguration,
    EcsTaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfig,
    EcsTaskDefinitionVolumeFsxWindowsFileServerVolumeConfiguration,
    EcsTaskDefinitionVolumeFsxWindowsFileServerVolumeConfigurationAuthorizationConfig,
)
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
        definition: dict[str, Any],
        task_role_arn: str | None = None,
        execution_role_arn: str | None = None,
        skip_destroy: bool = True,
        depends_on: Sequence[ITerraformDependable] | None = None,
        checked: bool = False,
    ) -> None:
        """Registers `definition`.

        Args:
            definition: as RegisterTaskDefinition takes it; `Service` makes one.
            task_role_arn: instead of the definition's; a reference to a role's output, say.
            execution_role_arn: likewise.
            skip_destroy: a replaced revision stays ACTIVE; False deregisters it.
            depends_on: what must be there first, such as the log group.
            checked: `definition_findings` has found nothing in the definition before.

        Raises:
            InvalidInput: AWS would refuse the definition, or the provider could not carry it.
        """
        findings = [] if checked else definition_findings(definition)
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
    """The provider's own arguments for everything but the containers.

    Structures are made by their classes: jsii drops the keys of plain dictionaries in a list.
    """
    arguments = {_SAME[key]: value for key, value in whole.items() if key in _SAME}
    if "runtimePlatform" in whole:
        arguments["runtime_platform"] = EcsTaskDefinitionRuntimePlatform(
            **_snake(whole["runtimePlatform"])
        )
    if "ephemeralStorage" in whole:
        arguments["ephemeral_storage"] = EcsTaskDefinitionEphemeralStorage(
            size_in_gib=whole["ephemeralStorage"]["sizeInGiB"]
        )
    if whole.get("tags"):
        arguments["tags"] = {tag["key"]: tag.get("value", "") for tag in whole["tags"]}
    if whole.get("volumes"):
        arguments["volume"] = [_volume(volume) for volume in whole["volumes"]]
    if whole.get("placementConstraints"):
        arguments["placement_constraints"] = [
            EcsTaskDefinitionPlacementConstraints(**_snake(each))
            for each in whole["placementConstraints"]
        ]
    if whole.get("inferenceAccelerators"):
        # Not by its class, which bindings of AWS provider 6 lack; the rules refuse it there.
        arguments["inference_accelerator"] = [dict(each) for each in whole["inferenceAccelerators"]]
    if "proxyConfiguration" in whole:
        arguments["proxy_configuration"] = _proxy(whole["proxyConfiguration"])
    return arguments


def _proxy(proxy: Mapping[str, Any]) -> EcsTaskDefinitionProxyConfiguration:
    properties = {each["name"]: each.get("value", "") for each in proxy.get("properties", ())}
    return EcsTaskDefinitionProxyConfiguration(
        container_name=proxy["containerName"], type=proxy.get("type"), properties=properties
    )


def _volume(volume: Mapping[str, Any]) -> EcsTaskDefinitionVolume:
    return EcsTaskDefinitionVolume(
        name=volume["name"],
        host_path=volume.get("host", {}).get("sourcePath"),
        configure_at_launch=volume.get("configuredAtLaunch"),
        docker_volume_configuration=_structure(
            EcsTaskDefinitionVolumeDockerVolumeConfiguration,
            volume.get("dockerVolumeConfiguration"),
        ),
        efs_volume_configuration=_structure(
            EcsTaskDefinitionVolumeEfsVolumeConfiguration,
            volume.get("efsVolumeConfiguration"),
            EcsTaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfig,
        ),
        fsx_windows_file_server_volume_configuration=_structure(
            EcsTaskDefinitionVolumeFsxWindowsFileServerVolumeConfiguration,
            volume.get("fsxWindowsFileServerVolumeConfiguration"),
            EcsTaskDefinitionVolumeFsxWindowsFileServerVolumeConfigurationAuthorizationConfig,
        ),
    )


def _structure(of: Any, part: Mapping[str, Any] | None, authorization: Any = None) -> Any:
    """A part of a volume, with its `authorizationConfig` by a class of its own."""
    if part is None:
        return None
    arguments = _snake(part)
    if "authorization_config" in arguments:
        arguments["authorization_config"] = authorization(
            **_snake(arguments["authorization_config"])
        )
    return of(**arguments)


def _snake(structure: Mapping[str, Any]) -> dict[str, Any]:
    """AWS's keys in the provider's case."""
    return {
        "".join(f"_{c.lower()}" if c.isupper() else c for c in key): value
        for key, value in structure.items()
    }
