"""The log groups that a definition's containers write to, and which of them the stack makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructs_lib.definition_reading import containers, known
from constructs_lib.findings import Path


def log_groups(definition: Mapping[str, Any]) -> list[tuple[Path, str, bool]]:
    """The groups: where each is said, its name, and whether ECS makes it."""
    groups = []
    for path, container in containers(dict(definition)):
        log = known(container, "logConfiguration")
        options = known(log, "options") if isinstance(log, dict) else None
        if not isinstance(options, dict) or log.get("logDriver") != "awslogs":
            continue
        group = options.get("awslogs-group")
        if isinstance(group, str):
            place = (*path, "logConfiguration", "options", "awslogs-group")
            groups.append((place, group, options.get("awslogs-create-group") == "true"))
    return groups


def with_log_options(
    containers: Sequence[Any], log_group: str, options: Mapping[str, str]
) -> list[Any]:
    """The containers, with other options where they write to the group."""
    changed = list(containers)
    for path, group, _ in log_groups({"containerDefinitions": changed}):
        if group == log_group:
            index = int(path[1])
            log = changed[index]["logConfiguration"]
            log = {**log, "options": {**log["options"], **options}}
            changed[index] = {**changed[index], "logConfiguration": log}
    return changed
