"""The arguments of a container and of its parts, each with AWS's own name in Python's case.

Every class renders to the structure of the same name in AWS's RegisterTaskDefinition; wherever a
class stands, AWS's own JSON may stand too. What is checked, and why, is in `definition_rules.py`.

Source, read 2026-11:
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructs_lib.arguments import Arguments, argument
from constructs_lib.forms import (
    BOOLEAN,
    INTEGER,
    INTEGERS,
    STRING,
    STRING_MAP,
    STRINGS,
    ListOf,
    Pairs,
    Structure,
    Within,
)

Json = Mapping[str, Any]


class PortMapping(Arguments):
    """A port, or a range of ports, that the container listens on."""

    container_port: int | None = argument(
        default=None, aws="containerPort", form=INTEGER, says="the port", rule="1 to 65535"
    )
    container_port_range: str | None = argument(
        default=None,
        aws="containerPortRange",
        form=STRING,
        says="a range instead of one port",
        rule="first-last, first below last, no overlap, at most 100 ranges",
    )
    host_port: int | None = argument(
        default=None,
        aws="hostPort",
        form=INTEGER,
        says="the port of the host",
        rule="under awsvpc: left out, or equal to the container port",
    )
    protocol: str | None = argument(
        default=None,
        aws="protocol",
        form=STRING,
        says="tcp (AWS's default) or udp",
        rule="tcp or udp",
    )
    name: str | None = argument(
        default=None,
        aws="name",
        form=STRING,
        says="the name for Service Connect",
        rule="at most 64 lower-case letters, digits, _ and -; once in a task",
    )
    app_protocol: str | None = argument(
        default=None,
        aws="appProtocol",
        form=STRING,
        says="the protocol for Service Connect",
        rule="http, http2 or grpc; needs a name",
    )


class HealthCheck(Arguments):
    """A command that tells whether the container is healthy."""

    command: Sequence[str] = argument(
        aws="command", form=STRINGS, says='["CMD", ...] or ["CMD-SHELL", "..."]', rule="not empty"
    )
    interval_seconds: int | None = argument(
        default=None,
        aws="interval",
        form=INTEGER,
        unit="s",
        says="between two checks; 30 when left out",
        rule="5 to 300",
    )
    timeout_seconds: int | None = argument(
        default=None,
        aws="timeout",
        form=INTEGER,
        unit="s",
        says="until a check has failed; 5 when left out",
        rule="2 to 60",
    )
    retries: int | None = argument(
        default=None,
        aws="retries",
        form=INTEGER,
        says="failures until unhealthy; 3 when left out",
        rule="1 to 10",
    )
    start_period_seconds: int | None = argument(
        default=None,
        aws="startPeriod",
        form=INTEGER,
        unit="s",
        says="of grace before failures count; none when left out",
        rule="0 to 300",
    )


class RestartPolicy(Arguments):
    """Whether the agent restarts the container in place, without a new task."""

    enabled: bool = argument(aws="enabled", form=BOOLEAN, says="turns it on")
    ignored_exit_codes: Sequence[int] | None = argument(
        default=None,
        aws="ignoredExitCodes",
        form=INTEGERS,
        says="exit codes that cause no restart",
        rule="at most 50",
    )
    restart_attempt_period_seconds: int | None = argument(
        default=None,
        aws="restartAttemptPeriod",
        form=INTEGER,
        unit="s",
        says="that the container must have run; 300 when left out",
        rule="60 to 1800",
    )


class MountPoint(Arguments):
    """A volume of the task, at a path of the container."""

    source_volume: str | None = argument(
        default=None,
        aws="sourceVolume",
        form=STRING,
        says="the volume's name",
        rule="a volume of the task",
    )
    container_path: str | None = argument(
        default=None, aws="containerPath", form=STRING, says="where it is mounted"
    )
    read_only: bool | None = argument(
        default=None, aws="readOnly", form=BOOLEAN, says="no writing; writable when left out"
    )


class VolumeFrom(Arguments):
    """All volumes of another container of the task."""

    source_container: str | None = argument(
        default=None,
        aws="sourceContainer",
        form=STRING,
        says="the container's name",
        rule="a container of the task",
    )
    read_only: bool | None = argument(
        default=None, aws="readOnly", form=BOOLEAN, says="no writing; writable when left out"
    )


class Ulimit(Arguments):
    """A limit of the container's processes."""

    name: str = argument(aws="name", form=STRING, says="nofile, nproc, core, ...")
    soft_limit: int = argument(aws="softLimit", form=INTEGER, says="the soft limit")
    hard_limit: int = argument(
        aws="hardLimit", form=INTEGER, says="the hard limit", rule="not below the soft limit"
    )


