"""The task definition, from AWS's JSON to Terraform's arguments."""

from __future__ import annotations

from typing import Any

import pytest
from cdktf import TerraformVariable

from constructs_lib.errors import InvalidInput
from constructs_lib.log_group import LogGroup
from constructs_lib.provider_version import PROVIDER_VERSION
from constructs_lib.roles import EcsTasksRole
from constructs_lib.task_definition import TaskDefinition
from tests.unit.synthesis import empty_stack, resources

SMALLEST: dict[str, Any] = {
    "family": "movie-service",
    "requiresCompatibilities": ["FARGATE"],
    "networkMode": "awsvpc",
    "cpu": "256",
    "memory": "512",
    "containerDefinitions": [{"name": "movie-service", "image": "movies"}],
}
SMALLEST_CONTAINER: dict[str, Any] = {
    "name": "movie-service",
    "image": "movies",
    "cpu": 0,
    "environment": [],
    "essential": True,
    "mountPoints": [],
    "portMappings": [],
    "systemControls": [],
    "volumesFrom": [],
}
SMALLEST_ARGUMENTS: dict[str, Any] = {
    "family": "movie-service",
    "requires_compatibilities": ["FARGATE"],
    "network_mode": "awsvpc",
    "cpu": "256",
    "memory": "512",
    "skip_destroy": True,
    "container_definitions": [SMALLEST_CONTAINER],
}


def made_of(definition: dict[str, Any], **arguments: Any) -> Any:
    made = resources(
        lambda stack: TaskDefinition(stack, "task", definition=definition, **arguments)
    )
    return made["aws_ecs_task_definition"]["task"]


def test_the_smallest_definition_is_written_out_as_aws_returns_it() -> None:
    assert made_of(SMALLEST) == SMALLEST_ARGUMENTS


def test_everything_on_fargate() -> None:
    definition = SMALLEST | {
        "cpu": ".5 vCPU",
        "memory": "1 GB",
        "taskRoleArn": "arn:aws:iam::127549748682:role/task",
        "executionRoleArn": "arn:aws:iam::127549748682:role/execution",
        "pidMode": "task",
        "runtimePlatform": {"operatingSystemFamily": "LINUX", "cpuArchitecture": "ARM64"},
        "ephemeralStorage": {"sizeInGiB": 21},
        "enableFaultInjection": True,
        "proxyConfiguration": {
            "type": "APPMESH",
            "containerName": "movie-service",
            "properties": [{"name": "ProxyIngressPort", "value": "15000"}, {"name": "IgnoredUID"}],
        },
        "volumes": [
            {"name": "scratch"},
            {
                "name": "files",
                "efsVolumeConfiguration": {
                    "fileSystemId": "fs-12345678",
                    "transitEncryption": "ENABLED",
                    "transitEncryptionPort": 2049,
                    "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"},
                },
            },
            {"name": "block", "configuredAtLaunch": True},
        ],
        "tags": [{"key": "team", "value": "${films}"}, {"key": "empty"}],
    }
    assert made_of(definition, skip_destroy=False) == SMALLEST_ARGUMENTS | {
        "cpu": "512",
        "memory": "1024",
        "skip_destroy": False,
        "task_role_arn": "arn:aws:iam::127549748682:role/task",
        "execution_role_arn": "arn:aws:iam::127549748682:role/execution",
        "pid_mode": "task",
        "runtime_platform": {"operating_system_family": "LINUX", "cpu_architecture": "ARM64"},
        "ephemeral_storage": {"size_in_gib": 21},
        "enable_fault_injection": True,
        "proxy_configuration": {
            "type": "APPMESH",
            "container_name": "movie-service",
            "properties": {"ProxyIngressPort": "15000", "IgnoredUID": ""},
        },
        "volume": [
            {"name": "scratch"},
            {
                "name": "files",
                "efs_volume_configuration": {
                    "file_system_id": "fs-12345678",
                    "root_directory": "/",
                    "transit_encryption": "ENABLED",
                    "transit_encryption_port": 2049,
                    "authorization_config": {"access_point_id": "fsap-1", "iam": "ENABLED"},
                },
            },
            {"name": "block", "configure_at_launch": True},
        ],
        "tags": {"team": "$${films}", "empty": ""},
    }


