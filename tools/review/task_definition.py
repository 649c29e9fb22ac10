"""What changes in a task definition, by what it means to AWS.

The provider's attributes are taken back to AWS's own JSON, and compared there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from constructs_lib.definition_shape import check_shape
from constructs_lib.findings import ABSENT, Definition
from constructs_lib.same_meaning import Difference, same_meaning, same_to_terraform
from tools.review import differences as generic
from tools.review.differences import Differences, FieldChange, Words
from tools.review.hidden import UNKNOWN, Hidden, Unknown
from tools.review.plan_file import Change

TYPE = "aws_ecs_task_definition"

_CONTAINERS = "container_definitions"
# The provider's arguments that are Terraform's own, or say the same again.
_NOT_AWS = {
    *("arn", "arn_without_revision", "id", "revision"),
    *("skip_destroy", "track_latest", _CONTAINERS),
}
_AWS_NAMES = {
    "volume": "volumes",
    "inference_accelerator": "inferenceAccelerators",
    "configure_at_launch": "configuredAtLaunch",
    "size_in_gib": "sizeInGiB",
}
# Inside a structure, what the provider says itself where nobody does.
_FILLED_IN = {"configure_at_launch": UNKNOWN, "transit_encryption_port": 0}
_ONE_OF_A_LIST = {
    *("runtime_platform", "ephemeral_storage", "proxy_configuration"),
    *("docker_volume_configuration", "efs_volume_configuration", "authorization_config"),
    "fsx_windows_file_server_volume_configuration",
}
_PROVIDER_NAMES = {"containerDefinitions": _CONTAINERS, "volumes": "volume"}
_PATH = re.compile(r"\[(?P<told>.*?)\](?=[.\[]|$)|\.?(?P<member>[^.\[]+)")
_SINGULAR = {
    "secrets": "secret",
    "portMappings": "port",
    "mountPoints": "mount",
    "ulimits": "ulimit",
}
_WHOLE_VALUE = {
    "environment": "value",
    "secrets": "valueFrom",
    "secretOptions": "valueFrom",
    "tags": "value",
}
_ALSO_OF_THE_TASK = {"cpu", "memory"}
_SPACED = {"environment", "volumes", "dependsOn"}


def containers_of(values: Any) -> list[dict[str, Any]] | None:
    """The containers of a task definition's attributes; None when they are not known."""
    containers = (values or {}).get(_CONTAINERS)
    if containers is None and values is None:
        return []
    if not isinstance(containers, list):
        return None
    return [each for each in containers if isinstance(each, dict)]


def task_differences(change: Change) -> Differences:
    """What changes in a task definition, and the attributes that only look different."""
    before, after = change.before, change.after
    if after is None:
        return Differences([], [])
    old, new = definition_of(before or {}), definition_of(after)
    if (before is not None and not _comparable(old)) or not _comparable(new):
        return generic.differences(change)
    fields = list(_containers_as_a_whole(before, after))
    if fields:
        for definition in (old, new):
            definition.pop("containerDefinitions", None)
    if before is None:
        old = {"containerDefinitions": [{"name": each.get("name")} for each in _containers(new)]}
    found = list(_fields(old, new))
    fields += [field for _, field in found if not _computed(field, change)]
    meaningless = []
    if before is not None:
        meaningless = list(_meaningless(old, new, {place for place, _ in found}))
    rest = generic.differences(_terraforms_own(change))
    return Differences(fields + rest.fields, meaningless + rest.meaningless)


def _containers_as_a_whole(before: Any, after: dict[str, Any]) -> Iterator[FieldChange]:
    """The one field that is left of containers that are not known, or all hidden."""
    old, new = ABSENT if before is None else before.get(_CONTAINERS), after.get(_CONTAINERS)
    if (isinstance(old, Hidden) or isinstance(new, Hidden | Unknown)) and old != new:
        shown = (Words("containers") if isinstance(each, list) else each for each in (old, new))
        yield FieldChange(_CONTAINERS, *shown)


def definition_of(values: dict[str, Any]) -> Definition:
    """AWS's JSON of the provider's attributes, without what is empty."""
    definition = {
        _aws_name(name): _aws(name, value)
        for name, value in values.items()
        if name not in _NOT_AWS and value not in (None, "", [], {})
    }
    containers = values.get(_CONTAINERS)
    if isinstance(containers, list):
        definition["containerDefinitions"] = containers
    return definition


def _aws(name: str, value: Any) -> Any:
    if name == "tags" and isinstance(value, dict):
        return [{"key": key, "value": item} for key, item in sorted(value.items())]
    if name == "properties" and isinstance(value, dict):
        return [{"name": key, "value": item} for key, item in sorted(value.items())]
    if isinstance(value, list):
        items = [_aws("", item) for item in value]
        return items[0] if name in _ONE_OF_A_LIST and items else items
    if isinstance(value, dict):
        structure = {
            _aws_name(key): _aws(key, item)
            for key, item in value.items()
            if item not in (None, "", [], {}) and (key, item) not in _FILLED_IN.items()
        }
        if "hostPath" in structure and "name" in structure:
            structure["host"] = {"sourcePath": structure.pop("hostPath")}
        return structure
    return value