class KernelCapabilities(Arguments):
    """Linux capabilities, added to or dropped from Docker's default set."""

    add: Sequence[str] | None = argument(
        default=None, aws="add", form=STRINGS, says="to add", rule="on Fargate only SYS_PTRACE"
    )
    drop: Sequence[str] | None = argument(default=None, aws="drop", form=STRINGS, says="to drop")


class Device(Arguments):
    """A device of the host in the container; not on Fargate."""

    host_path: str = argument(aws="hostPath", form=STRING, says="on the host")
    container_path: str | None = argument(
        default=None,
        aws="containerPath",
        form=STRING,
        says="in the container; as on the host by default",
    )
    permissions: Sequence[str] | None = argument(
        default=None, aws="permissions", form=STRINGS, says="read, write, mknod; all when left out"
    )


class Tmpfs(Arguments):
    """A file system in memory."""

    container_path: str = argument(aws="containerPath", form=STRING, says="where it is mounted")
    size_mib: int = argument(aws="size", form=INTEGER, unit="MiB", says="its largest size")
    mount_options: Sequence[str] | None = argument(
        default=None, aws="mountOptions", form=STRINGS, says="as of mount(8)"
    )


class LinuxParameters(Arguments):
    """Options of the Linux kernel."""

    capabilities: KernelCapabilities | Json | None = argument(
        default=None, aws="capabilities", form=Structure(KernelCapabilities), says="capabilities"
    )
    devices: Sequence[Device | Json] | None = argument(
        default=None,
        aws="devices",
        form=ListOf(Structure(Device)),
        says="devices",
        rule="not on Fargate",
    )
    init_process_enabled: bool | None = argument(
        default=None, aws="initProcessEnabled", form=BOOLEAN, says="an init that reaps processes"
    )
    shared_memory_size_mib: int | None = argument(
        default=None,
        aws="sharedMemorySize",
        form=INTEGER,
        unit="MiB",
        says="of /dev/shm",
        rule="not on Fargate",
    )
    tmpfs: Sequence[Tmpfs | Json] | None = argument(
        default=None, aws="tmpfs", form=ListOf(Structure(Tmpfs)), says="file systems in memory"
    )
    max_swap_mib: int | None = argument(
        default=None, aws="maxSwap", form=INTEGER, unit="MiB", says="swap", rule="not on Fargate"
    )
    swappiness: int | None = argument(
        default=None, aws="swappiness", form=INTEGER, says="0 to 100", rule="not on Fargate"
    )


class LogConfiguration(Arguments):
    """Where the container's output goes."""

    log_driver: str = argument(
        aws="logDriver",
        form=STRING,
        says="the log driver",
        rule="on Fargate awslogs, splunk or awsfirelens",
    )
    options: Mapping[str, str] | None = argument(
        default=None,
        aws="options",
        form=STRING_MAP,
        says="the driver's own options",
        rule="awslogs on Fargate needs awslogs-group, awslogs-region, awslogs-stream-prefix",
    )
    secret_options: Mapping[str, str] | Sequence[tuple[str, str]] | None = argument(
        default=None,
        aws="secretOptions",
        form=Pairs("name", "valueFrom", "mapping of option to ARN"),
        says="options whose value is a secret",
    )


class FirelensConfiguration(Arguments):
    """Makes the container the log router of the task."""

    type: str = argument(aws="type", form=STRING, says="fluentd or fluentbit")
    options: Mapping[str, str] | None = argument(
        default=None,
        aws="options",
        form=STRING_MAP,
        says="enable-ecs-log-metadata, config-file-type, config-file-value",
        rule="on Fargate config-file-type is file",
    )


class ResourceRequirement(Arguments):
    """A GPU or another accelerator; not on Fargate."""

    type: str = argument(aws="type", form=STRING, says="GPU or InferenceAccelerator")
    value: str | None = argument(
        default=None, aws="value", form=STRING, says="how many, or the accelerator's name"
    )


