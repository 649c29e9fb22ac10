"""Whether two definitions mean the same to AWS, and where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from constructs_lib.canonical import RETURNED, canonical, says_something
from constructs_lib.definition_reading import on_fargate
from constructs_lib.findings import ABSENT, Definition
from constructs_lib.generated.register_task_definition_model import REQUEST, STRUCTURES
from constructs_lib.unknown import is_unknown

# What else AWS does where a member is absent; each page of the API (API_ContainerDefinition.html
# and so on, read 2026-11) names the default. Values that only mean the default stay as they are
# written, since AWS returns them as they were written.
_DEFAULTS: dict[str, dict[str, Any]] = {
    **RETURNED,
    REQUEST: {"networkMode": "bridge", "enableFaultInjection": False},
    "ContainerDefinition": {
        "cpu": 0,
        "essential": True,
        "disableNetworking": False,
        "interactive": False,
        "privileged": False,
        "pseudoTerminal": False,
        "readonlyRootFilesystem": False,
        "versionConsistency": "enabled",
    },
    "HealthCheck": {"interval": 30, "retries": 3, "timeout": 5, "startPeriod": 0},
    "ContainerRestartPolicy": {"restartAttemptPeriod": 300},
    "LinuxParameters": {"initProcessEnabled": False},
    "LogConfiguration": {"secretOptions": {}},  # a list, by what tells its items apart
    "MountPoint": {"readOnly": False},
    "VolumeFrom": {"readOnly": False},
    "Volume": {"configuredAtLaunch": False},
    "DockerVolumeConfiguration": {"autoprovision": False, "driver": "local", "scope": "task"},
    "EFSVolumeConfiguration": {"rootDirectory": "/", "transitEncryption": "DISABLED"},
    "EFSAuthorizationConfig": {"iam": "DISABLED"},
    "ProxyConfiguration": {"type": "APPMESH"},
}

# On Fargate only: ContainerDefinition$stopTimeout and "Task operating systems" in
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html.
_FARGATE_DEFAULTS: dict[str, dict[str, Any]] = {
    "ContainerDefinition": {"stopTimeout": 30},
    "RuntimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
}

# Lists whose order means nothing, by the member that tells their structures apart.
_TOLD_APART_BY = {
    "ContainerDefinition": "name",
    "ContainerDependency": "containerName",
    "Device": "hostPath",
    "HostEntry": "hostname",
    "InferenceAccelerator": "deviceName",
    "KeyValuePair": "name",
    "MountPoint": "containerPath",
    "PortMapping": "containerPort",
    "Secret": "name",
    "SystemControl": "namespace",
    "Tag": "key",
    "TaskDefinitionPlacementConstraint": "expression",
    "Tmpfs": "containerPath",
    "Ulimit": "name",
    "Volume": "name",
    "VolumeFrom": "sourceContainer",
}
_SETS = {
    (REQUEST, "requiresCompatibilities"),
    ("ContainerRestartPolicy", "ignoredExitCodes"),
    ("Device", "permissions"),
    ("KernelCapabilities", "add"),
    ("KernelCapabilities", "drop"),
    ("Tmpfs", "mountOptions"),
}


_ROLES = ("taskRoleArn", "executionRoleArn")


class Difference(NamedTuple):
    """A place where two definitions do not mean the same; ABSENT where one says nothing.

    `path` has members as words and, in brackets, what tells the structures of a list apart:
    `containerDefinitions[movie-service].environment[SPRING_PROFILES_ACTIVE].value`.
    """

    path: str
    before: object
    after: object


def same_meaning(before: Definition, after: Definition) -> list[Difference]:
    """Where two definitions differ under AWS's defaults; empty when they mean the same.

    Absent, null and empty lists are one; so are "256" and ".25 vCPU", a role and its short name, a
    default that is written and one that is not, and lists in another order where it says nothing.
    """
    return _compared(_meaning(before), _meaning(after))


def same_to_terraform(before: Definition, after: Definition) -> list[Difference]:
    """Where Terraform would see two definitions differ, and so register a new revision.

    A default that is written and one that is not are two things to it, and where it has no set, a
    list in another order is another: then the list as a whole is the place.
    """
    found = _compared(_essence(before, {}), _essence(after, {}))
    return found or list(_reordered(before, after))


def _compared(before: Any, after: Any) -> list[Difference]:
    return [
        difference
        for difference in _differences(before, after, "")
        if not (difference.path in _ROLES and _same_role(difference.before, difference.after))
    ]


def _reordered(before: Definition, after: Definition) -> Iterator[Difference]:
    """The lists of containers that have the same in another order."""
    olds, news = (
        {each.get("name"): each for each in canonical(definition).get("containerDefinitions", [])}
        for definition in (before, after)
    )
    for name in [name for name in olds if name in news]:
        for member in {**olds[name], **news[name]}:
            old, new = olds[name].get(member), news[name].get(member)
            if old != new:
                yield Difference(f"containerDefinitions[{name}].{member}", old, new)


def _meaning(definition: Definition) -> Any:
    """The essence of a definition without what AWS would assume anyway."""
    defaults = _DEFAULTS
    if on_fargate(definition):
        defaults = {
            structure: {**defaults.get(structure, {}), **_FARGATE_DEFAULTS.get(structure, {})}
            for structure in {**defaults, **_FARGATE_DEFAULTS}
        }
    return _essence(definition, defaults)


def _essence(definition: Definition, defaults: dict[str, dict[str, Any]]) -> Any:
    """The canonical definition without `defaults`, and with lists by what tells them apart."""
    return _part(canonical(definition), REQUEST, defaults)


def _part(value: Any, kind: str, defaults: dict[str, dict[str, Any]]) -> Any:
    structure = kind.strip("[]!")
    if is_unknown(value):
        return value
    if isinstance(value, list):
        items = [_part(item, structure, defaults) for item in value]
        if structure in _TOLD_APART_BY:
            return _by_what_tells_apart(items, structure)
        return items
    if not isinstance(value, dict):
        return value
    members = STRUCTURES.get(structure, {})
    essence = {}
    for name, item in value.items():
        rest = _part(item, members.get(name, ""), defaults)
        if (structure, name) in _SETS and not is_unknown(rest):
            rest = sorted(rest)
        default = defaults.get(structure, {}).get(name, ABSENT)
        if type(rest) is type(default) and rest == default:
            continue
        if rest not in ([], {}) or says_something(structure, name, rest):
            essence[name] = rest
    return essence


def _by_what_tells_apart(items: list[Any], structure: str) -> Definition:
    found: Definition = {}
    for index, item in enumerate(items):
        told = item.get(_TOLD_APART_BY[structure], "") if isinstance(item, dict) else index
        if structure == "PortMapping":
            told = f"{told or item.get('containerPortRange')}/{item.get('protocol')}"
        name, count = f"[{told}]", 2
        while name in found:
            name, count = f"[{told}, {count}]", count + 1
        found[name] = item
    return found


def _same_role(one: object, other: object) -> bool:
    """Whether one is the short name of the other, a role without a path."""
    short, arn = sorted((str(one), str(other)), key=len)
    return not short.startswith("arn:") and arn.endswith(f":role/{short}")


def _differences(before: Any, after: Any, path: str) -> list[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            difference
            for name in {**before, **after}
            for difference in _differences(
                before.get(name, ABSENT),
                after.get(name, ABSENT),
                path + name if name.startswith("[") or not path else f"{path}.{name}",
            )
        ]
    if ABSENT in (before, after):
        one = after if before is ABSENT else before
        if isinstance(one, dict) and one and all(name.startswith("[") for name in one):
            return _differences(
                {} if before is ABSENT else before, {} if after is ABSENT else after, path
            )
    if type(before) is type(after) and before == after:
        return []
    return [Difference(path, before, after)]
