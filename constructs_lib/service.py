"""A microservice: what `services.py` has one entry of, each.

The arguments of the task and those of its own container stand side by side, flat; what is left out
is what the console's walk chose. Further containers are `sidecars`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructs_lib.arguments import Arguments, argument
from constructs_lib.containers import Container, Json
from constructs_lib.forms import (
    BOOLEAN,
    INTEGER,
    STRING,
    STRING_MAP,
    STRINGS,
    Form,
    ListOf,
    Pairs,
    Structure,
    Within,
)
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME, TASK_ROLE_NAME

_TASK_ROLES = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html"


class EfsAuthorization(Arguments):
    """Who may mount an EFS file system."""

    access_point_id: str | None = argument(
        default=None, aws="accessPointId", form=STRING, says="fsap-..."
    )
    iam: str | None = argument(
        default=None,
        aws="iam",
        form=STRING,
        says="ENABLED: the task role decides; DISABLED when left out",
    )


class EfsVolume(Arguments):
    """A file system of Amazon EFS."""

    file_system_id: str = argument(aws="fileSystemId", form=STRING, says="fs-...")
    root_directory: str | None = argument(
        default=None,
        aws="rootDirectory",
        form=STRING,
        says="the directory to mount; / when left out",
        rule="left out or / with an access point",
    )
    transit_encryption: str | None = argument(
        default=None,
        aws="transitEncryption",
        form=STRING,
        says="ENABLED or DISABLED",
        rule="ENABLED with an access point or IAM",
    )
    transit_encryption_port: int | None = argument(
        default=None,
        aws="transitEncryptionPort",
        form=INTEGER,
        says="chosen by AWS when left out, or 0",
        rule="0 to 65535",
    )
    authorization_config: EfsAuthorization | Json | None = argument(
        default=None,
        aws="authorizationConfig",
        form=Structure(EfsAuthorization),
        says="access point and IAM",
    )


class FsxAuthorization(Arguments):
    """Who may mount an FSx for Windows file system."""

    credentials_parameter: str = argument(
        aws="credentialsParameter", form=STRING, says="ARN of the secret with user and password"
    )
    domain: str = argument(aws="domain", form=STRING, says="the Active Directory domain")


class FsxWindowsVolume(Arguments):
    """A file system of FSx for Windows File Server; not on Fargate."""

    file_system_id: str = argument(aws="fileSystemId", form=STRING, says="fs-...")
    root_directory: str = argument(aws="rootDirectory", form=STRING, says="the directory to mount")
    authorization_config: FsxAuthorization | Json = argument(
        aws="authorizationConfig", form=Structure(FsxAuthorization), says="secret and domain"
    )


class DockerVolume(Arguments):
    """A volume of a Docker volume driver; not on Fargate."""

    scope: str | None = argument(default=None, aws="scope", form=STRING, says="task or shared")
    autoprovision: bool | None = argument(
        default=None, aws="autoprovision", form=BOOLEAN, says="made when it is not there"
    )
    driver: str | None = argument(default=None, aws="driver", form=STRING, says="the volume driver")
    driver_opts: Mapping[str, str] | None = argument(
        default=None, aws="driverOpts", form=STRING_MAP, says="its options"
    )
    labels: Mapping[str, str] | None = argument(
        default=None, aws="labels", form=STRING_MAP, says="labels of the volume"
    )


class Volume(Arguments):
    """Storage that containers mount by its name; a name alone is scratch space of the task."""

    name: str = argument(aws="name", form=STRING, says="what mount points call it")
    efs: EfsVolume | Json | None = argument(
        default=None,
        aws="efsVolumeConfiguration",
        form=Structure(EfsVolume),
        says="an EFS file system",
    )
    fsx_windows: FsxWindowsVolume | Json | None = argument(
        default=None,
        aws="fsxWindowsFileServerVolumeConfiguration",
        form=Structure(FsxWindowsVolume),
        says="an FSx for Windows file system",
        rule="not on Fargate",
    )
    configured_at_launch: bool | None = argument(
        default=None,
        aws="configuredAtLaunch",
        form=BOOLEAN,
        says="an EBS volume that the service names",
    )
    docker: DockerVolume | Json | None = argument(
        default=None,
        aws="dockerVolumeConfiguration",
        form=Structure(DockerVolume),
        says="a Docker volume",
        rule="not on Fargate",
    )
    host_source_path: str | None = argument(
        default=None,
        aws="host",
        form=Within("sourcePath", "str"),
        says="a path of the host",
        rule="not on Fargate",
    )


class RuntimePlatform(Arguments):
    """Operating system and processor architecture."""

    operating_system_family: str | None = argument(
        default=None,
        aws="operatingSystemFamily",
        form=STRING,
        says="LINUX, WINDOWS_SERVER_2022_CORE, ...",
    )
    cpu_architecture: str | None = argument(
        default=None, aws="cpuArchitecture", form=STRING, says="X86_64 or ARM64"
    )


class ProxyConfiguration(Arguments):
    """The App Mesh proxy of the task."""

    container_name: str = argument(aws="containerName", form=STRING, says="the proxy's container")
    type: str | None = argument(default=None, aws="type", form=STRING, says="APPMESH")
    properties: Mapping[str, str] | None = argument(
        default=None,
        aws="properties",
        form=Pairs("name", "value", "mapping of name to value"),
        says="the proxy's settings",
    )


class PlacementConstraint(Arguments):
    """Which instances may run the task; not on Fargate."""

    type: str = argument(aws="type", form=STRING, says="memberOf")
    expression: str | None = argument(
        default=None, aws="expression", form=STRING, says="in the cluster query language"
    )


class InferenceAccelerator(Arguments):
    """An Elastic Inference accelerator; not on Fargate."""

    device_name: str = argument(aws="deviceName", form=STRING, says="what containers call it")
    device_type: str = argument(aws="deviceType", form=STRING, says="eia2.medium, ...")


class Task(Arguments):
    """What a task definition says beside its containers."""

    family: str | None = argument(
        default=None,
        aws="family",
        form=STRING,
        says="the family; the service's name when left out",
        rule="1 to 255 letters, digits, _ and -",
    )
    cpu_units: int | str = argument(
        default=512,
        aws="cpu",
        form=Form("int or str"),
        unit="CPU units (or as the console: .5 vCPU)",
        says="the task's CPU",
        rule="a size that Fargate has",
    )
    memory_mib: int | str = argument(
        default=1024,
        aws="memory",
        form=Form("int or str"),
        unit="MiB (or as the console: 1 GB)",
        says="the task's memory",
        rule="a size that Fargate has at these cpu_units",
    )
    task_role_arn: str | None = argument(
        default=TASK_ROLE_NAME,
        aws="taskRoleArn",
        form=STRING,
        says="the application's role; the one of the IAM stack when left out",
        source=_TASK_ROLES,
    )
    execution_role_arn: str | None = argument(
        default=EXECUTION_ROLE_NAME,
        aws="executionRoleArn",
        form=STRING,
        says="Fargate's own role; the one of the IAM stack when left out",
    )
    network_mode: str | None = argument(
        default="awsvpc",
        aws="networkMode",
        form=STRING,
        says="the network mode",
        rule="awsvpc on Fargate",
    )
    requires_compatibilities: Sequence[str] = argument(
        default=("FARGATE",),
        aws="requiresCompatibilities",
        form=STRINGS,
        says="where the task runs",
    )
    runtime_platform: RuntimePlatform | Json | None = argument(
        default=None,
        aws="runtimePlatform",
        form=Structure(RuntimePlatform),
        says="LINUX and X86_64 when left out",
    )
    ephemeral_storage_gib: int | None = argument(
        default=None,
        aws="ephemeralStorage",
        form=Within("sizeInGiB", "int"),
        unit="GiB",
        says="scratch space; 20 when left out",
        rule="21 to 200",
    )
    volumes: Sequence[Volume | Json] | None = argument(
        default=None,
        aws="volumes",
        form=ListOf(Structure(Volume)),
        says="storage that containers mount",
    )
    proxy_configuration: ProxyConfiguration | Json | None = argument(
        default=None, aws="proxyConfiguration", form=Structure(ProxyConfiguration), says="App Mesh"
    )
    pid_mode: str | None = argument(
        default=None,
        aws="pidMode",
        form=STRING,
        says="which processes the containers see",
        rule="on Fargate task, Linux only",
    )
    ipc_mode: str | None = argument(
        default=None,
        aws="ipcMode",
        form=STRING,
        says="which IPC resources they share",
        rule="not on Fargate",
    )
    placement_constraints: Sequence[PlacementConstraint | Json] | None = argument(
        default=None,
        aws="placementConstraints",
        form=ListOf(Structure(PlacementConstraint)),
        says="which instances may run it",
        rule="not on Fargate",
    )
    inference_accelerators: Sequence[InferenceAccelerator | Json] | None = argument(
        default=None,
        aws="inferenceAccelerators",
        form=ListOf(Structure(InferenceAccelerator)),
        says="accelerators",
        rule="not on Fargate",
    )
    enable_fault_injection: bool | None = argument(
        default=None,
        aws="enableFaultInjection",
        form=BOOLEAN,
        says="allows fault injection requests",
    )
    tags: Mapping[str, str] | None = argument(
        default=None,
        aws="tags",
        form=Pairs("key", "value", "mapping of key to value"),
        says="on the task definition, beside the environment's",
    )


class OwnContainer(Container):
    """The service's own container, where a name would else stand for two things."""

    container_name: str | None = argument(
        default=None,
        aws="name",
        form=STRING,
        says="the container's name; the service's when left out",
        rule="1 to 255 letters, digits, _ and -",
    )
    container_cpu_units: int | None = argument(
        default=None,
        aws="cpu",
        form=INTEGER,
        unit="CPU units",
        says="its share; 0 when left out",
        rule="all containers together at most the task's",
    )
    container_memory_mib: int | None = argument(
        default=None,
        aws="memory",
        form=INTEGER,
        unit="MiB",
        says="its hard limit; none when left out",
        rule="at least 6; at most the task's",
    )