class Container(Arguments):
    """One container of the task: a sidecar of a service, or the parts of its own container."""

    name: str = argument(
        aws="name",
        form=STRING,
        says="the container's name",
        rule="1 to 255 letters, digits, _ and -; once in a task",
    )
    image: str = argument(
        aws="image",
        form=STRING,
        says="repository:tag or repository@sha256:digest",
        rule="at most 255 characters, no scheme",
    )
    essential: bool | None = argument(
        default=None,
        aws="essential",
        form=BOOLEAN,
        says="the task stops when it stops; true when left out",
        rule="at least one of a task",
    )
    cpu_units: int | None = argument(
        default=None,
        aws="cpu",
        form=INTEGER,
        unit="CPU units",
        says="its share; 0 when left out",
        rule="all containers together at most the task's",
    )
    memory_mib: int | None = argument(
        default=None,
        aws="memory",
        form=INTEGER,
        unit="MiB",
        says="the hard limit; none when left out",
        rule="at least 6; at most the task's",
    )
    memory_reservation_mib: int | None = argument(
        default=None,
        aws="memoryReservation",
        form=INTEGER,
        unit="MiB",
        says="the soft limit; none when left out",
        rule="not above memory_mib",
    )
    port_mappings: Sequence[PortMapping | Json] | None = argument(
        default=None, aws="portMappings", form=ListOf(Structure(PortMapping)), says="the ports"
    )
    environment: Mapping[str, str] | Sequence[tuple[str, str]] | None = argument(
        default=None,
        aws="environment",
        form=Pairs("name", "value", "mapping of name to value"),
        says="environment variables in plain text",
        rule="no name twice, none that stands in secrets too",
    )
    secrets: Mapping[str, str] | Sequence[tuple[str, str]] | None = argument(
        default=None,
        aws="secrets",
        form=Pairs("name", "valueFrom", "mapping of name to ARN"),
        says="environment variables from Secrets Manager (ARN, with :field:stage:version behind"
        " it if wanted) or Parameter Store (ARN, or a name of the same region)",
    )
    environment_files: Sequence[str] | None = argument(
        default=None,
        aws="environmentFiles",
        form=ListOf(Within("value", "str", {"type": "s3"})),
        says="ARNs of S3 objects with environment variables",
        rule="at most 10, ending in .env",
    )
    command: Sequence[str] | None = argument(
        default=None, aws="command", form=STRINGS, says="instead of the image's CMD"
    )
    entry_point: Sequence[str] | None = argument(
        default=None, aws="entryPoint", form=STRINGS, says="instead of the image's ENTRYPOINT"
    )
    working_directory: str | None = argument(
        default=None, aws="workingDirectory", form=STRING, says="instead of the image's WORKDIR"
    )
    user: str | None = argument(
        default=None, aws="user", form=STRING, says="user, user:group, uid or uid:gid"
    )
    health_check: HealthCheck | Json | None = argument(
        default=None, aws="healthCheck", form=Structure(HealthCheck), says="the health check"
    )
    depends_on: Mapping[str, str] | Sequence[tuple[str, str]] | None = argument(
        default=None,
        aws="dependsOn",
        form=Pairs("containerName", "condition", "mapping of container to condition"),
        says="containers to wait for: START, COMPLETE, SUCCESS or HEALTHY",
        rule="a container of the task, no cycle; HEALTHY needs a health check there",
    )
    start_timeout_seconds: int | None = argument(
        default=None,
        aws="startTimeout",
        form=INTEGER,
        unit="s",
        says="to wait for a dependency; AWS's own when left out",
        rule="2 to 120",
    )
    stop_timeout_seconds: int | None = argument(
        default=None,
        aws="stopTimeout",
        form=INTEGER,
        unit="s",
        says="from SIGTERM to SIGKILL; 30 when left out",
        rule="on Fargate 0 to 120",
    )
    restart_policy: RestartPolicy | Json | None = argument(
        default=None, aws="restartPolicy", form=Structure(RestartPolicy), says="restart in place"
    )
    log_configuration: LogConfiguration | Json | None = argument(
        default=None,
        aws="logConfiguration",
        form=Structure(LogConfiguration),
        says="where the output goes; awslogs to the service's log group when left out, as the"
        " walk has it, and Docker's default when None",
    )
    firelens_configuration: FirelensConfiguration | Json | None = argument(
        default=None,
        aws="firelensConfiguration",
        form=Structure(FirelensConfiguration),
        says="makes it the log router",
    )
    mount_points: Sequence[MountPoint | Json] | None = argument(
        default=None,
        aws="mountPoints",
        form=ListOf(Structure(MountPoint)),
        says="volumes of the task",
    )
    volumes_from: Sequence[VolumeFrom | Json] | None = argument(
        default=None,
        aws="volumesFrom",
        form=ListOf(Structure(VolumeFrom)),
        says="volumes of another container",
    )
    readonly_root_filesystem: bool | None = argument(
        default=None,
        aws="readonlyRootFilesystem",
        form=BOOLEAN,
        says="no writing to the image's files",
    )
    docker_labels: Mapping[str, str] | None = argument(
        default=None, aws="dockerLabels", form=STRING_MAP, says="labels of the container"
    )
    ulimits: Sequence[Ulimit | Json] | None = argument(
        default=None, aws="ulimits", form=ListOf(Structure(Ulimit)), says="limits of its processes"
    )
    linux_parameters: LinuxParameters | Json | None = argument(
        default=None,
        aws="linuxParameters",
        form=Structure(LinuxParameters),
        says="options of the kernel",
    )
    system_controls: Mapping[str, str] | Sequence[tuple[str, str]] | None = argument(
        default=None,
        aws="systemControls",
        form=Pairs("namespace", "value", "mapping of namespace to value"),
        says="kernel parameters (sysctl)",
    )
    resource_requirements: Sequence[ResourceRequirement | Json] | None = argument(
        default=None,
        aws="resourceRequirements",
        form=ListOf(Structure(ResourceRequirement)),
        says="GPUs and accelerators",
        rule="no GPU on Fargate",
    )
    repository_credentials: str | None = argument(
        default=None,
        aws="repositoryCredentials",
        form=Within("credentialsParameter", "str"),
        says="ARN of the secret with the private registry's user and password",
    )
    version_consistency: str | None = argument(
        default=None,
        aws="versionConsistency",
        form=STRING,
        says="whether the tag is resolved to a digest once for all tasks of a deployment",
        rule="enabled or disabled",
    )
    credential_specs: Sequence[str] | None = argument(
        default=None,
        aws="credentialSpecs",
        form=STRINGS,
        says="credential specs for Active Directory",
    )
    interactive: bool | None = argument(
        default=None, aws="interactive", form=BOOLEAN, says="keeps stdin open"
    )
    pseudo_terminal: bool | None = argument(
        default=None, aws="pseudoTerminal", form=BOOLEAN, says="allocates a TTY"
    )
    hostname: str | None = argument(
        default=None, aws="hostname", form=STRING, says="the host name", rule="not under awsvpc"
    )
    privileged: bool | None = argument(
        default=None, aws="privileged", form=BOOLEAN, says="root on the host", rule="not on Fargate"
    )
    links: Sequence[str] | None = argument(
        default=None, aws="links", form=STRINGS, says="Docker links", rule="not on Fargate"
    )
    disable_networking: bool | None = argument(
        default=None,
        aws="disableNetworking",
        form=BOOLEAN,
        says="no network",
        rule="not on Fargate",
    )
    dns_servers: Sequence[str] | None = argument(
        default=None, aws="dnsServers", form=STRINGS, says="DNS servers", rule="not on Fargate"
    )
    dns_search_domains: Sequence[str] | None = argument(
        default=None,
        aws="dnsSearchDomains",
        form=STRINGS,
        says="DNS search domains",
        rule="not on Fargate",
    )
    extra_hosts: Mapping[str, str] | Sequence[tuple[str, str]] | None = argument(
        default=None,
        aws="extraHosts",
        form=Pairs("hostname", "ipAddress", "mapping of host name to address"),
        says="lines of /etc/hosts",
        rule="not on Fargate",
    )
    docker_security_options: Sequence[str] | None = argument(
        default=None,
        aws="dockerSecurityOptions",
        form=STRINGS,
        says="SELinux and AppArmor labels",
        rule="not on Fargate",
    )