def _aws_name(name: str) -> str:
    head, *rest = name.split("_")
    return _AWS_NAMES.get(name) or head + "".join(word.title() for word in rest)


def _terraforms_own(change: Change) -> Change:
    kept = ("skip_destroy", "track_latest")
    before, after = (
        None if values is None else {name: values[name] for name in kept if name in values}
        for values in (change.before, change.after)
    )
    return change._replace(before=before, after=after)


def _containers(definition: Definition) -> list[Any]:
    containers = definition.get("containerDefinitions", [])
    return containers if isinstance(containers, list) else []


def _comparable(definition: Definition) -> bool:
    """Whether it has the shape of a task definition, as far as it is known."""
    return not check_shape({"containerDefinitions": [], **definition}).findings


def terraform_fields(old: Definition, new: Definition) -> list[FieldChange]:
    """Every field for which Terraform would register a new revision, as it reads."""
    return [field for _, field in _fields(old, new, same_to_terraform)]


def _fields(
    old: Definition,
    new: Definition,
    compare: Callable[[Definition, Definition], list[Difference]] = same_meaning,
) -> Iterator[tuple[tuple[str, ...], FieldChange]]:
    """Every difference: the container and member it lies in, and how it reads."""
    single = len({each.get("name") for each in (*_containers(old), *_containers(new))}) == 1
    for path, before, after in compare(old, new):
        steps = [match["told"] or match["member"] for match in _PATH.finditer(path)]
        place = tuple(steps[:3] if steps[0] == "containerDefinitions" else steps[:1])
        for inner, one, other in _leaves(steps, before, after):
            yield place, FieldChange(_words(inner, single), one, other)


def _leaves(steps: list[str], before: Any, after: Any) -> Iterator[tuple[list[str], Any, Any]]:
    """A structure that came or went as its leaves; a container itself first."""
    known = before if after is ABSENT else after
    if ABSENT not in (before, after) or not isinstance(known, dict) or not known:
        yield steps, before, after
        return

    def one_sided(value: Any) -> tuple[Any, Any]:
        return (value, ABSENT) if after is ABSENT else (ABSENT, value)

    owner = steps[-2] if len(steps) > 1 else ""
    members = {
        key: value for key, value in known.items() if not _said(owner, steps[-1], known, key)
    }
    whole = _WHOLE_VALUE.get(owner)
    if whole in members:
        yield steps, *one_sided(members[whole])
        return
    if not members or owner == "containerDefinitions":
        yield steps, *one_sided(Words(""))
    for key, value in members.items():
        yield from _leaves([*steps, key.strip("[]")], *one_sided(value))


def _said(owner: str, told: str, structure: dict[str, Any], key: str) -> bool:
    """Whether what tells a structure of a list apart says this member already."""
    if owner == "portMappings":
        same_host_port = structure.get("hostPort") == structure.get("containerPort")
        return key in ("containerPort", "protocol") or (key == "hostPort" and same_host_port)
    return key in ("name", "key") and structure[key] == told


def _words(steps: list[str], single: bool) -> str:
    """`containerDefinitions web environment A value` as a person says it: `environment A`."""
    container = ""
    if steps[0] == "containerDefinitions":
        if len(steps) < 3:
            return f"container {steps[1]}"
        container, steps = steps[1], steps[2:]
        if single and steps[0] in _ALSO_OF_THE_TASK:
            steps = [f"container {steps[0]}", *steps[1:]]
    if len(steps) > 2 and _WHOLE_VALUE.get(steps[-3]) == steps[-1]:
        steps = steps[:-1]
    head = _SINGULAR.get(steps[0], steps[0]) if steps[1:] else steps[0]
    text = " ".join(
        [head, ".".join(steps[1:])]
        if steps[1:] and (head != steps[0] or steps[0] in _SPACED)
        else [".".join(steps)]
    )
    return f"{container}: {text}" if container and not single else text


def _computed(field: FieldChange, change: Change) -> bool:
    """Whether AWS fills this in after the apply, and nobody asked for it."""
    return (
        isinstance(field.after, Unknown)
        and change.configured is not None
        and _provider_name(field.field) not in change.configured
    )


def _provider_name(name: str) -> str:
    return _PROVIDER_NAMES.get(name) or re.sub(r"[A-Z]", lambda c: f"_{c[0].lower()}", name)


def _meaningless(old: Definition, new: Definition, meant: set[tuple[str, ...]]) -> Iterator[str]:
    """The members that differ in their text, and in no meaning."""
    olds, news = ({each.get("name"): each for each in _containers(one)} for one in (old, new))
    single = len({*olds, *news}) == 1
    for name in [name for name in olds if name in news]:
        for member in sorted({*olds[name], *news[name]}):
            differs = olds[name].get(member) != news[name].get(member)
            if differs and ("containerDefinitions", name, member) not in meant:
                yield member if single else f"{name}: {member}"
    if list(olds) != list(news) and set(olds) == set(news):
        yield "order of the containers"
    for member in sorted({*old, *new} - {"containerDefinitions"}):
        one, other = old.get(member), new.get(member)
        if one != other and not isinstance(other, Unknown) and (member,) not in meant:
            yield member
