"""Reads a definition of the right shape, past every value that is not known at synth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.findings import Definition, Path
from constructs_lib.unknown import is_unknown


def on_fargate(definition: Definition) -> bool:
    """Whether Fargate's rules bind: it is among the launch types that AWS validates against."""
    return "FARGATE" in known(definition, "requiresCompatibilities", [])


def on_windows(definition: Definition) -> bool:
    family = known(known(definition, "runtimePlatform", {}), "operatingSystemFamily", "")
    return str(family).startswith("WINDOWS")


def known(structure: Definition, key: str, default: Any = None) -> Any:
    """The value of a key, or `default` when it is absent or not known."""
    value = structure.get(key)
    return default if value is None or is_unknown(value) else value


def structures(parent: Definition, key: str, path: Path = ()) -> Iterator[tuple[Path, Definition]]:
    """The known structures of a list, each with its path."""
    for index, item in enumerate(known(parent, key, [])):
        if isinstance(item, dict) and not is_unknown(item):
            yield (*path, key, index), item


def containers(definition: Definition) -> Iterator[tuple[Path, Definition]]:
    return structures(definition, "containerDefinitions")


def in_containers(definition: Definition, key: str) -> Iterator[tuple[Path, Definition]]:
    """The known structures of a list that every container may have."""
    for path, container in containers(definition):
        yield from structures(container, key, path)


def secrets_of(container: Definition, path: Path) -> Iterator[tuple[Path, Definition]]:
    """The known secrets of a container and of its log."""
    yield from structures(container, "secrets", path)
    log = known(container, "logConfiguration", {})
    yield from structures(log, "secretOptions", (*path, "logConfiguration"))


def of_containers(definition: Definition, key: str) -> Iterator[tuple[Path, Definition]]:
    """The known structure that every container may have under a key."""
    for path, container in containers(definition):
        structure = known(container, key)
        if structure is not None:
            yield (*path, key), structure


def complete(parent: Definition, key: str, member: str) -> bool:
    """Whether a list and, in each of its structures, one member are known."""
    value = parent.get(key, [])
    return not is_unknown(value) and all(
        not is_unknown(item) and not is_unknown(item.get(member)) for item in value
    )
