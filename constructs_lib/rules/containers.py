"""Rules about names, images, the order of start, timeouts and health."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib import names
from constructs_lib.definition_reading import (
    complete,
    containers,
    in_containers,
    known,
    of_containers,
    structures,
)
from constructs_lib.findings import ABSENT, Definition, Finding, Path, shown
from constructs_lib.rules.rule import api, outside, repeated, rule

_NAME = re.compile(names.ECS.pattern)
_NAME_RULE = "must be 1 to 255 letters, digits, '_' and '-'"
_LONGEST_IMAGE = 255
_DIGEST = re.compile(r"sha256:[0-9A-Fa-f]{64}")


@rule("family-name", "The family is a name", api("RegisterTaskDefinition"))
def family_name(task: Definition) -> Iterator[Finding]:
    yield from _name(task, (), "family")


@rule("container-name", "A container has a name", api("ContainerDefinition"))
def container_name(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        if "name" in container:
            yield from _name(container, path, "name")
        else:
            yield Finding((*path, "name"), "is required", ABSENT, "name the container")


@rule("container-name-unique", "Container names are unique", api("ContainerDefinition"))
def container_name_unique(task: Definition) -> Iterator[Finding]:
    for path, name, first in repeated(task, "containerDefinitions", (), "name"):
        yield Finding(
            path, "must be unique in the task, and '{0}' is the same", name, "rename one", (first,)
        )


@rule("container-image", "A container has an image", api("ContainerDefinition"))
def container_image(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        if not container.get("image"):
            value = container.get("image", ABSENT)
            yield Finding((*path, "image"), "is required", value, "name the image")


@rule("image-length", "An image has at most 255 characters", api("ContainerDefinition"))
def image_length(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        image = known(container, "image", "")
        length = len(image.partition("@")[0])
        if length > _LONGEST_IMAGE:
            rule = f"must have at most {_LONGEST_IMAGE} characters before a digest"
            cure = f"take {length - _LONGEST_IMAGE} characters off it"
            yield Finding((*path, "image"), rule, image, cure)


@rule("image-digest", "A digest is SHA-256", api("ContainerDefinition"))
def image_digest(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        image = known(container, "image", "")
        _, at, digest = image.partition("@")
        if at and not _DIGEST.fullmatch(digest):
            rule = "must have 'sha256:' and 64 hexadecimal digits after '@'"
            cure = "copy the digest whole, or name a tag after ':'"
            yield Finding((*path, "image"), rule, image, cure)


@rule("hostname", "Under awsvpc, a container has no hostname", api("ContainerDefinition"))
def hostname(task: Definition) -> Iterator[Finding]:
    if known(task, "networkMode") != "awsvpc":
        return
    for path, container in containers(task):
        if known(container, "hostname"):
            rule = "must be absent under {0}='awsvpc'"
            value = container["hostname"]
            yield Finding((*path, "hostname"), rule, value, "leave it out", (("networkMode",),))


@rule("essential-container", "One container is essential", api("ContainerDefinition"))
def essential_container(task: Definition) -> Iterator[Finding]:
    if task.get("containerDefinitions") == []:
        rule = "must hold at least one container"
        yield Finding(("containerDefinitions",), rule, [], "add the container")
        return
    of_all = [container.get("essential", True) for _, container in containers(task)]
    if of_all and len(of_all) == len(task["containerDefinitions"]) and not any(of_all):
        path: Path = ("containerDefinitions", 0, "essential")
        rule = "must be true for at least one container of the task"
        yield Finding(path, rule, False, "leave it out for the main container")


@rule("depends-on-container", "Dependencies are in the task", api("ContainerDependency"))
def depends_on_container(task: Definition) -> Iterator[Finding]:
    if not complete(task, "containerDefinitions", "name"):
        return
    there = [container.get("name") for _, container in containers(task)]
    for path, dependency in in_containers(task, "dependsOn"):
        name = known(dependency, "containerName")
        if name is not None and name not in there:
            rule = f"must be a container of the task: {_listed(there)}"
            yield Finding((*path, "containerName"), rule, name, "name one of these")


@rule("depends-on-circle", "Dependencies make no circle", api("ContainerDependency"))
def depends_on_circle(task: Definition) -> Iterator[Finding]:
    waits: dict[str, list[tuple[Path, str]]] = {}
    for path, container in containers(task):
        name = known(container, "name")
        if name is not None and name not in waits:
            waits[name] = [
                ((*place, "containerName"), dependency["containerName"])
                for place, dependency in structures(container, "dependsOn", path)
                if known(dependency, "containerName") is not None
            ]
    done: set[str] = set()
    for name in waits:
        if name not in done:
            yield from _circles(name, waits, done)


def _circles(
    name: str, waits: dict[str, list[tuple[Path, str]]], done: set[str]
) -> Iterator[Finding]:
    """The dependencies that lead back to a container on the way to them; each is found once."""
    way, to_follow = [name], [iter(waits[name])]
    while way:
        for path, other in to_follow[-1]:
            if other in way:
                circle = " -> ".join([*way[way.index(other) :], other])
                rule = f"must not close a circle, {shown(circle)[1:-1]}"
                yield Finding(path, rule, other, "take one of these dependencies away")
            elif other in waits and other not in done:
                way.append(other)
                to_follow.append(iter(waits[other]))
                break
        else:
            done.add(way.pop())
            to_follow.pop()


@rule("depends-on-healthy", "HEALTHY needs a health check", api("ContainerDependency"))
def depends_on_healthy(task: Definition) -> Iterator[Finding]:
    for path, dependency, other_path, other in _dependencies(task):
        if known(dependency, "condition") == "HEALTHY" and "healthCheck" not in other:
            yield Finding(
                (*path, "condition"),
                "needs {0}",
                "HEALTHY",
                "give that container a health check, or wait for START",
                ((*other_path, "healthCheck"),),
            )


@rule("depends-on-end", "What must end is not essential", api("ContainerDependency"))
def depends_on_end(task: Definition) -> Iterator[Finding]:
    for path, dependency, other_path, other in _dependencies(task):
        condition = known(dependency, "condition")
        if condition in ("COMPLETE", "SUCCESS") and other.get("essential", True) is True:
            yield Finding(
                (*path, "condition"),
                "must not wait for the end of an essential container",
                condition,
                "make {0} false, or wait for START or HEALTHY",
                ((*other_path, "essential"),),
            )


def _dependencies(task: Definition) -> Iterator[tuple[Path, Definition, Path, Definition]]:
    """Every dependency with the container that it names."""
    by_name: dict[str, tuple[Path, Definition]] = {}
    for path, container in containers(task):
        if known(container, "name") is not None:
            by_name.setdefault(container["name"], (path, container))
    for path, dependency in in_containers(task, "dependsOn"):
        other = by_name.get(known(dependency, "containerName", ""))
        if other is not None:
            yield path, dependency, *other


@rule("stop-timeout", "stopTimeout is 0 to 120 s", api("ContainerDefinition"), fargate_only=True)
def stop_timeout(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        yield from outside(container, path, "stopTimeout", 0, 120, " s on Fargate")


@rule("start-timeout", "startTimeout is 2 to 120 s", api("ContainerDefinition"), fargate_only=True)
def start_timeout(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        yield from outside(container, path, "startTimeout", 2, 120, " s on Fargate")


@rule("health-check-command", "A health check has a command", api("HealthCheck"))
def health_check_command(task: Definition) -> Iterator[Finding]:
    for path, check in of_containers(task, "healthCheck"):
        if check.get("command") == []:
            rule = "must not be empty"
            yield Finding((*path, "command"), rule, [], "write ['CMD-SHELL', 'the command']")


@rule("health-check-interval", "A health check's interval is 5 to 300 s", api("HealthCheck"))
def health_check_interval(task: Definition) -> Iterator[Finding]:
    for path, check in of_containers(task, "healthCheck"):
        yield from outside(check, path, "interval", 5, 300, " s")


@rule("health-check-timeout", "A health check's timeout is 2 to 60 s", api("HealthCheck"))
def health_check_timeout(task: Definition) -> Iterator[Finding]:
    for path, check in of_containers(task, "healthCheck"):
        yield from outside(check, path, "timeout", 2, 60, " s")


@rule("health-check-retries", "A health check has 1 to 10 retries", api("HealthCheck"))
def health_check_retries(task: Definition) -> Iterator[Finding]:
    for path, check in of_containers(task, "healthCheck"):
        yield from outside(check, path, "retries", 1, 10)


@rule("health-check-start", "A health check's grace is 0 to 300 s", api("HealthCheck"))
def health_check_start(task: Definition) -> Iterator[Finding]:
    for path, check in of_containers(task, "healthCheck"):
        yield from outside(check, path, "startPeriod", 0, 300, " s")


@rule("restart-period", "A restart comes after 60 to 1800 s", api("ContainerRestartPolicy"))
def restart_period(task: Definition) -> Iterator[Finding]:
    for path, policy in of_containers(task, "restartPolicy"):
        yield from outside(policy, path, "restartAttemptPeriod", 60, 1800, " s")


@rule("restart-exit-codes", "At most 50 exit codes are ignored", api("ContainerRestartPolicy"))
def restart_exit_codes(task: Definition) -> Iterator[Finding]:
    for path, policy in of_containers(task, "restartPolicy"):
        codes = known(policy, "ignoredExitCodes", [])
        if len(codes) > 50:
            rule, cure = "must be at most 50 exit codes", f"leave {len(codes) - 50} out"
            yield Finding((*path, "ignoredExitCodes"), rule, len(codes), cure)


def _name(structure: Definition, path: Path, key: str) -> Iterator[Finding]:
    name = known(structure, key)
    if name is not None and not _NAME.fullmatch(name):
        cure = "name it" if name == "" else "take every other character out"
        if len(name) > 255:
            cure = "shorten it"
        yield Finding((*path, key), _NAME_RULE, name, cure)


def _listed(names: list[str | None]) -> str:
    return ", ".join(shown(name) for name in names if name is not None)
