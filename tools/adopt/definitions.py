"""Task definitions: the one that is registered, and the one of the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.canonical import canonical
from constructs_lib.environment import Environment
from constructs_lib.findings import ABSENT, Definition
from tools.adopt.fields import changes
from tools.adopt.live.kind import Found
from tools.review.differences import FieldChange
from tools.review.hidden import Cleaner
from tools.review.task_definition import definition_of, terraform_fields

# Terraform takes what AWS says where the code says nothing of them.
_LEFT_TO_AWS = ("networkMode", "enableFaultInjection")
_NOT_AWS = ("tags", "dependsOn", "lifecycle", "provider")


def registered(definition: Definition, environment: Environment) -> Definition:
    """A definition that is registered, as it is compared."""
    partition = environment.partition.name
    return canonical(definition, account=environment.account_id, partition=partition)


def in_code(values: Mapping[str, Any]) -> Definition:
    """The definition that a resource of the code registers, without its tags."""
    definition = definition_of(dict(values))
    return {key: value for key, value in definition.items() if key not in _NOT_AWS}


def new_revision_fields(
    definition: Definition, code: Definition, environment: Environment
) -> list[FieldChange]:
    """Every field for which Terraform would register a new revision of what is registered.

    Secrets are hidden.
    """
    live, code = registered(definition, environment), dict(code)
    emptied = list(_emptied(definition, live))
    for name in _LEFT_TO_AWS:
        if name not in code:
            live.pop(name, None)
    if not code.get("enableFaultInjection") and not live.get("enableFaultInjection"):
        for definition in (live, code):
            definition.pop("enableFaultInjection", None)
    if not terraform_fields(live, code):
        return emptied
    return terraform_fields(Cleaner().cleaned(live), Cleaner().cleaned(code)) + emptied


def _emptied(definition: Definition, live: Definition) -> Iterator[FieldChange]:
    """What is registered as empty and is never rendered, where the provider (5.100.0) sees that.

    `live` is the definition as the code could say it.

    It takes an empty list of a container for none, and nothing else: not an empty map, not what is
    empty inside a structure, and not a variable of an empty value, though it registers none (AWS
    drops it, and the embedded AWS does not). Seen by planning imports of each.
    """
    containers = definition["containerDefinitions"]
    for container, sayable in zip(containers, live["containerDefinitions"], strict=True):
        owner = f"{container['name']}: " if len(containers) > 1 else ""
        for name, value in container.items():
            said = dict(_empties(sayable.get(name), name))
            for path, empty in _empties(value, name):
                if value != [] and path not in said:
                    yield FieldChange(f"{owner}{path}", empty, ABSENT)
        for variable in container.get("environment", ()):
            if variable.get("value", "") == "":
                yield FieldChange(f"{owner}environment {variable['name']}", "", ABSENT)


def _empties(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if value in ([], {}):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _empties(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _empties(item, f"{path}[{index}]")


def differing(
    values: Mapping[str, Any],
    found: Found,
    default_tags: Mapping[str, str],
    environment: Environment,
) -> tuple[list[FieldChange], bool]:
    """What differs, and whether it takes a new revision: tags alone are changed where they are."""
    fields = new_revision_fields(found.values["definition"], in_code(values), environment)
    tags = {**default_tags, **values.get("tags", {})}
    return [*fields, *changes("tags", found.values["tags"], tags)], bool(fields)


def is_kept(values: Mapping[str, Any], attributes: Mapping[str, Any]) -> bool:
    """Whether the state lets a revision stay ACTIVE when it is replaced, if the code wants that."""
    return not values.get("skip_destroy") or attributes.get("skip_destroy") is True
