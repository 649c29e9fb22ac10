"""Rules about port mappings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from constructs_lib.definition_reading import containers, in_containers, known, structures
from constructs_lib.findings import ABSENT, Definition, Finding, Path
from constructs_lib.rules.rule import api, outside, rule
from constructs_lib.unknown import is_unknown

_SOURCE = api("PortMapping")
_LAST_PORT = 65535
_MOST_RANGES = 100
_RANGE = re.compile(r"([0-9]{1,40})-([0-9]{1,40})")
_NAME = re.compile(r"[a-z0-9_][a-z0-9_-]{0,63}")


@rule("port-number", "A port is 1 to 65535", _SOURCE)
def port_number(task: Definition) -> Iterator[Finding]:
    for path, mapping in in_containers(task, "portMappings"):
        if not _has_range(mapping) or mapping.get("containerPort"):
            yield from outside(mapping, path, "containerPort", 1, _LAST_PORT)
        yield from outside(mapping, path, "hostPort", 0, _LAST_PORT)


@rule("port-required", "A mapping has a port or a range", _SOURCE)
def port_required(task: Definition) -> Iterator[Finding]:
    for path, mapping in in_containers(task, "portMappings"):
        if mapping and "containerPort" not in mapping and not _has_range(mapping):
            cure = "give the port that the container listens on"
            yield Finding((*path, "containerPort"), "is required", ABSENT, cure)


@rule("port-host", "Under awsvpc and host, the host's port is the container's", _SOURCE)
def port_host(task: Definition) -> Iterator[Finding]:
    mode = known(task, "networkMode")
    if mode not in ("awsvpc", "host"):
        return
    for path, mapping in in_containers(task, "portMappings"):
        port, host = known(mapping, "containerPort"), known(mapping, "hostPort")
        if port and host and host != port:
            rule = f"must be absent or equal to {{0}}={port} under {mode}"
            yield Finding(
                (*path, "hostPort"), rule, host, "leave it out", ((*path, "containerPort"),)
            )


@rule("port-network-none", "A task without a network has no ports", _SOURCE)
def port_network_none(task: Definition) -> Iterator[Finding]:
    if known(task, "networkMode") != "none":
        return
    for path, container in containers(task):
        if known(container, "portMappings"):
            rule = "must be empty under {0}='none'"
            cure = "leave it out, or take another network mode"
            value = container["portMappings"]
            yield Finding((*path, "portMappings"), rule, value, cure, (("networkMode",),))


@rule("port-range", "A range is first-last, in order", _SOURCE)
def port_range(task: Definition) -> Iterator[Finding]:
    for path, mapping in in_containers(task, "portMappings"):
        written = known(mapping, "containerPortRange")
        if not written:
            continue
        parts = _RANGE.fullmatch(written)
        place = (*path, "containerPortRange")
        if parts is None:
            rule = "must be 'first-last', two ports"
            yield Finding(place, rule, written, "write it like '8000-8010'")
        elif not 1 <= int(parts[1]) < int(parts[2]) <= _LAST_PORT:
            rule = f"must have its first port before its last, between 1 and {_LAST_PORT}"
            cure = "write the lower port first"
            if int(parts[1]) == int(parts[2]):
                cure = "write a single port as {0}"
            yield Finding(place, rule, written, cure, ((*path, "containerPort"),))


@rule("port-range-alone", "A range takes the place of single ports", _SOURCE)
def port_range_alone(task: Definition) -> Iterator[Finding]:
    for path, mapping in in_containers(task, "portMappings"):
        if _has_range(mapping):
            for key in ("containerPort", "hostPort"):
                if known(mapping, key):
                    rule, cure = "must be absent beside {0}", "leave it out, or map it on its own"
                    other = (*path, "containerPortRange")
                    yield Finding((*path, key), rule, mapping[key], cure, (other,))


@rule("port-range-network", "A range needs awsvpc or bridge", _SOURCE)
def port_range_network(task: Definition) -> Iterator[Finding]:
    mode = known(task, "networkMode")
    if mode != "host":
        return
    for path, mapping in in_containers(task, "portMappings"):
        if _has_range(mapping):
            rule, cure = "needs {0} 'awsvpc' or 'bridge'", "take another network mode"
            value = mapping["containerPortRange"]
            yield Finding((*path, "containerPortRange"), rule, value, cure, (("networkMode",),))


@rule("port-range-count", "A container has at most 100 ranges", _SOURCE)
def port_range_count(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        mappings = structures(container, "portMappings", path)
        count = sum(_has_range(mapping) for _, mapping in mappings)
        if count > _MOST_RANGES:
            rule = f"must have at most {_MOST_RANGES} ranges"
            yield Finding((*path, "portMappings"), rule, count, "join neighbouring ranges")


class _Ports(NamedTuple):
    """A port or a range of them, with its protocol and the container that has it."""

    path: Path
    written: object
    first: int
    last: int
    protocol: str
    container: Path


@rule("port-range-overlap", "Ranges do not overlap", _SOURCE)
def port_range_overlap(task: Definition) -> Iterator[Finding]:
    for ports, other in _overlaps(task):
        if ports.first != ports.last or other.first != other.last:
            rule = f"must not overlap {{0}}, {other.written}, for {ports.protocol}"
            cure = "let every port stand in one mapping"
            yield Finding(ports.path, rule, ports.written, cure, (other.path,))


@rule("port-once", "Under awsvpc, a port is mapped once in the task", _SOURCE)
def port_once(task: Definition) -> Iterator[Finding]:
    if known(task, "networkMode") != "awsvpc":
        return
    for ports, other in _overlaps(task):
        if ports.first == ports.last and other.first == other.last:
            rule = f"must be mapped once in the task for {ports.protocol}, and is mapped by {{0}}"
            cure = "take one of them away, or let a container listen on another port"
            yield Finding(ports.path, rule, ports.written, cure, (other.path,))


def _overlaps(task: Definition) -> Iterator[tuple[_Ports, _Ports]]:
    """Mappings of the same ports; under awsvpc the containers of a task share their ports."""
    seen: list[_Ports] = []
    shared = known(task, "networkMode") == "awsvpc"
    for ports in _mapped(task):
        for other in seen:
            if (
                ports.protocol == other.protocol
                and ports.first <= other.last
                and other.first <= ports.last
                and (shared or ports.container == other.container)
            ):
                yield ports, other
                break
        seen.append(ports)


def _mapped(task: Definition) -> Iterator[_Ports]:
    for path, mapping in in_containers(task, "portMappings"):
        protocol = mapping.get("protocol", "tcp")
        if is_unknown(protocol):
            continue
        protocol = "udp" if protocol == "udp" else "tcp"
        written = known(mapping, "containerPortRange", "")
        parts = _RANGE.fullmatch(written)
        port = known(mapping, "containerPort")
        if parts is not None:
            place = (*path, "containerPortRange")
            yield _Ports(place, written, int(parts[1]), int(parts[2]), protocol, path[:2])
        elif port:
            yield _Ports((*path, "containerPort"), port, port, port, protocol, path[:2])


@rule("port-name", "A port's name is short and in lower case", _SOURCE)
def port_name(task: Definition) -> Iterator[Finding]:
    for path, mapping in in_containers(task, "portMappings"):
        name = known(mapping, "name")
        if name and not _NAME.fullmatch(name):
            rule = "must be at most 64 lower-case letters, digits, '_' and '-', no '-' first"
            cure = "take every other character out"
            if _NAME.fullmatch(name.lower()):
                cure = f"write '{name.lower()}'"
            elif len(name) > 64:
                cure = "shorten it"
            yield Finding((*path, "name"), rule, name, cure)


@rule("port-name-unique", "Port names are unique in the task", _SOURCE)
def port_name_unique(task: Definition) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, mapping in in_containers(task, "portMappings"):
        name, here = known(mapping, "name"), (*path, "name")
        if name in first:
            rule = "must be unique in the task, and '{0}' is the same"
            yield Finding(here, rule, name, "rename one", (first[name],))
        elif name:
            first[name] = here


@rule("app-protocol-name", "appProtocol needs a name", _SOURCE)
def app_protocol_name(task: Definition) -> Iterator[Finding]:
    for path, mapping in in_containers(task, "portMappings"):
        if known(mapping, "appProtocol") and not mapping.get("name"):
            cure = "name the port, or leave this out"
            value, other = mapping["appProtocol"], (*path, "name")
            yield Finding((*path, "appProtocol"), "needs {0}", value, cure, (other,))


def _has_range(mapping: Definition) -> bool:
    return bool(mapping.get("containerPortRange"))