class Service(Task, OwnContainer):  # type: ignore[misc]  # cpu_units, memory_mib: the task's
    """One microservice: its task definition and its log group. Only `name` must be given."""

    name: str = argument(
        says="the service's name: its stack, family, container, repository and log group",
        rule="1 to 255 letters, digits, hyphens or underscores, no hyphen first; without image, a"
        " name that ECR takes for a repository; once in the catalogue",
    )
    image: str | None = argument(  # type: ignore[assignment]  # a service has a default
        default=None,
        form=STRING,
        says="the repository of another registry, with or without its tag;"
        " the account's own repository of the service's name when left out",
        rule="at most 255 characters, no scheme",
    )
    image_tag: str | None = argument(
        default="latest",
        form=STRING,
        says="the tag to run; None writes none, which is latest to AWS",
        rule="1 to 128 letters, digits, _ . or -",
    )
    image_digest: str | None = argument(
        default=None,
        form=STRING,
        says="the digest to run, instead of a tag",
        rule="sha256: and 64 hexadecimal digits",
    )
    port: int | None = argument(
        default=8080,
        form=INTEGER,
        says="the port it listens on (tcp), unless port_mappings is given",
        rule="1 to 65535; None for no port",
    )
    environment: Mapping[str, str] | Sequence[tuple[str, str]] | None = argument(
        default={"SPRING_PROFILES_ACTIVE": "prod"},
        aws="environment",
        form=Container.declared["environment"].form,
        says="environment variables in plain text",
        rule="no name twice, none that stands in secrets too",
    )
    sidecars: Sequence[Container] = argument(
        default=(), form=ListOf(Structure(Container)), says="further containers of the task"
    )
    task_definition_file: str | None = argument(
        default=None,
        form=STRING,
        says="a task definition in a JSON file, seen from services.py, as AWS registers or"
        " describes it; it stands in for every default, and arguments given beside it override it",
    )
    log_group_name: str | None = argument(
        default=None,
        form=STRING,
        says="the log group that the stack makes, if a container logs to it; /ecs/ and the name"
        " when left out, or the group of the file",
        rule="1 to 512 letters, digits, or one of . _ / # -; of one service only",
    )
    log_retention_days: int | None = argument(
        default=None,
        form=INTEGER,
        unit="days",
        says="until log events expire; never when left out",
        rule="1, 3, 5, 7, 14, 30, 60, 90, ...: what CloudWatch Logs takes",
    )
    kms_key_arns: Sequence[str] = argument(
        default=(),
        form=STRINGS,
        says="keys of your own that its secrets and parameters are encrypted with; the execution"
        " role may then decrypt with them",
    )
    roles_managed_elsewhere: bool = argument(
        default=False,
        form=BOOLEAN,
        says="says that an execution role from outside this project allows all that is needed",
    )
    not_secret: Sequence[str] = argument(
        default=(),
        form=STRINGS,
        says="environment variables and log options that only look like a secret: no warning",
    )
    skip_destroy: bool = argument(
        default=True, form=BOOLEAN, says="a deploy never takes an earlier revision away"
    )
    per_environment: Mapping[str, Mapping[str, Any]] = argument(
        default={},
        form=Form("mapping of environment to arguments"),
        says='what is different in one environment: {"staging": {"cpu_units": 256}}',
        rule="environments of environments.py; any argument but name and per_environment",
    )
