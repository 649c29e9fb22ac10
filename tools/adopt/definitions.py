"""Task definitions: the one that is registered, and the one of the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.canonical import canonical
from constructs_lib.environment import Environment
from constructs_lib.findings import Definition
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


def new_revision_fields(live: Definition, code: Definition) -> list[FieldChange]:
    """Every field for which Terraform would register a new revision; secrets are hidden."""
    live, code = dict(live), dict(code)
    for name in _LEFT_TO_AWS:
        if name not in code:
            live.pop(name, None)
    if not code.get("enableFaultInjection") and not live.get("enableFaultInjection"):
        for definition in (live, code):
            definition.pop("enableFaultInjection", None)
    if not terraform_fields(live, code):
        return []
    return terraform_fields(Cleaner().cleaned(live), Cleaner().cleaned(code))


def differing(
    values: Mapping[str, Any],
    found: Found,
    default_tags: Mapping[str, str],
    environment: Environment,
) -> tuple[list[FieldChange], bool]:
    """What differs, and whether it takes a new revision: tags alone are changed where they are."""
    live = registered(found.values["definition"], environment)
    fields = new_revision_fields(live, in_code(values))
    tags = {**default_tags, **values.get("tags", {})}
    return [*fields, *changes("tags", found.values["tags"], tags)], bool(fields)


def is_kept(values: Mapping[str, Any], attributes: Mapping[str, Any]) -> bool:
    """Whether the state lets a revision stay ACTIVE when it is replaced, if the code wants that."""
    return not values.get("skip_destroy") or attributes.get("skip_destroy") is True
