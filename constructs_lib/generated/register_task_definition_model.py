"""RegisterTaskDefinition's shape. Generated: do not edit; run `python -m tools.task_definition_model`.

From the `ecs` service model of botocore 1.44.5. Each structure has its members; a member is
`string`, `integer`, `boolean`, `=one|two` (an enumeration), the name of a structure, `[what]`
(a list), or `{what}` (a map from strings). `!` marks a required one.
"""

# ruff: noqa: E501

from __future__ import annotations

REQUEST = "RegisterTaskDefinitionRequest"

#: What DescribeTaskDefinition returns and RegisterTaskDefinition does not take.
DESCRIBE_ONLY = (
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "deregisteredAt",
    "deleteRequestedAt",
    "registeredBy",
)

STRUCTURES: dict[str, dict[str, str]] = {
    "RegisterTaskDefinitionRequest": {
        "family": "string!",
        "taskRoleArn": "string",
        "executionRoleArn": "string",
        "networkMode": "=bridge|host|awsvpc|none",
        "containerDefinitions": "[ContainerDefinition]!",
        "volumes": "[Volume]",
        "placementConstraints": "[TaskDefinitionPlacementConstraint]",
        "requiresCompatibilities": "[=EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES]",
        "cpu": "string",
        "memory": "string",
        "tags": "[Tag]",
        "pidMode": "=host|task",
        "ipcMode": "=host|task|none",
        "proxyConfiguration": "ProxyConfiguration",
        "inferenceAccelerators": "[InferenceAccelerator]",
        "ephemeralStorage": "EphemeralStorage",
        "runtimePlatform": "RuntimePlatform",
        "enableFaultInjection": "boolean",
        "trustedExecutionConfiguration": "TrustedExecutionConfiguration",
    },
    "ContainerDefinition": {
        "name": "string",
        "image": "string",
        "repositoryCredentials": "RepositoryCredentials",
        "cpu": "integer",
        "memory": "integer",
        "memoryReservation": "integer",
        "links": "[string]",
        "portMappings": "[PortMapping]",
        "essential": "boolean",
        "restartPolicy": "ContainerRestartPolicy",
        "entryPoint": "[string]",
        "command": "[string]",
        "environment": "[KeyValuePair]",
        "environmentFiles": "[EnvironmentFile]",
        "mountPoints": "[MountPoint]",
        "volumesFrom": "[VolumeFrom]",
        "linuxParameters": "LinuxParameters",
        "secrets": "[Secret]",
        "dependsOn": "[ContainerDependency]",
        "startTimeout": "integer",
        "stopTimeout": "integer",
        "versionConsistency": "=enabled|disabled",
        "hostname": "string",
        "user": "string",
        "workingDirectory": "string",
        "disableNetworking": "boolean",
        "privileged": "boolean",
        "readonlyRootFilesystem": "boolean",
        "dnsServers": "[string]",
        "dnsSearchDomains": "[string]",
        "extraHosts": "[HostEntry]",
        "dockerSecurityOptions": "[string]",
        "interactive": "boolean",
        "pseudoTerminal": "boolean",
        "dockerLabels": "{string}",
        "ulimits": "[Ulimit]",
        "logConfiguration": "LogConfiguration",
        "healthCheck": "HealthCheck",
        "systemControls": "[SystemControl]",
        "resourceRequirements": "[ResourceRequirement]",
        "firelensConfiguration": "FirelensConfiguration",
        "credentialSpecs": "[string]",
    },
    "Volume": {
        "name": "string",
        "host": "HostVolumeProperties",
        "dockerVolumeConfiguration": "DockerVolumeConfiguration",
        "efsVolumeConfiguration": "EFSVolumeConfiguration",
        "s3filesVolumeConfiguration": "S3FilesVolumeConfiguration",
        "fsxWindowsFileServerVolumeConfiguration": "FSxWindowsFileServerVolumeConfiguration",
        "configuredAtLaunch": "boolean",
    },
    "TaskDefinitionPlacementConstraint": {
        "type": "=memberOf",
        "expression": "string",
    },
    "Tag": {
        "key": "string",
        "value": "string",
    },
    "ProxyConfiguration": {
        "type": "=APPMESH",
        "containerName": "string!",
        "properties": "[KeyValuePair]",
    },
    "InferenceAccelerator": {
        "deviceName": "string!",
        "deviceType": "string!",
    },
    "EphemeralStorage": {
        "sizeInGiB": "integer!",
    },
    "RuntimePlatform": {
        "cpuArchitecture": "=X86_64|ARM64",
        "operatingSystemFamily": "=WINDOWS_SERVER_2019_FULL|WINDOWS_SERVER_2019_CORE|WINDOWS_SERVER_2016_FULL|WINDOWS_SERVER_2004_CORE|WINDOWS_SERVER_2022_CORE|WINDOWS_SERVER_2022_FULL|WINDOWS_SERVER_2025_CORE|WINDOWS_SERVER_2025_FULL|WINDOWS_SERVER_20H2_CORE|LINUX",
    },
    "TrustedExecutionConfiguration": {
        "isolationMode": "=SHARED|ISOLATED_SANDBOX|CONFIDENTIAL_SANDBOX!",
        "attestationPolicy": "string",
    },
    "RepositoryCredentials": {
        "credentialsParameter": "string!",
    },
    "PortMapping": {
        "containerPort": "integer",
        "hostPort": "integer",
        "protocol": "=tcp|udp",
        "name": "string",
        "appProtocol": "=http|http2|grpc",
        "containerPortRange": "string",
    },
    "ContainerRestartPolicy": {
        "enabled": "boolean!",
        "ignoredExitCodes": "[integer]",
        "restartAttemptPeriod": "integer",
    },
    "KeyValuePair": {
        "name": "string",
        "value": "string",
    },
    "EnvironmentFile": {
        "value": "string!",
        "type": "=s3!",
    },
    "MountPoint": {
        "sourceVolume": "string",
        "containerPath": "string",
        "readOnly": "boolean",
    },
    "VolumeFrom": {
        "sourceContainer": "string",
        "readOnly": "boolean",
    },
    "LinuxParameters": {
        "capabilities": "KernelCapabilities",
        "devices": "[Device]",
        "initProcessEnabled": "boolean",
        "sharedMemorySize": "integer",
        "tmpfs": "[Tmpfs]",
        "maxSwap": "integer",
        "swappiness": "integer",
    },
    "Secret": {
        "name": "string!",
        "valueFrom": "string!",
    },
    "ContainerDependency": {
        "containerName": "string!",
        "condition": "=START|COMPLETE|SUCCESS|HEALTHY!",
    },
    "HostEntry": {
        "hostname": "string!",
        "ipAddress": "string!",
    },
    "Ulimit": {
        "name": "=core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack!",
        "softLimit": "integer!",
        "hardLimit": "integer!",
    },
    "LogConfiguration": {
        "logDriver": "=json-file|syslog|journald|gelf|fluentd|awslogs|splunk|awsfirelens!",
        "options": "{string}",
        "secretOptions": "[Secret]",
    },
    "HealthCheck": {
        "command": "[string]!",
        "interval": "integer",
        "timeout": "integer",
        "retries": "integer",
        "startPeriod": "integer",
    },
    "SystemControl": {
        "namespace": "string",
        "value": "string",
    },
    "ResourceRequirement": {
        "value": "string",
        "type": "=GPU|InferenceAccelerator|NeuronDevice!",
        "sharingStrategy": "SharingStrategy",
    },
    "FirelensConfiguration": {
        "type": "=fluentd|fluentbit!",
        "options": "{string}",
    },
    "HostVolumeProperties": {
        "sourcePath": "string",
    },
    "DockerVolumeConfiguration": {
        "scope": "=task|shared",
        "autoprovision": "boolean",
        "driver": "string",
        "driverOpts": "{string}",
        "labels": "{string}",
    },
    "EFSVolumeConfiguration": {
        "fileSystemId": "string!",
        "rootDirectory": "string",
        "transitEncryption": "=ENABLED|DISABLED",
        "transitEncryptionPort": "integer",
        "authorizationConfig": "EFSAuthorizationConfig",
    },
    "S3FilesVolumeConfiguration": {
        "fileSystemArn": "string!",
        "rootDirectory": "string",
        "transitEncryptionPort": "integer",
        "accessPointArn": "string",
    },
    "FSxWindowsFileServerVolumeConfiguration": {
        "fileSystemId": "string!",
        "rootDirectory": "string!",
        "authorizationConfig": "FSxWindowsFileServerAuthorizationConfig!",
    },
    "KernelCapabilities": {
        "add": "[string]",
        "drop": "[string]",
    },
    "Device": {
        "hostPath": "string!",
        "containerPath": "string",
        "permissions": "[=read|write|mknod]",
    },
    "Tmpfs": {
        "containerPath": "string!",
        "size": "integer!",
        "mountOptions": "[string]",
    },
    "SharingStrategy": {
        "nvidiaMps": "NvidiaMpsAllocation",
    },
    "EFSAuthorizationConfig": {
        "accessPointId": "string",
        "iam": "=ENABLED|DISABLED",
    },
    "FSxWindowsFileServerAuthorizationConfig": {
        "credentialsParameter": "string!",
        "domain": "string!",
    },
    "NvidiaMpsAllocation": {
        "memory": "integer!",
        "maxComputePercent": "integer",
    },
}
