"""Random definitions, all of them legal: for Fargate, for EC2, for both."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from constructs_lib.fargate_sizes import FARGATE_SIZES, FARGATE_WINDOWS_CPU_UNITS
from constructs_lib.findings import Definition

NAMES = st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True)
VARIABLES = st.from_regex(r"[A-Z][A-Z0-9_]{0,20}", fullmatch=True)
PORT_NAMES = st.from_regex(r"[a-z0-9_][a-z0-9_-]{0,20}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["${HOME}", "%{x}", "$${x}", '"quoted"', "back\\slash", "<&>", "two\nlines", "Grüße"]
)
IMAGES = st.sampled_from(
    ["shop", "shop:1", "registry.example:5000/team/shop:1.2-rc_3", "shop@sha256:" + "0f" * 32]
)
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-AbCdE1"
REFERENCES = st.sampled_from(
    [
        "/shop/db",
        "DB",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db",
        SECRET,
        f"{SECRET}:user::",
        f"{SECRET}:user:AWSPREVIOUS:",
        f"{SECRET}:::9d4cb84b",
    ]
)
ROLES = st.sampled_from(["ecsTaskRole", "arn:aws:iam::123456789012:role/team/shop"])


def maybe(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Definition]:
    """An object with any of these members; one in a few is an explicit null, which is absent."""
    return st.fixed_dictionaries(
        {}, optional={name: st.none() | member for name, member in members.items()}
    )


def seconds(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


def lists(items: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, max_size=most)


HEALTH_CHECKS = st.tuples(
    st.fixed_dictionaries({"command": st.just(["CMD-SHELL", "curl -f localhost || exit 1"])}),
    maybe(
        interval=seconds(5, 300),
        timeout=seconds(2, 60),
        retries=seconds(1, 10),
        startPeriod=seconds(0, 300),
    ),
).map(lambda parts: {**parts[0], **parts[1]})

RESTART_POLICIES = st.tuples(
    st.fixed_dictionaries({"enabled": st.booleans()}),
    maybe(
        ignoredExitCodes=lists(st.integers(0, 255), 50),
        restartAttemptPeriod=seconds(60, 1800),
    ),
).map(lambda parts: {**parts[0], **parts[1]})

LINUX_PARAMETERS = maybe(
    initProcessEnabled=st.booleans(),
    capabilities=maybe(
        add=st.just(["SYS_PTRACE"]) | st.just([]), drop=lists(st.sampled_from(["ALL", "CHOWN"]))
    ),
    tmpfs=lists(
        st.fixed_dictionaries(
            {"containerPath": st.just("/tmp"), "size": st.integers(1, 512)},
            optional={"mountOptions": lists(st.sampled_from(["noexec", "nosuid"]))},
        ),
        1,
    ),
)

LOGS = st.one_of(
    st.fixed_dictionaries(
        {
            "logDriver": st.just("awslogs"),
            "options": st.fixed_dictionaries(
                {
                    "awslogs-group": st.just("/ecs/shop"),
                    "awslogs-region": st.just("us-east-1"),
                    "awslogs-stream-prefix": st.just("ecs"),
                },
                optional={
                    "mode": st.sampled_from(["blocking", "non-blocking"]),
                    "awslogs-datetime-format": st.just("%Y-%m-%d"),
                },
            ),
        }
    ),
    st.fixed_dictionaries(
        {
            "logDriver": st.just("splunk"),
            "options": st.just({"splunk-url": "https://splunk.example"}),
            "secretOptions": st.just([{"name": "splunk-token", "valueFrom": SECRET}]),
        }
    ),
    st.fixed_dictionaries(
        {"logDriver": st.just("awsfirelens")},
        optional={"options": st.dictionaries(VARIABLES, TEXTS, max_size=3)},
    ),
)

#: What may stand in every container, wherever it runs.
REST_OF_A_CONTAINER = maybe(
    command=lists(TEXTS),
    entryPoint=lists(TEXTS),
    workingDirectory=st.just("/srv"),
    user=st.sampled_from(["1000", "app:app"]),
    readonlyRootFilesystem=st.booleans(),
    interactive=st.booleans(),
    pseudoTerminal=st.booleans(),
    privileged=st.just(False),
    startTimeout=seconds(2, 120),
    stopTimeout=seconds(0, 120),
    versionConsistency=st.sampled_from(["enabled", "disabled"]),
    dockerLabels=st.dictionaries(VARIABLES, TEXTS, max_size=3),
    systemControls=lists(st.just({"namespace": "net.core.somaxconn", "value": "1024"}), 1),
    ulimits=lists(
        st.fixed_dictionaries(
            {
                "name": st.just("nofile"),
                "softLimit": st.integers(-1, 65535),
                "hardLimit": st.integers(-1, 65535),
            }
        ),
        1,
    ),
    environmentFiles=lists(
        st.fixed_dictionaries(
            {"type": st.just("s3"), "value": st.just("arn:aws:s3:::files/prod.env")}
        ),
        10,
    ),
    repositoryCredentials=st.just({"credentialsParameter": SECRET}),
    credentialSpecs=st.just(["credentialspecdomainless:arn:aws:s3:::specs/gmsa.json"]),
    healthCheck=HEALTH_CHECKS,
    restartPolicy=RESTART_POLICIES,
    linuxParameters=LINUX_PARAMETERS,
    logConfiguration=LOGS,
)

VOLUME_KINDS: st.SearchStrategy[Definition] = st.sampled_from(
    [
        {},
        {"host": {}},
        {"configuredAtLaunch": False},
        {"efsVolumeConfiguration": {"fileSystemId": "fs-1", "rootDirectory": "/shop"}},
        {
            "efsVolumeConfiguration": {
                "fileSystemId": "fs-1",
                "transitEncryption": "ENABLED",
                "transitEncryptionPort": 2999,
                "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"},
            }
        },
        {
            "fsxWindowsFileServerVolumeConfiguration": {
                "fileSystemId": "fs-1",
                "rootDirectory": "share",
                "authorizationConfig": {"credentialsParameter": SECRET, "domain": "corp.example"},
            }
        },
    ]
)
EC2_VOLUME_KINDS: st.SearchStrategy[Definition] = VOLUME_KINDS | st.sampled_from(
    [
        {"host": {"sourcePath": "/var/data"}},
        {"dockerVolumeConfiguration": {}},
        {"dockerVolumeConfiguration": {"scope": "shared", "autoprovision": True}},
    ]
)


@st.composite
def containers(draw: st.DrawFn, mode: str | None, volumes: list[str]) -> list[Definition]:
    """One to three containers that share the ports, and wait only for the ones before them."""
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    ports = iter(draw(st.permutations(range(8000, 8020))))
    port_names = iter(draw(st.lists(PORT_NAMES, min_size=12, max_size=12, unique=True)))
    made: list[Definition] = []
    for index, name in enumerate(names):
        container = {"name": name, "image": draw(IMAGES), **draw(REST_OF_A_CONTAINER)}
        if index == 0:
            container["essential"] = draw(st.sampled_from([True, None]))
        else:
            container["essential"] = draw(st.booleans())
        container["cpu"] = draw(st.integers(0, 80))
        if draw(st.booleans()):
            container["memory"] = draw(st.integers(100, 160))
            container["memoryReservation"] = draw(st.none() | st.integers(6, 100))
        variables = draw(st.lists(VARIABLES, max_size=6, unique=True))
        half = len(variables) // 2
        container["environment"] = [
            {"name": variable, "value": draw(TEXTS)} for variable in variables[:half]
        ]
        container["secrets"] = [
            {"name": variable, "valueFrom": draw(REFERENCES)} for variable in variables[half:]
        ]
        if mode != "none":
            container["portMappings"] = [
                draw(port_mappings(next(ports), next(port_names), mode))
                for _ in range(draw(st.integers(0, 3)))
            ]
        container["dependsOn"] = (
            [
                {
                    "containerName": other["name"],
                    "condition": draw(
                        st.sampled_from(
                            ["START"]
                            + ["HEALTHY"] * bool(other.get("healthCheck"))
                            + ["COMPLETE", "SUCCESS"] * (other["essential"] is False)
                        )
                    ),
                }
                for other in draw(st.lists(st.sampled_from(made), max_size=2, unique_by=id))
            ]
            if made
            else []
        )
        container["mountPoints"] = [
            {"sourceVolume": volume, "containerPath": f"/mnt/{volume}", "readOnly": True}
            for volume in volumes
            if draw(st.booleans())
        ]
        made.append(container)
    return draw(st.permutations(made))


@st.composite
def port_mappings(draw: st.DrawFn, port: int, name: str, mode: str | None) -> Definition:
    """A mapping of one port, or of a range that no other mapping has."""
    mapping: Definition = draw(maybe(protocol=st.sampled_from(["tcp", "udp"])))
    if draw(st.booleans()):
        mapping["name"] = name
        mapping |= draw(maybe(appProtocol=st.sampled_from(["http", "http2", "grpc"])))
    if mode != "host" and draw(st.integers(0, 3)) == 0:
        first = 20000 + 100 * (port - 8000)
        return {**mapping, "containerPortRange": f"{first}-{first + draw(st.integers(1, 99))}"}
    host = [None, 0, port] if mode in ("awsvpc", "host") else [None, 0, 80, 49152]
    return {**mapping, "containerPort": port, "hostPort": draw(st.sampled_from(host))}


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """A legal definition for Fargate, for EC2, or for both."""
    launch_types = draw(st.sampled_from([["FARGATE"], ["EC2", "FARGATE"], ["EC2"], None]))
    fargate = launch_types is not None and "FARGATE" in launch_types
    mode = (
        "awsvpc" if fargate else draw(st.sampled_from(["bridge", "host", "awsvpc", "none", None]))
    )
    windows = draw(st.integers(0, 9)) == 0
    cpu = draw(st.sampled_from(FARGATE_WINDOWS_CPU_UNITS if windows else tuple(FARGATE_SIZES)))
    memory = draw(st.sampled_from(FARGATE_SIZES[cpu]))
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    kinds = VOLUME_KINDS if fargate else EC2_VOLUME_KINDS
    rest: Definition = draw(
        maybe(
            taskRoleArn=ROLES,
            executionRoleArn=ROLES,
            ephemeralStorage=st.integers(21, 200).map(lambda size: {"sizeInGiB": size}),
            enableFaultInjection=st.booleans(),
            tags=st.lists(VARIABLES, max_size=3, unique=True).map(
                lambda keys: [{"key": key, "value": key.lower()} for key in keys]
            ),
        )
    )
    definition: Definition = {
        "family": draw(NAMES),
        "networkMode": mode,
        "requiresCompatibilities": launch_types,
        "cpu": draw(st.sampled_from([str(cpu), f"{cpu / 1024} vCPU", f"{cpu / 1024}vcpu"])),
        "memory": draw(st.sampled_from([str(memory), f"{memory / 1024} GB"])),
        "volumes": [{"name": name, **draw(kinds)} for name in names],
        "containerDefinitions": draw(containers(mode, names)),
        **rest,
    }
    if windows:
        definition["runtimePlatform"] = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
    else:
        pid_modes = ["task"] if fargate else ["task", "host", ""]
        ipc_modes = [""] if fargate else ["task", "host", "none"]
        platforms = maybe(
            cpuArchitecture=st.sampled_from(["X86_64", "ARM64"]),
            operatingSystemFamily=st.just("LINUX"),
        )
        namespaces: Definition = draw(
            maybe(
                pidMode=st.sampled_from(pid_modes),
                ipcMode=st.sampled_from(ipc_modes),
                runtimePlatform=platforms,
            )
        )
        definition |= namespaces
    return definition
