"""Every rule: what it says, that nothing else would say it, and what it must let pass."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from constructs_lib.definition_rules import definition_findings
from constructs_lib.findings import ABSENT, Definition, Path
from constructs_lib.provider_version import PROVIDER_VERSION
from constructs_lib.rules.rule import RULES
from tests.unit.definitions import LEGAL, SETUP, WEB, changed

EC2: dict[Path, Any] = {("requiresCompatibilities",): ["EC2"]}
ON_EC2 = changed({**EC2, ("networkMode",): "bridge"})
PORT: Path = (*WEB, "portMappings", 0)
SECOND_PORT: Path = (*WEB, "portMappings", 1)
HEALTH: Path = (*WEB, "healthCheck")
OPTIONS: Path = (*WEB, "logConfiguration", "options")
VOLUME: Path = ("volumes", 0)
EFS: Path = (*VOLUME, "efsVolumeConfiguration")
LONG = "x" * 300
AS_MUCH_AS_FITS = "\N{LATIN SMALL LETTER E WITH ACUTE}" * 32476 + "x"
DIGEST = "sha256:" + "a" * 64


class Mistake(NamedTuple):
    """A legal definition with one mistake, the rule that it breaks, and the whole sentence."""

    rule: str
    changes: dict[Path, Any]
    sentence: str
    definition: Definition = LEGAL


def health_check(**members: Any) -> dict[Path, Any]:
    return {HEALTH: {"command": ["CMD-SHELL", "true"], **members}}


ON_PROVIDER_6 = [
    Mistake(
        "provider-accelerators",
        {("inferenceAccelerators",): [{"deviceName": "a", "deviceType": "b"}]},
        f"'inferenceAccelerators' cannot be carried by AWS provider {PROVIDER_VERSION} "
        "(got [{'deviceName': 'a', 'deviceType': 'b'}]); leave it out",
        ON_EC2,
    ),
]
MISTAKES = [
    Mistake(
        "memory-somewhere",
        {("requiresCompatibilities",): ABSENT, ("memory",): ABSENT, (*SETUP, "memory"): 64},
        "'containerDefinitions[0].memory' is required where the task has no memory (got nothing); "
        "give it, or memoryReservation, or memory for all containers together",
    ),
    Mistake(
        "definition-size",
        {(*WEB, "environment"): [{"name": "A", "value": f"{AS_MUCH_AS_FITS}x"}]},
        "'task definition' must have at most 65536 bytes as JSON (got 65537); "
        "shorten containerDefinitions[0].environment, which has 64979 of them",
    ),
    Mistake(
        "definition-size",
        {("volumes",): [{"name": f"{number:0250}"} for number in range(300)]},
        "'task definition' must have at most 65536 bytes as JSON (got 79205); "
        "shorten volumes, which has 78601 of them",
    ),
    Mistake(
        "task-cpu-text",
        {("cpu",): "half"},
        "'cpu' must be CPU units, or vCPU that make a whole number, like '512' or '.5 vCPU' "
        "(got 'half'); "
        "write the CPU units, 1024 a vCPU",
    ),
    Mistake(
        "task-memory-text",
        {("memory",): "1 MB"},
        "'memory' must be MiB or GB, like '1024' or '1 GB' (got '1 MB'); write the MiB, 1024 a GB",
    ),
    Mistake(
        "fargate-cpu",
        {("cpu",): "600"},
        "'cpu' must be 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 on Fargate (got 600); "
        "write 512",
    ),
    Mistake(
        "fargate-cpu",
        {("cpu",): ABSENT},
        "'cpu' is required on Fargate (got nothing); "
        "give 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768",
    ),
    Mistake(
        "fargate-memory",
        {("memory",): "8192"},
        "'memory' must be 1024, 2048, 3072 or 4096 MiB at cpu=512 (got 8192); "
        "raise cpu or lower memory",
    ),
    Mistake(
        "fargate-memory",
        {("cpu",): "2 vCPU", ("memory",): "2 GB"},
        "'memory' must be 4096 to 16384 in steps of 1024 MiB at cpu=2048 (got '2 GB'); "
        "lower cpu or raise memory",
    ),
    Mistake(
        "fargate-memory",
        {("memory",): "1500"},
        "'memory' must be 1024, 2048, 3072 or 4096 MiB at cpu=512 (got 1500); write 1024",
    ),
    Mistake(
        "fargate-memory",
        {("memory",): ABSENT, (*WEB, "memory"): 64, (*SETUP, "memory"): 64},
        "'memory' is required on Fargate (got nothing); give 1024, 2048, 3072 or 4096 MiB",
    ),
    Mistake(
        "fargate-windows-cpu",
        {("runtimePlatform", "operatingSystemFamily"): "WINDOWS_SERVER_2022_CORE"},
        "'cpu' must be 1024, 2048 or 4096 at runtimePlatform.operatingSystemFamily="
        "WINDOWS_SERVER_2022_CORE on Fargate (got 512); write one of these, or take Linux",
    ),
    Mistake(
        "containers-cpu",
        {(*WEB, "cpu"): 600},
        "'containerDefinitions[0].cpu' must fit in the task's cpu=512 (got 600); "
        "write 512 or less, or raise cpu",
    ),
    Mistake(
        "containers-cpu",
        {(*WEB, "cpu"): 300, (*SETUP, "cpu"): 300},
        "'cpu' must hold the 600 CPU units that the containers take together (got 512); "
        "raise cpu, or lower containerDefinitions[0].cpu and containerDefinitions[1].cpu",
    ),
    Mistake(
        "containers-memory",
        {(*WEB, "memory"): 2048},
        "'containerDefinitions[0].memory' must fit in the task's memory=1024 (got 2048); "
        "write 1024 or less, or raise memory",
    ),
    Mistake(
        "containers-memory",
        {(*WEB, "memory"): 1024, (*SETUP, "memoryReservation"): 100},
        "'memory' must hold the 1124 MiB that the containers take together (got 1024); raise "
        "memory, or lower containerDefinitions[0].memory and "
        "containerDefinitions[1].memoryReservation",
    ),
    Mistake(
        "memory-reservation",
        {(*WEB, "memory"): 100, (*WEB, "memoryReservation"): 200},
        "'containerDefinitions[0].memoryReservation' must not be above "
        "containerDefinitions[0].memory=100 (got 200); "
        "write 100 or less, or raise containerDefinitions[0].memory",
    ),
    Mistake(
        "memory-minimum",
        {(*WEB, "memory"): 5},
        "'containerDefinitions[0].memory' must be at least 6 MiB (got 5); "
        "write 6 or more, or leave it out",
    ),
    Mistake(
        "container-cpu",
        {(*WEB, "cpu"): -1},
        "'containerDefinitions[0].cpu' must not be negative (got -1); write 0 or leave it out",
    ),
    Mistake(
        "ephemeral-storage",
        {("ephemeralStorage",): {"sizeInGiB": 20}},
        "'ephemeralStorage.sizeInGiB' must be 21 to 200 GiB (got 20); "
        "leave it out: 20 GiB is what it then is",
    ),
    Mistake(
        "ephemeral-storage",
        {("ephemeralStorage",): {"sizeInGiB": 201}},
        "'ephemeralStorage.sizeInGiB' must be 21 to 200 GiB (got 201); write 200 or less",
    ),
    Mistake(
        "family-name",
        {("family",): "my shop"},
        "'family' must be 1 to 255 letters, digits, '_' and '-' (got 'my shop'); "
        "take every other character out",
    ),
    Mistake(
        "container-name",
        {(*WEB, "name"): ABSENT},
        "'containerDefinitions[0].name' is required (got nothing); name the container",
    ),
    Mistake(
        "container-name",
        {(*WEB, "name"): ""},
        "'containerDefinitions[0].name' must be 1 to 255 letters, digits, '_' and '-' (got ''); "
        "name it",
    ),
    Mistake(
        "container-name-unique",
        {(*SETUP, "name"): "web"},
        "'containerDefinitions[1].name' must be unique in the task, and "
        "'containerDefinitions[0].name' is the same (got 'web'); rename one",
    ),
    Mistake(
        "container-image",
        {(*WEB, "image"): ABSENT},
        "'containerDefinitions[0].image' is required (got nothing); name the image",
    ),
    Mistake(
        "image-length",
        {(*WEB, "image"): LONG},
        "'containerDefinitions[0].image' must have at most 255 characters before a digest "
        f"(got '{'x' * 59}... 300 characters in all); take 45 characters off it",
    ),
    Mistake(
        "image-digest",
        {(*WEB, "image"): "shop@sha256:abc"},
        "'containerDefinitions[0].image' must have 'sha256:' and 64 hexadecimal digits after '@' "
        "(got 'shop@sha256:abc'); copy the digest whole, or name a tag after ':'",
    ),
    Mistake(
        "essential-container",
        {(*WEB, "essential"): False},
        "'containerDefinitions[0].essential' must be true for at least one container of the task "
        "(got False); leave it out for the main container",
    ),
    Mistake(
        "essential-container",
        {("containerDefinitions",): []},
        "'containerDefinitions' must hold at least one container (got []); add the container",
    ),
    Mistake(
        "depends-on-container",
        {(*WEB, "dependsOn"): [{"containerName": "set-up", "condition": "START"}]},
        "'containerDefinitions[0].dependsOn[0].containerName' must be a container of the task: "
        "'web', 'setup' (got 'set-up'); name one of these",
    ),
    Mistake(
        "depends-on-circle",
        {
            (*WEB, "dependsOn"): [{"containerName": "setup", "condition": "START"}],
            (*SETUP, "dependsOn"): [{"containerName": "web", "condition": "START"}],
        },
        "'containerDefinitions[1].dependsOn[0].containerName' must not close a circle, "
        "web -> setup -> web (got 'web'); take one of these dependencies away",
    ),
    Mistake(
        "depends-on-circle",
        {(*WEB, "dependsOn"): [{"containerName": "web", "condition": "START"}]},
        "'containerDefinitions[0].dependsOn[0].containerName' must not close a circle, "
        "web -> web (got 'web'); take one of these dependencies away",
    ),
    Mistake(
        "depends-on-healthy",
        {(*WEB, "dependsOn"): [{"containerName": "setup", "condition": "HEALTHY"}]},
        "'containerDefinitions[0].dependsOn[0].condition' needs "
        "containerDefinitions[1].healthCheck (got 'HEALTHY'); "
        "give that container a health check, or wait for START",
    ),
    Mistake(
        "depends-on-end",
        {
            (*WEB, "dependsOn"): [{"containerName": "setup", "condition": "SUCCESS"}],
            (*SETUP, "essential"): True,
        },
        "'containerDefinitions[0].dependsOn[0].condition' must not wait for the end of an "
        "essential container (got 'SUCCESS'); make containerDefinitions[1].essential false, "
        "or wait for START or HEALTHY",
    ),
    Mistake(
        "stop-timeout",
        {(*WEB, "stopTimeout"): 121},
        "'containerDefinitions[0].stopTimeout' must be 0 to 120 s on Fargate (got 121); "
        "write 120 or less",
    ),
    Mistake(
        "start-timeout",
        {(*WEB, "startTimeout"): 1},
        "'containerDefinitions[0].startTimeout' must be 2 to 120 s on Fargate (got 1); "
        "write 2 or more",
    ),
    Mistake(
        "health-check-command",
        health_check(command=[]),
        "'containerDefinitions[0].healthCheck.command' must not be empty (got []); "
        "write ['CMD-SHELL', 'the command']",
    ),
    Mistake(
        "health-check-interval",
        health_check(interval=4),
        "'containerDefinitions[0].healthCheck.interval' must be 5 to 300 s (got 4); "
        "write 5 or more",
    ),
    Mistake(
        "health-check-timeout",
        health_check(timeout=61),
        "'containerDefinitions[0].healthCheck.timeout' must be 2 to 60 s (got 61); "
        "write 60 or less",
    ),
    Mistake(
        "health-check-retries",
        health_check(retries=0),
        "'containerDefinitions[0].healthCheck.retries' must be 1 to 10 (got 0); write 1 or more",
    ),
    Mistake(
        "health-check-start",
        health_check(startPeriod=301),
        "'containerDefinitions[0].healthCheck.startPeriod' must be 0 to 300 s (got 301); "
        "write 300 or less",
    ),
    Mistake(
        "restart-period",
        {(*WEB, "restartPolicy"): {"enabled": True, "restartAttemptPeriod": 59}},
        "'containerDefinitions[0].restartPolicy.restartAttemptPeriod' must be 60 to 1800 s "
        "(got 59); write 60 or more",
    ),
    Mistake(
        "restart-exit-codes",
        {(*WEB, "restartPolicy"): {"enabled": True, "ignoredExitCodes": [0] * 51}},
        "'containerDefinitions[0].restartPolicy.ignoredExitCodes' must be at most 50 exit codes "
        "(got 51); leave 1 out",
    ),
    Mistake(
        "port-number",
        {(*PORT, "containerPort"): 65536},
        "'containerDefinitions[0].portMappings[0].containerPort' must be 1 to 65535 (got 65536); "
        "write 65535 or less",
    ),
    Mistake(
        "port-required",
        {(*PORT, "containerPort"): ABSENT},
        "'containerDefinitions[0].portMappings[0].containerPort' is required (got nothing); "
        "give the port that the container listens on",
    ),
    Mistake(
        "port-host",
        {(*PORT, "hostPort"): 80},
        "'containerDefinitions[0].portMappings[0].hostPort' must be absent or equal to "
        "containerDefinitions[0].portMappings[0].containerPort=8080 under awsvpc (got 80); "
        "leave it out",
    ),
    Mistake(
        "volume-name",
        {("volumes",): [{"name": "my cache"}]},
        "'volumes[0].name' must be 1 to 255 letters, digits, hyphens or underscores "
        "(got 'my cache'); rename it, also where it is mounted",
    ),
    Mistake(
        "hostname",
        {(*WEB, "hostname"): "web"},
        "'containerDefinitions[0].hostname' must be absent under networkMode='awsvpc' (got 'web'); "
        "leave it out",
    ),
    Mistake(
        "port-network-none",
        {("networkMode",): "none", (*PORT,): {"containerPort": 80}},
        "'containerDefinitions[0].portMappings' must be empty under networkMode='none' "
        "(got [{'containerPort': 80}]); leave it out, or take another network mode",
        ON_EC2,
    ),
    Mistake(
        "port-range",
        {(*SECOND_PORT, "containerPortRange"): "9010"},
        "'containerDefinitions[0].portMappings[1].containerPortRange' must be 'first-last', "
        "two ports (got '9010'); write it like '8000-8010'",
    ),
    Mistake(
        "port-range",
        {(*SECOND_PORT, "containerPortRange"): "9010-9000"},
        "'containerDefinitions[0].portMappings[1].containerPortRange' must have its first port "
        "before its last, between 1 and 65535 (got '9010-9000'); write the lower port first",
    ),
    Mistake(
        "port-range-alone",
        {SECOND_PORT: {"containerPortRange": "9000-9010", "containerPort": 9000}},
        "'containerDefinitions[0].portMappings[1].containerPort' must be absent beside "
        "containerDefinitions[0].portMappings[1].containerPortRange (got 9000); "
        "leave it out, or map it on its own",
    ),
    Mistake(
        "port-range-network",
        {("networkMode",): "host", PORT: {"containerPortRange": "9000-9010"}},
        "'containerDefinitions[0].portMappings[0].containerPortRange' needs networkMode "
        "'awsvpc' or 'bridge' (got '9000-9010'); take another network mode",
        ON_EC2,
    ),
    Mistake(
        "port-range-count",
        {
            (*WEB, "portMappings"): [
                {"containerPortRange": f"{port}-{port + 1}"} for port in range(1000, 1202, 2)
            ]
        },
        "'containerDefinitions[0].portMappings' must have at most 100 ranges (got 101); "
        "join neighbouring ranges",
    ),
    Mistake(
        "port-range-overlap",
        {SECOND_PORT: {"containerPortRange": "8000-8100"}},
        "'containerDefinitions[0].portMappings[1].containerPortRange' must not overlap "
        "containerDefinitions[0].portMappings[0].containerPort, 8080, for tcp (got '8000-8100'); "
        "let every port stand in one mapping",
    ),
    Mistake(
        "port-once",
        {(*SETUP, "portMappings"): [{"containerPort": 8080, "protocol": "tcp"}]},
        "'containerDefinitions[1].portMappings[0].containerPort' must be mapped once in the task "
        "for tcp, and is mapped by containerDefinitions[0].portMappings[0].containerPort "
        "(got 8080); "
        "take one of them away, or let a container listen on another port",
    ),
    Mistake(
        "port-name",
        {(*PORT, "name"): "Http"},
        "'containerDefinitions[0].portMappings[0].name' must be at most 64 lower-case letters, "
        "digits, '_' and '-', no '-' first (got 'Http'); write 'http'",
    ),
    Mistake(
        "port-name-unique",
        {(*SETUP, "portMappings"): [{"containerPort": 9000, "name": "http"}]},
        "'containerDefinitions[1].portMappings[0].name' must be unique in the task, and "
        "'containerDefinitions[0].portMappings[0].name' is the same (got 'http'); rename one",
    ),
    Mistake(
        "app-protocol-name",
        {PORT: {"containerPort": 8080, "appProtocol": "http"}},
        "'containerDefinitions[0].portMappings[0].appProtocol' needs "
        "containerDefinitions[0].portMappings[0].name (got 'http'); "
        "name the port, or leave this out",
    ),
    Mistake(
        "environment-name",
        {(*WEB, "environment", 0, "name"): ""},
        "'containerDefinitions[0].environment[0].name' must not be empty (got ''); "
        "name the variable",
    ),
    Mistake(
        "environment-unique",
        {(*WEB, "environment", 1): {"name": "PROFILE", "value": "test"}},
        "'containerDefinitions[0].environment[1].name' must be set once, and is "
        "containerDefinitions[0].environment[0].name (got 'PROFILE'); keep one",
    ),
    Mistake(
        "secret-unique",
        {(*WEB, "secrets", 1): {"name": "DB_PASSWORD", "valueFrom": "/other"}},
        "'containerDefinitions[0].secrets[1].name' must be set once, and is "
        "containerDefinitions[0].secrets[0].name (got 'DB_PASSWORD'); keep one",
    ),
    Mistake(
        "secret-or-environment",
        {(*WEB, "environment", 1): {"name": "DB_PASSWORD", "value": "x"}},
        "'containerDefinitions[0].secrets[0].name' must not be a plain variable too, as "
        "containerDefinitions[0].environment[1].name (got 'DB_PASSWORD'); "
        "keep the secret and take the variable away",
    ),
    Mistake(
        "secret-reference",
        {(*WEB, "secrets", 0, "valueFrom"): "arn:aws:secretsmanager:r:1:secret:x:field"},
        "'containerDefinitions[0].secrets[0].valueFrom' must name a Secrets Manager secret or a "
        "Parameter Store parameter (got 'arn:aws:secretsmanager:r:1:secret:x:field'); write a "
        "parameter's name or ARN, or a secret's ARN, ARN:field::, ARN:field:stage:, "
        "ARN:field::version, ARN::stage:, ARN:::version",
    ),
    Mistake(
        "environment-files-count",
        {
            (*WEB, "environmentFiles"): [
                {"type": "s3", "value": f"arn:aws:s3:::bucket/{number}.env"} for number in range(11)
            ]
        },
        "'containerDefinitions[0].environmentFiles' must be at most 10 files (got 11); "
        "join 1 of them",
    ),
    Mistake(
        "environment-file-arn",
        {(*WEB, "environmentFiles"): [{"type": "s3", "value": "s3://bucket/prod.env"}]},
        "'containerDefinitions[0].environmentFiles[0].value' must be the ARN of an object in S3 "
        "(got 's3://bucket/prod.env'); write arn:aws:s3:::BUCKET/KEY",
    ),
    Mistake(
        "environment-file-suffix",
        {(*WEB, "environmentFiles"): [{"type": "s3", "value": "arn:aws:s3:::bucket/prod.txt"}]},
        "'containerDefinitions[0].environmentFiles[0].value' must end in '.env' "
        "(got 'arn:aws:s3:::bucket/prod.txt'); rename the object in S3",
    ),
    Mistake(
        "fargate-log-driver",
        {(*WEB, "logConfiguration"): {"logDriver": "fluentd"}},
        "'containerDefinitions[0].logConfiguration.logDriver' must be 'awslogs', 'splunk' or "
        "'awsfirelens' on Fargate (got 'fluentd'); write 'awslogs'",
    ),
    Mistake(
        "awslogs-options",
        {(*OPTIONS, "awslogs-stream-prefix"): ABSENT},
        "'containerDefinitions[0].logConfiguration.options.awslogs-stream-prefix' is required by "
        "awslogs on Fargate (got nothing); give it",
    ),
    Mistake(
        "awslogs-multiline",
        {
            (*OPTIONS, "awslogs-multiline-pattern"): "^INFO",
            (*OPTIONS, "awslogs-datetime-format"): "%Y",
        },
        "'containerDefinitions[0].logConfiguration.options.awslogs-multiline-pattern' excludes "
        "containerDefinitions[0].logConfiguration.options.awslogs-datetime-format "
        "(got '^INFO'); keep one",
    ),
    Mistake(
        "fargate-firelens-file",
        {
            (*WEB, "firelensConfiguration"): {
                "type": "fluentbit",
                "options": {"config-file-type": "s3"},
            }
        },
        "'containerDefinitions[0].firelensConfiguration.options.config-file-type' must be 'file' "
        "on Fargate (got 's3'); put the file in the router's image and write 'file'",
    ),
    Mistake(
        "fargate-network",
        {("networkMode",): ABSENT},
        "'networkMode' must be 'awsvpc' on Fargate (got nothing); write 'awsvpc'",
    ),
    Mistake(
        "fargate-network",
        {("networkMode",): "host"},
        "'networkMode' must be 'awsvpc' on Fargate (got 'host'); write 'awsvpc'",
    ),
    Mistake(
        "fargate-ipc-mode",
        {("ipcMode",): "task"},
        "'ipcMode' is not supported on Fargate (got 'task'); leave it out",
    ),
    Mistake(
        "fargate-placement",
        {("placementConstraints",): [{"type": "memberOf", "expression": "x"}]},
        "'placementConstraints' is not supported on Fargate "
        "(got [{'type': 'memberOf', 'expression': 'x'}]); leave it out",
    ),
    Mistake(
        "fargate-accelerators",
        {("inferenceAccelerators",): [{"deviceName": "a", "deviceType": "b"}]},
        "'inferenceAccelerators' is not supported on Fargate "
        "(got [{'deviceName': 'a', 'deviceType': 'b'}]); leave it out",
    ),
    Mistake(
        "fargate-pid-mode",
        {("pidMode",): "host"},
        "'pidMode' must be 'task' on Fargate (got 'host'); write 'task', or leave it out",
    ),
    Mistake(
        "fargate-pid-mode",
        {
            ("pidMode",): "task",
            ("cpu",): "1024",
            ("memory",): "2048",
            ("runtimePlatform",): {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
        },
        "'pidMode' is not supported on Fargate with Windows (got 'task'); leave it out",
    ),
    *(
        Mistake(
            rule,
            {(*WEB, member): value},
            f"'containerDefinitions[0].{member}' is not supported on Fargate (got {value!r}); "
            "leave it out",
        )
        for rule, member, value in (
            ("fargate-no-network", "disableNetworking", True),
            ("fargate-privileged", "privileged", True),
            ("fargate-dns-search", "dnsSearchDomains", ["a.example"]),
            ("fargate-dns-servers", "dnsServers", ["10.0.0.2"]),
            ("fargate-security-options", "dockerSecurityOptions", ["no-new-privileges"]),
            ("fargate-extra-hosts", "extraHosts", [{"hostname": "a", "ipAddress": "10.0.0.9"}]),
            ("fargate-links", "links", ["setup"]),
        )
    ),
    Mistake(
        "fargate-resources",
        {(*WEB, "resourceRequirements"): [{"type": "GPU", "value": "1"}]},
        "'containerDefinitions[0].resourceRequirements[0].type' is not supported on Fargate "
        "(got 'GPU'); leave the requirement out",
    ),
    Mistake(
        "fargate-capabilities",
        {(*WEB, "linuxParameters"): {"capabilities": {"add": ["SYS_PTRACE", "NET_ADMIN"]}}},
        "'containerDefinitions[0].linuxParameters.capabilities.add[1]' is not supported on Fargate "
        "(got 'NET_ADMIN'); take it away; only SYS_PTRACE may be added",
    ),
    *(
        Mistake(
            rule,
            {(*WEB, "linuxParameters"): {member: value}},
            f"'containerDefinitions[0].linuxParameters.{member}' is not supported on Fargate "
            f"(got {value!r}); leave it out",
        )
        for rule, member, value in (
            ("fargate-swap", "maxSwap", 0),
            ("fargate-swappiness", "swappiness", 0),
            ("fargate-devices", "devices", [{"hostPath": "/dev/fuse"}]),
            ("fargate-shared-memory", "sharedMemorySize", 64),
        )
    ),
    Mistake(
        "fargate-host-volume",
        {VOLUME: {"name": "data", "host": {"sourcePath": "/data"}}},
        "'volumes[0].host.sourcePath' is not supported on Fargate (got '/data'); "
        "leave it out for an empty volume, or mount EFS",
    ),
    Mistake(
        "fargate-docker-volume",
        {VOLUME: {"name": "data", "dockerVolumeConfiguration": {"scope": "task"}}},
        "'volumes[0].dockerVolumeConfiguration' is not supported on Fargate "
        "(got {'scope': 'task'}); leave it out for an empty volume, or mount EFS",
    ),
    Mistake(
        "volume-name-unique",
        {("volumes",): [{"name": "data"}, {"name": "data"}]},
        "'volumes[1].name' must be unique in the task, and 'volumes[0].name' is the same "
        "(got 'data'); rename one",
    ),
    Mistake(
        "volume-one-kind",
        {
            VOLUME: {
                "name": "data",
                "configuredAtLaunch": True,
                "efsVolumeConfiguration": {"fileSystemId": "fs-1"},
            }
        },
        "'volumes[0].configuredAtLaunch' excludes volumes[0].efsVolumeConfiguration (got True); "
        "keep one",
    ),
    Mistake(
        "volume-one-at-launch",
        {
            ("volumes",): [
                {"name": "a", "configuredAtLaunch": True},
                {"name": "b", "configuredAtLaunch": True},
            ]
        },
        "'volumes[1].configuredAtLaunch' must be true for one volume of the task, and is in "
        "volumes[0].configuredAtLaunch (got True); configure one volume at launch",
    ),
    Mistake(
        "mount-point-volume",
        {(*WEB, "mountPoints"): [{"sourceVolume": "data", "containerPath": "/data"}]},
        "'containerDefinitions[0].mountPoints[0].sourceVolume' must be a volume of the task "
        "(got 'data'); add the volume to volumes, or name one that is there",
    ),
    Mistake(
        "mount-point-volume",
        {
            ("volumes",): [{"name": "cache"}],
            (*WEB, "mountPoints"): [{"sourceVolume": "cahce", "containerPath": "/data"}],
        },
        "'containerDefinitions[0].mountPoints[0].sourceVolume' must be a volume of the task "
        "(got 'cahce'); add the volume to volumes, or write 'cache'",
    ),
    Mistake(
        "volumes-from-container",
        {(*WEB, "volumesFrom"): [{"sourceContainer": "data"}]},
        "'containerDefinitions[0].volumesFrom[0].sourceContainer' must be a container of the task "
        "(got 'data'); name one that is there",
    ),
    Mistake(
        "efs-encryption",
        {
            VOLUME: {
                "name": "data",
                "efsVolumeConfiguration": {
                    "fileSystemId": "fs-1",
                    "authorizationConfig": {"iam": "ENABLED"},
                },
            }
        },
        "'volumes[0].efsVolumeConfiguration.transitEncryption' is needed by "
        "volumes[0].efsVolumeConfiguration.authorizationConfig.iam (got nothing); write 'ENABLED'",
    ),
    Mistake(
        "efs-root",
        {
            VOLUME: {
                "name": "data",
                "efsVolumeConfiguration": {
                    "fileSystemId": "fs-1",
                    "rootDirectory": "/a",
                    "transitEncryption": "ENABLED",
                    "authorizationConfig": {"accessPointId": "fsap-1"},
                },
            }
        },
        "'volumes[0].efsVolumeConfiguration.rootDirectory' must be absent or '/' beside "
        "volumes[0].efsVolumeConfiguration.authorizationConfig.accessPointId (got '/a'); "
        "leave it out",
    ),
    Mistake(
        "tags-count",
        {("tags",): [{"key": f"k{number}"} for number in range(51)]},
        "'tags' must be at most 50 (got 51); leave 1 out",
    ),
    Mistake(
        "tag-unique",
        {("tags",): [{"key": "team"}, {"key": "team"}]},
        "'tags[1].key' must stand once, and is tags[0].key (got 'team'); keep one",
    ),
    Mistake(
        "tag-length",
        {("tags",): [{"key": "", "value": "x"}]},
        "'tags[0].key' must have 1 to 128 characters (got ''); name it",
    ),
    Mistake(
        "tag-aws",
        {("tags",): [{"key": "AWS:team"}]},
        "'tags[0].key' must not begin with 'aws:' (got 'AWS:team'); rename it",
    ),
    Mistake(
        "provider-trusted-execution",
        {("trustedExecutionConfiguration",): {"isolationMode": "SHARED"}},
        "'trustedExecutionConfiguration' cannot be carried by AWS provider 5.100.0 "
        "(got {'isolationMode': 'SHARED'}); leave it out",
    ),
    Mistake(
        "provider-s3files",
        {VOLUME: {"name": "data", "s3filesVolumeConfiguration": {"fileSystemArn": "arn:x"}}},
        "'volumes[0].s3filesVolumeConfiguration' cannot be carried by AWS provider 5.100.0 "
        "(got {'fileSystemArn': 'arn:x'}); mount EFS instead",
    ),
    Mistake(
        "provider-gpu-sharing",
        {
            (*WEB, "resourceRequirements"): [
                {"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 9}}}
            ]
        },
        "'containerDefinitions[0].resourceRequirements[0].sharingStrategy' cannot be carried by "
        "AWS provider 5.100.0 (got {'nvidiaMps': {'memory': 9}}); give whole GPUs in 'value'",
        ON_EC2,
    ),
    Mistake(
        "provider-managed-instances",
        {("requiresCompatibilities",): ["MANAGED_INSTANCES"]},
        "'requiresCompatibilities[0]' cannot be carried by AWS provider 5.100.0 "
        "(got 'MANAGED_INSTANCES'); leave it out",
    ),
    Mistake(
        "provider-operating-system",
        {("runtimePlatform",): {"operatingSystemFamily": "WINDOWS_SERVER_2025_CORE"}},
        "'runtimePlatform.operatingSystemFamily' cannot be carried by AWS provider 5.100.0 "
        "(got 'WINDOWS_SERVER_2025_CORE'); write 'WINDOWS_SERVER_2022_CORE'",
        ON_EC2,
    ),
    Mistake(
        "provider-role",
        {("taskRoleArn",): "arn:aws:iam::ACCOUNT:role/shop"},
        "'taskRoleArn' must be a role's name, or its ARN with an account of 12 digits "
        "(got 'arn:aws:iam::ACCOUNT:role/shop'); write arn:aws:iam::ACCOUNT:role/NAME",
    ),
    *(ON_PROVIDER_6 if PROVIDER_VERSION.startswith("6.") else []),
    Mistake(
        "provider-volume-name",
        {VOLUME: {"host": {}}},
        "'volumes[0].name' is required by AWS provider 5.100.0 (got nothing); name the volume",
    ),
    Mistake(
        "provider-placement",
        {("placementConstraints",): [{"type": "memberOf"}]},
        "'placementConstraints[0].expression' is required (got nothing); give it",
        ON_EC2,
    ),
    Mistake(
        "provider-placement",
        {
            ("placementConstraints",): [
                {"type": "memberOf", "expression": f"attribute:a == {number}"}
                for number in range(11)
            ]
        },
        "'placementConstraints' must be at most 10 (got 11); join some with 'and'",
        ON_EC2,
    ),
    Mistake(
        "provider-efs-port",
        {
            VOLUME: {
                "name": "data",
                "efsVolumeConfiguration": {"fileSystemId": "fs-1", "transitEncryptionPort": 70000},
            }
        },
        "'volumes[0].efsVolumeConfiguration.transitEncryptionPort' must be 0 to 65535 "
        "(got 70000); write 65535 or less",
    ),
    Mistake(
        "provider-fsx-credentials",
        {
            VOLUME: {
                "name": "data",
                "fsxWindowsFileServerVolumeConfiguration": {
                    "fileSystemId": "fs-1",
                    "rootDirectory": "data",
                    "authorizationConfig": {
                        "credentialsParameter": "shop",
                        "domain": "corp.example",
                    },
                },
            }
        },
        "'volumes[0].fsxWindowsFileServerVolumeConfiguration.authorizationConfig"
        ".credentialsParameter' must be an ARN (got 'shop'); "
        "write the ARN of the secret or of the parameter",
    ),
    Mistake(
        "provider-proxy-properties",
        {
            ("proxyConfiguration",): {
                "containerName": "web",
                "properties": [{"name": "AppPorts"}, {"name": "AppPorts"}],
            }
        },
        "'proxyConfiguration.properties[1].name' must stand once, and is "
        "proxyConfiguration.properties[0].name (got 'AppPorts'); keep one",
    ),
    Mistake(
        "provider-blocks",
        {("placementConstraints",): "${TfToken[TOKEN.1]}"},
        "'placementConstraints' must be known at synth, as Terraform has a block for it"
        " (got '${TfToken[TOKEN.1]}'); write its members, which may be references",
    ),
    Mistake(
        "provider-own-type",
        {("ephemeralStorage",): {"sizeInGiB": "${TfToken[TOKEN.1]}"}},
        "'ephemeralStorage.sizeInGiB' must not be a reference in text, as Terraform has no text"
        " there (got '${TfToken[TOKEN.1]}'); write the value, or a reference of its own type",
    ),
    Mistake(
        "provider-map-key",
        {("tags",): [{"key": "__proto__", "value": "a"}]},
        "'tags[0].key' must not be '__proto__', which JavaScript does not keep"
        " (got '__proto__'); rename it",
    ),
]

#: What a hasty rule would refuse.
LEGAL_CHANGES: dict[str, dict[Path, Any]] = {
    "nothing changed": {},
    "CPU and memory with units": {("cpu",): ".5 vCPU", ("memory",): "1gb"},
    "the largest size": {("cpu",): "32 vCPU", ("memory",): "249856"},
    "64 KiB, tags and what is known at apply not counted": {
        (*WEB, "environment"): [{"name": "A", "value": "${TfToken[TOKEN.1]}" + AS_MUCH_AS_FITS}],
        ("tags",): [{"key": "team", "value": "films"}],
    },
    "a CPU that is known at apply": {("cpu",): "${TfToken[TOKEN.1]}", ("memory",): "1"},
    "an image that is known at apply": {(*WEB, "image"): "${TfToken[TOKEN.1]}@nothing"},
    "a port that is known at apply": {(*PORT, "containerPort"): -1.8881545897087626e289},
    "a list that is known at apply": {(*WEB, "portMappings"): ["#{TfToken[TOKEN.2]}"]},
    "options that are known at apply": {OPTIONS: {"&{TfToken[TOKEN.3]}": "x"}},
    "containers whose names are known at apply, alike or not": {
        (*WEB, "name"): "${TfToken[TOKEN.1]}",
        (*SETUP, "name"): "${TfToken[TOKEN.1]}",
        (*SETUP, "dependsOn"): [{"containerName": "web", "condition": "HEALTHY"}],
        (*SETUP, "volumesFrom"): [{"sourceContainer": "web"}],
    },
    "volumes whose names are known at apply": {
        ("volumes",): [{"name": "${TfToken[TOKEN.1]}"}],
        (*WEB, "mountPoints"): [{"sourceVolume": "data", "containerPath": "/data"}],
    },
    "variables whose names are known at apply": {
        (*WEB, "environment"): [{"name": "${TfToken[TOKEN.1]}", "value": "a"}] * 2
    },
    "a digest after a long name": {(*WEB, "image"): "x" * 255 + "@" + DIGEST},
    "a placeholder for an image": {(*WEB, "image"): "<IMAGE>"},
    "a role by its name": {("taskRoleArn",): "ecsTaskRole"},
    "a role under a path in China": {
        ("taskRoleArn",): "arn:aws-cn:iam::123456789012:role/team/shop"
    },
    "the host's port as the container's": {(*PORT, "hostPort"): 8080},
    "the host's port left to AWS as 0": {(*PORT, "hostPort"): 0},
    "a protocol that AWS takes as tcp": {(*PORT, "protocol"): "http"},
    "one port for tcp and for udp": {SECOND_PORT: {"containerPort": 8080, "protocol": "udp"}},
    "a range beside a port": {SECOND_PORT: {"containerPortRange": "9000-9010"}},
    "an empty string for an enumeration": {("pidMode",): "", ("ipcMode",): ""},
    "nulls everywhere": {("ipcMode",): None, (*WEB, "links"): None, (*WEB, "healthCheck"): None},
    "what Fargate does not have, and nobody asks for": {
        (*WEB, "privileged"): False,
        (*WEB, "disableNetworking"): False,
        (*WEB, "links"): [],
        (*WEB, "dnsServers"): [],
        ("placementConstraints",): [],
        ("inferenceAccelerators",): [],
    },
    "the bounds of a health check": health_check(
        interval=300, timeout=60, retries=10, startPeriod=300
    ),
    "the other bounds of a health check": health_check(
        interval=5, timeout=2, retries=1, startPeriod=0
    ),
    "the bounds of the timeouts": {(*WEB, "stopTimeout"): 0, (*WEB, "startTimeout"): 120},
    "tmpfs, since January 2026": {
        (*WEB, "linuxParameters"): {"tmpfs": [{"containerPath": "/tmp", "size": 64}]}
    },
    "system controls of a namespace": {
        (*WEB, "systemControls"): [{"namespace": "net.core.somaxconn", "value": "1024"}]
    },
    "capabilities: SYS_PTRACE added, anything dropped": {
        (*WEB, "linuxParameters"): {"capabilities": {"add": ["SYS_PTRACE"], "drop": ["ALL"]}}
    },
    "a soft limit as high as the hard": {
        (*WEB, "memory"): 512,
        (*WEB, "memoryReservation"): 512,
        (*SETUP, "memoryReservation"): 512,
    },
    "hard limits that overlap, soft ones that fit": {
        (*WEB, "memory"): 1024,
        (*WEB, "memoryReservation"): 512,
        (*SETUP, "memory"): 1024,
        (*SETUP, "memoryReservation"): 512,
    },
    "waiting for a container that ends": {
        (*WEB, "dependsOn"): [{"containerName": "setup", "condition": "COMPLETE"}]
    },
    "waiting for a healthy container": {
        (*SETUP, "dependsOn"): [{"containerName": "web", "condition": "HEALTHY"}],
        **health_check(),
    },
    "FireLens with a file": {
        (*SETUP, "firelensConfiguration"): {
            "type": "fluentbit",
            "options": {"config-file-type": "file", "config-file-value": "/extra.conf"},
        },
        (*WEB, "logConfiguration"): {"logDriver": "awsfirelens"},
    },
    "an empty volume": {
        ("volumes",): [{"name": "data", "host": {}}],
        (*WEB, "mountPoints"): [{"sourceVolume": "data", "containerPath": "/data"}],
    },
    "EFS through an access point": {
        VOLUME: {
            "name": "data",
            "efsVolumeConfiguration": {
                "fileSystemId": "fs-1",
                "rootDirectory": "/",
                "transitEncryption": "ENABLED",
                "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"},
            },
        }
    },
}


def sentences(definition: object, without: str | None = None) -> list[str]:
    rules = [rule for rule in RULES.values() if rule.id != without]
    return [finding.sentence("shop") for finding in definition_findings(definition, rules)]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.rule)
def test_one_mistake_is_one_whole_sentence(mistake: Mistake) -> None:
    definition = changed(mistake.changes, mistake.definition)
    assert sentences(definition) == [f"shop: {mistake.sentence}"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.rule)
def test_without_its_rule_a_mistake_is_not_found(mistake: Mistake) -> None:
    definition = changed(mistake.changes, mistake.definition)
    assert sentences(definition, without=mistake.rule) == []


def test_every_rule_has_a_mistake_that_nothing_else_finds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    proven = {mistake.rule for mistake in MISTAKES}
    assert proven == set(RULES)
    with capsys.disabled():
        print(f"\n{len(proven)} rules, each with a test that fails without the rule")


@pytest.mark.parametrize("changes", LEGAL_CHANGES.values(), ids=LEGAL_CHANGES)
def test_what_is_legal_is_never_refused(changes: dict[Path, Any]) -> None:
    assert sentences(changed(changes)) == []


@pytest.mark.parametrize(
    "mistake",
    [mistake for mistake in MISTAKES if RULES[mistake.rule].fargate_only],
    ids=lambda mistake: mistake.rule,
)
@pytest.mark.parametrize("launch_types", [["EC2"], ["EXTERNAL"], [], ABSENT], ids=str)
def test_a_rule_of_fargate_binds_no_other_definition(mistake: Mistake, launch_types: Any) -> None:
    changes = {**mistake.changes, ("requiresCompatibilities",): launch_types}
    said = sentences(changed(changes, mistake.definition))
    assert [each for each in said if "cannot be carried by AWS provider" not in each] == []


@pytest.mark.parametrize(
    "mistake",
    [mistake for mistake in MISTAKES if RULES[mistake.rule].fargate_only],
    ids=lambda mistake: mistake.rule,
)
def test_a_rule_of_fargate_binds_when_ec2_is_listed_too(mistake: Mistake) -> None:
    changes = {**mistake.changes, ("requiresCompatibilities",): ["EC2", "FARGATE"]}
    assert sentences(changed(changes, mistake.definition)) == [f"shop: {mistake.sentence}"]


def test_all_mistakes_are_found_at_once() -> None:
    definition = changed(
        {
            ("cpu",): "500",
            (*PORT, "containerPort"): "8080",
            (*PORT, "hostport"): 8080,
            (*WEB, "stopTimeout"): 500,
        }
    )
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].portMappings[0].containerPort' must be an integer "
        "(got '8080'); write 8080, without quotes",
        "shop: 'containerDefinitions[0].portMappings[0].hostport' is not known (got 8080); "
        "write 'hostPort'",
        "shop: 'containerDefinitions[0].stopTimeout' must be 0 to 120 s on Fargate (got 500); "
        "write 120 or less",
        "shop: 'cpu' must be 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 on Fargate "
        "(got 500); write 512",
    ]


def test_every_rule_names_its_source() -> None:
    assert {
        rule.source.startswith(("https://docs.aws.amazon.com/", "terraform-provider-aws "))
        for rule in RULES.values()
    } == {True}


def test_bridge_lets_two_containers_map_the_same_port() -> None:
    ports = [{"containerPort": 80, "hostPort": 0}]
    definition = changed({(*WEB, "portMappings"): ports, (*SETUP, "portMappings"): ports}, ON_EC2)
    assert sentences(definition) == []


def test_a_long_way_of_dependencies_is_followed_to_its_end() -> None:
    names = [f"c{number}" for number in range(2000)]
    definition = changed(
        {
            ("containerDefinitions",): [
                {
                    "name": name,
                    "image": "a",
                    "dependsOn": [{"containerName": after, "condition": "START"}],
                }
                for name, after in zip(names, [*names[1:], names[0]], strict=True)
            ]
        }
    )
    finding, _too_large = definition_findings(definition)
    assert finding.path == ("containerDefinitions", 1999, "dependsOn", 0, "containerName")


def test_windows_on_ec2_ignores_the_size_of_the_task() -> None:
    definition = changed(
        {
            ("runtimePlatform",): {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
            (*WEB, "cpu"): 4096,
        },
        ON_EC2,
    )
    assert sentences(definition) == []