def test_everything_that_fargate_does_not_have() -> None:
    definition = SMALLEST | {
        "requiresCompatibilities": ["EC2"],
        "networkMode": "bridge",
        "ipcMode": "host",
        "placementConstraints": [{"type": "memberOf", "expression": "attribute:x == y"}],
        "volumes": [
            {"name": "host", "host": {"sourcePath": "/data"}},
            {
                "name": "docker",
                "dockerVolumeConfiguration": {
                    "scope": "shared",
                    "autoprovision": True,
                    "driver": "local",
                    "driverOpts": {"type": "nfs"},
                    "labels": {"a": "b"},
                },
            },
            {
                "name": "windows",
                "fsxWindowsFileServerVolumeConfiguration": {
                    "fileSystemId": "fs-1",
                    "rootDirectory": "\\data",
                    "authorizationConfig": {
                        "credentialsParameter": "arn:aws:ssm:us-east-1:127549748682:parameter/fsx",
                        "domain": "corp",
                    },
                },
            },
        ],
        "containerDefinitions": [{"name": "movie-service", "image": "movies", "memory": 512}],
    }
    made = made_of(definition)
    assert made == SMALLEST_ARGUMENTS | {
        "requires_compatibilities": ["EC2"],
        "network_mode": "bridge",
        "ipc_mode": "host",
        "placement_constraints": [{"type": "memberOf", "expression": "attribute:x == y"}],
        "volume": [
            {"name": "host", "host_path": "/data"},
            {
                "name": "docker",
                "docker_volume_configuration": {
                    "scope": "shared",
                    "autoprovision": True,
                    "driver": "local",
                    "driver_opts": {"type": "nfs"},
                    "labels": {"a": "b"},
                },
            },
            {
                "name": "windows",
                "fsx_windows_file_server_volume_configuration": {
                    "file_system_id": "fs-1",
                    "root_directory": "\\data",
                    "authorization_config": {
                        "credentials_parameter": (
                            "arn:aws:ssm:us-east-1:127549748682:parameter/fsx"
                        ),
                        "domain": "corp",
                    },
                },
            },
        ],
        "container_definitions": [SMALLEST_CONTAINER | {"memory": 512}],
    }


@pytest.mark.skipif(PROVIDER_VERSION.startswith("6."), reason="AWS provider 6 has none")
def test_inference_accelerators() -> None:
    accelerators = [{"deviceName": "one", "deviceType": "eia2.medium"}]
    made = made_of(
        SMALLEST | {"requiresCompatibilities": ["EC2"], "inferenceAccelerators": accelerators}
    )
    assert made["inference_accelerator"] == [
        {"device_name": "one", "device_type": "eia2.medium"},
    ]


def test_roles_given_beside_the_definition_replace_its_own() -> None:
    definition = SMALLEST | {
        "taskRoleArn": "arn:aws:iam::127549748682:role/task",
        "executionRoleArn": "arn:aws:iam::127549748682:role/execution",
    }

    def make(stack: Any) -> None:
        role = EcsTasksRole(stack, "role", name="other")
        TaskDefinition(stack, "task", definition=definition, task_role_arn=role.arn)

    assert resources(make)["aws_ecs_task_definition"]["task"] == SMALLEST_ARGUMENTS | {
        "task_role_arn": "${aws_iam_role.role.arn}",
        "execution_role_arn": "arn:aws:iam::127549748682:role/execution",
    }


def test_what_it_depends_on_is_made_first() -> None:
    def make(stack: Any) -> None:
        logs = LogGroup(stack, "logs", name="logs")
        TaskDefinition(stack, "task", definition=SMALLEST, depends_on=[logs])

    assert resources(make)["aws_ecs_task_definition"]["task"] == SMALLEST_ARGUMENTS | {
        "depends_on": ["aws_cloudwatch_log_group.logs"]
    }


