"""A definition as AWS returns it.

Terraform compares what it is given with what AWS returned, so a definition is rendered the way
AWS returns it: a second plan is then empty, and a plan shows only what a person changed. The
provider (5.100.0, `internal/service/ecs/container_definitions.go`, read 2026-11) evens out some
differences before it compares, and not others.
"""

from __future__ import annotations

from typing import Any

from constructs_lib.definition_reading import known
from constructs_lib.fargate_sizes import cpu_units, memory_mib
from constructs_lib.findings import Definition
from constructs_lib.generated.register_task_definition_model import REQUEST, STRUCTURES
from constructs_lib.unknown import is_unknown

#: What DescribeTaskDefinition returns where nothing was registered. The lists and `cpu` are in
# every answer of AWS (reference/*.json); the health check's numbers are those of
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html, the directory is
# that of API_EFSVolumeConfiguration.html (read 2026-11).
RETURNED: dict[str, dict[str, Any]] = {
    REQUEST: {"placementConstraints": [], "volumes": []},
    "ContainerDefinition": {
        "cpu": 0,
        "environment": [],
        "essential": True,
        "mountPoints": [],
        "portMappings": [],
        "systemControls": [],
        "volumesFrom": [],
    },
    "HealthCheck": {"interval": 30, "retries": 3, "timeout": 5},
    "EFSVolumeConfiguration": {"rootDirectory": "/"},
}

# What is empty says something here: the volume is of that kind; or the console has registered it,
# AWS returns it, and the provider takes it for something else than nothing.
_EMPTY_MEANS_SOMETHING = {
    ("Volume", "host"),
    ("Volume", "dockerVolumeConfiguration"),
    ("LogConfiguration", "secretOptions"),
}


def canonical(
    definition: Definition, *, account: str | None = None, partition: str = "aws"
) -> Definition:
    """The definition as DescribeTaskDefinition returns it once it is registered.

    With an account, a role's short name becomes its ARN: AWS takes both, the provider ARNs only.

    Containers keep their order, as AWS returns it and the provider ignores it. Environment and
    secrets are ordered by name, as the provider compares them; so is what is a map in Terraform.
    A variable with an empty value is left out, as AWS drops it (terraform-provider-aws#39533).
    The definition must be one without findings.
    """
    task = _cleaned(definition, REQUEST)
    _write_out_sizes(task)
    for container in known(task, "containerDefinitions", []):
        _write_out_container(container, known(task, "networkMode"), "networkMode" in task)
    for volume in known(task, "volumes", []):
        if not volume.get("configuredAtLaunch", True):
            del volume["configuredAtLaunch"]
        if set(volume) == {"name"}:
            volume["host"] = {}
    for role in ("taskRoleArn", "executionRoleArn"):
        name = known(task, role, "arn:")
        if name == "":
            del task[role]
        elif account and not name.startswith("arn:"):
            task[role] = f"arn:{partition}:iam::{account}:role/{name}"
    _order(task, "tags", "key")
    _order(known(task, "proxyConfiguration", {}), "properties", "name")
    filled = _filled(task, REQUEST)
    return {name: filled[name] for name in (*STRUCTURES[REQUEST], *filled) if name in filled}


def _cleaned(value: Any, kind: str) -> Any:
    """A copy without nulls and without what is empty: absent, to AWS. Keys are in order."""
    if is_unknown(value):
        return value
    if isinstance(value, list):
        items = [_cleaned(item, kind.strip("[]!")) for item in value]
        return [item for item in items if item != {}]
    if not isinstance(value, dict):
        return value
    members = STRUCTURES.get(kind.removesuffix("!"), {})
    cleaned = {}
    for name in sorted(value):
        member = members.get(name, "")
        item = _cleaned(value[name], member)
        if name in members:
            empty = item in (None, [], {}) or (item == "" and member.startswith("="))
            if empty and not member.endswith("!") and not says_something(kind, name, item):
                continue
        cleaned[name] = item
    return cleaned


def says_something(kind: str, name: str, item: object) -> bool:
    return item in ([], {}) and (kind, name) in _EMPTY_MEANS_SOMETHING


def is_dropped(variable: Definition) -> bool:
    """Whether AWS drops a variable of a container's environment: one without a value."""
    return not variable.get("value")


def _filled(value: Any, kind: str) -> Any:
    """The cleaned value with everything that AWS returns beside what it was given."""
    if is_unknown(value):
        return value
    if isinstance(value, list):
        return [_filled(item, kind.strip("[]!")) for item in value]
    structure = kind.removesuffix("!")
    if not isinstance(value, dict) or structure not in STRUCTURES:
        return value
    value = {**RETURNED.get(structure, {}), **value}
    members = STRUCTURES[structure]
    return {name: _filled(value[name], members.get(name, "")) for name in sorted(value)}


def _write_out_sizes(task: Definition) -> None:
    """Writes ".25 vCPU" as "256" and "1 GB" as "1024", as AWS returns them."""
    for name, amount in (("cpu", cpu_units), ("memory", memory_mib)):
        number = amount(known(task, name))
        if number is not None:
            task[name] = str(number)


def _write_out_container(container: Definition, mode: str | None, mode_given: bool) -> None:
    """Ports as AWS returns them; variables and secrets by name, and no variable that it drops."""
    for mapping in known(container, "portMappings", []):
        if "protocol" not in mapping or known(mapping, "protocol") not in ("udp", None):
            mapping["protocol"] = "tcp"
        if "containerPortRange" in mapping:
            for port in ("containerPort", "hostPort"):
                if mapping.get(port) == 0:
                    del mapping[port]
        elif not mapping.get("hostPort"):
            if mode in ("awsvpc", "host") and "containerPort" in mapping:
                mapping["hostPort"] = mapping["containerPort"]
            elif mode is not None or not mode_given:
                mapping["hostPort"] = 0
    if known(container, "environment"):
        variables = container["environment"]
        container["environment"] = [one for one in variables if not is_dropped(one)]
    _order(container, "environment", "name")
    _order(container, "secrets", "name")


def _order(parent: Definition, key: str, member: str) -> None:
    """Orders a list by one member of its structures, where the provider has a map or sorts."""
    if known(parent, key):
        parent[key] = sorted(parent[key], key=lambda one: str(one.get(member, "")))
