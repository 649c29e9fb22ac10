"""Rules about what Fargate does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.definition_reading import (
    containers,
    in_containers,
    known,
    on_windows,
    structures,
)
from constructs_lib.findings import ABSENT, Definition, Finding
from constructs_lib.rules.rule import FARGATE, api, rule

_RULE = "is not supported on Fargate"
_CURE = "leave it out"


@rule("fargate-network", "Fargate's network is awsvpc", FARGATE, fargate_only=True)
def fargate_network(task: Definition) -> Iterator[Finding]:
    if "networkMode" not in task or known(task, "networkMode", "awsvpc") != "awsvpc":
        value = task.get("networkMode", ABSENT)
        yield Finding(("networkMode",), "must be 'awsvpc' on Fargate", value, "write 'awsvpc'")


@rule("fargate-ipc-mode", "Fargate has no ipcMode", FARGATE, fargate_only=True)
def fargate_ipc_mode(task: Definition) -> Iterator[Finding]:
    yield from _task_has_no(task, "ipcMode")


@rule("fargate-placement", "Fargate has no placement constraints", FARGATE, fargate_only=True)
def fargate_placement(task: Definition) -> Iterator[Finding]:
    yield from _task_has_no(task, "placementConstraints")


@rule("fargate-accelerators", "Fargate has no inference accelerators", FARGATE, fargate_only=True)
def fargate_accelerators(task: Definition) -> Iterator[Finding]:
    yield from _task_has_no(task, "inferenceAccelerators")


@rule("fargate-pid-mode", "Fargate's pidMode is task, on Linux", FARGATE, fargate_only=True)
def fargate_pid_mode(task: Definition) -> Iterator[Finding]:
    mode = known(task, "pidMode")
    if mode is not None and on_windows(task):
        yield Finding(("pidMode",), "is not supported on Fargate with Windows", mode, _CURE)
    elif mode not in (None, "task"):
        cure = "write 'task', or leave it out"
        yield Finding(("pidMode",), "must be 'task' on Fargate", mode, cure)


@rule("fargate-no-network", "Fargate has no disableNetworking", FARGATE, fargate_only=True)
def fargate_no_network(task: Definition) -> Iterator[Finding]:
    yield from _containers_have_no(task, "disableNetworking")


@rule("fargate-privileged", "Fargate has no privileged containers", FARGATE, fargate_only=True)
def fargate_privileged(task: Definition) -> Iterator[Finding]:
    yield from _containers_have_no(task, "privileged")


@rule("fargate-dns-search", "Fargate has no dnsSearchDomains", FARGATE, fargate_only=True)
def fargate_dns_search(task: Definition) -> Iterator[Finding]:
    yield from _containers_have_no(task, "dnsSearchDomains")


@rule("fargate-dns-servers", "Fargate has no dnsServers", FARGATE, fargate_only=True)
def fargate_dns_servers(task: Definition) -> Iterator[Finding]:
    yield from _containers_have_no(task, "dnsServers")


@rule("fargate-security-options", "No dockerSecurityOptions", FARGATE, fargate_only=True)
def fargate_security_options(task: Definition) -> Iterator[Finding]:
    yield from _containers_have_no(task, "dockerSecurityOptions")


@rule("fargate-extra-hosts", "Fargate has no extraHosts", FARGATE, fargate_only=True)
def fargate_extra_hosts(task: Definition) -> Iterator[Finding]:
    yield from _containers_have_no(task, "extraHosts")


@rule("fargate-links", "Fargate has no links", FARGATE, fargate_only=True)
def fargate_links(task: Definition) -> Iterator[Finding]:
    yield from _containers_have_no(task, "links")


@rule("fargate-resources", "Fargate has no GPUs or accelerators", FARGATE, fargate_only=True)
def fargate_resources(task: Definition) -> Iterator[Finding]:
    for path, requirement in in_containers(task, "resourceRequirements"):
        kind = known(requirement, "type")
        if kind is not None:
            yield Finding((*path, "type"), _RULE, kind, "leave the requirement out")


@rule(
    "fargate-capabilities",
    "Fargate adds SYS_PTRACE only",
    api("KernelCapabilities"),
    fargate_only=True,
)
def fargate_capabilities(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        linux = known(container, "linuxParameters", {})
        added = known(known(linux, "capabilities", {}), "add", [])
        for index, capability in enumerate(added):
            if known({"one": capability}, "one", "SYS_PTRACE") != "SYS_PTRACE":
                place = (*path, "linuxParameters", "capabilities", "add", index)
                cure = "take it away; only SYS_PTRACE may be added"
                yield Finding(place, _RULE, capability, cure)


@rule("fargate-swap", "Fargate has no maxSwap", api("LinuxParameters"), fargate_only=True)
def fargate_swap(task: Definition) -> Iterator[Finding]:
    yield from _linux_has_no(task, "maxSwap")


@rule("fargate-swappiness", "Fargate has no swappiness", api("LinuxParameters"), fargate_only=True)
def fargate_swappiness(task: Definition) -> Iterator[Finding]:
    yield from _linux_has_no(task, "swappiness")


@rule("fargate-devices", "Fargate has no devices", api("LinuxParameters"), fargate_only=True)
def fargate_devices(task: Definition) -> Iterator[Finding]:
    yield from _linux_has_no(task, "devices")


@rule("fargate-shared-memory", "No sharedMemorySize", api("LinuxParameters"), fargate_only=True)
def fargate_shared_memory(task: Definition) -> Iterator[Finding]:
    yield from _linux_has_no(task, "sharedMemorySize")


@rule(
    "fargate-host-volume",
    "Fargate has no host paths",
    api("HostVolumeProperties"),
    fargate_only=True,
)
def fargate_host_volume(task: Definition) -> Iterator[Finding]:
    for path, volume in structures(task, "volumes"):
        source = known(known(volume, "host", {}), "sourcePath")
        if source:
            cure = "leave it out for an empty volume, or mount EFS"
            yield Finding((*path, "host", "sourcePath"), _RULE, source, cure)


@rule(
    "fargate-docker-volume",
    "No Docker volumes",
    api("DockerVolumeConfiguration"),
    fargate_only=True,
)
def fargate_docker_volume(task: Definition) -> Iterator[Finding]:
    for path, volume in structures(task, "volumes"):
        docker = known(volume, "dockerVolumeConfiguration")
        if docker is not None:
            cure = "leave it out for an empty volume, or mount EFS"
            yield Finding((*path, "dockerVolumeConfiguration"), _RULE, docker, cure)


def _task_has_no(task: Definition, key: str) -> Iterator[Finding]:
    if _given(task, key):
        yield Finding((key,), _RULE, task[key], _CURE)


def _containers_have_no(task: Definition, key: str) -> Iterator[Finding]:
    for path, container in containers(task):
        if _given(container, key):
            yield Finding((*path, key), _RULE, container[key], _CURE)


def _linux_has_no(task: Definition, key: str) -> Iterator[Finding]:
    for path, container in containers(task):
        linux = known(container, "linuxParameters", {})
        if _given(linux, key):
            yield Finding((*path, "linuxParameters", key), _RULE, linux[key], _CURE)


def _given(structure: Definition, key: str) -> bool:
    """False and the empty list ask for nothing; 0 does (of swap)."""
    value: Any = known(structure, key)
    return value is not None and value is not False and value != []