def test_what_is_written_arrives_and_references_stay_references() -> None:
    written = 'a ${b} $${c} %{d} %%{e} "f" \\g <h>&\n\t\x00 é 漢 😀'

    def make(stack: Any) -> None:
        reference = TerraformVariable(stack, "v", type="string")
        container = {
            "name": "movie-service",
            "image": f"{reference.string_value}:1",
            "command": [written],
            "dockerLabels": {"${label}": written},
        }
        TaskDefinition(stack, "task", definition=SMALLEST | {"containerDefinitions": [container]})

    escaped = 'a $${b} $$${c} %%{d} %%%{e} "f" \\g <h>&\n\t\x00 é 漢 😀'
    made = resources(make)["aws_ecs_task_definition"]["task"]
    assert made["container_definitions"] == [
        SMALLEST_CONTAINER
        | {
            "image": "${var.v}:1",
            "command": [escaped],
            "dockerLabels": {"$${label}": escaped},
        }
    ]


def test_a_number_known_at_apply_only_stays_a_reference() -> None:
    def make(stack: Any) -> None:
        size = TerraformVariable(stack, "size", type="number")
        storage = {"ephemeralStorage": {"sizeInGiB": size.number_value}}
        TaskDefinition(stack, "task", definition=SMALLEST | storage)

    assert resources(make)["aws_ecs_task_definition"]["task"] == SMALLEST_ARGUMENTS | {
        "ephemeral_storage": {"size_in_gib": "${var.size}"}
    }


def test_numbers_and_lists_known_at_apply_only_stay_references_in_the_json() -> None:
    def make(stack: Any) -> None:
        port = TerraformVariable(stack, "port", type="number").number_value
        command = TerraformVariable(stack, "command", type="list(string)").list_value
        container = {
            "name": "m",
            "image": "m",
            "command": command,
            "portMappings": [{"containerPort": port}],
        }
        TaskDefinition(stack, "task", definition=SMALLEST | {"containerDefinitions": [container]})

    stack = resources(make, decode=False)
    assert stack["aws_ecs_task_definition"]["task"]["container_definitions"] == (
        '[{"command":${jsonencode(var.command)},"cpu":0,"environment":[],"essential":true,'
        '"image":"m","mountPoints":[],"name":"m","portMappings":[{"containerPort":'
        '${jsonencode(var.port)},"hostPort":${jsonencode(var.port)},"protocol":"tcp"}],'
        '"systemControls":[],"volumesFrom":[]}]'
    )


def test_the_definition_given_is_not_changed() -> None:
    container = {"name": "m", "image": "m", "environment": [{"name": "B"}, {"name": "A"}]}
    definition = SMALLEST | {"containerDefinitions": [container]}
    made_of(definition)
    assert definition == SMALLEST | {
        "containerDefinitions": [
            {"name": "m", "image": "m", "environment": [{"name": "B"}, {"name": "A"}]}
        ]
    }


def test_all_mistakes_are_said_at_once_in_awss_words_and_nothing_is_made() -> None:
    container = {"name": "movie-service", "image": "movies", "portMappings": [{"hostport": 80}]}
    definition = SMALLEST | {"memory": "4096", "containerDefinitions": [container]}
    stack = empty_stack()
    with pytest.raises(InvalidInput) as raised:
        TaskDefinition(stack, "task", definition=definition)
    assert raised.value.sentences == [
        "task definition task: 'containerDefinitions[0].portMappings[0].hostport' is not known"
        " (got 80); write 'hostPort'",
        "task definition task: 'memory' must be 512, 1024 or 2048 MiB at cpu=256 (got 4096);"
        " raise cpu or lower memory",
    ]
    assert stack.node.children == []


def test_what_the_provider_cannot_carry_is_refused() -> None:
    definition = SMALLEST | {"trustedExecutionConfiguration": {"isolationMode": "SHARED"}}
    with pytest.raises(InvalidInput) as raised:
        TaskDefinition(empty_stack(), "task", definition=definition)
    assert raised.value.sentences == [
        "task definition task: 'trustedExecutionConfiguration' cannot be carried by"
        " AWS provider 5.100.0 (got {'isolationMode': 'SHARED'}); leave it out"
    ]
