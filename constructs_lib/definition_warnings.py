"""What AWS takes and a person hardly means: warnings, which a person may acknowledge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.canonical import is_dropped
from constructs_lib.definition_reading import (
    containers,
    in_containers,
    known,
    of_containers,
    secrets_of,
    structures,
)
from constructs_lib.definition_shape import check_shape
from constructs_lib.findings import ABSENT, Definition, Finding, Path, shown
from constructs_lib.images import repository_of
from constructs_lib.secret_names import looks_secret
from constructs_lib.secret_reference import secret_reference
from constructs_lib.unknown import is_unknown

_PARAMETER = re.compile(r"(/[A-Za-z0-9_./-]+|[A-Za-z0-9_.-]+)(:[A-Za-z0-9_.-]+)?")
"""A parameter's name, with its whole path, if any; and its version or label, if any."""

_SECRETS_NAME = re.compile(r".+-(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]+[A-Z])[A-Za-z0-9]{6}")
"""A name, and the six characters that Secrets Manager puts behind it; with a capital in them."""

_OF_ECR = re.compile(r"[0-9]{12}\.dkr\.ecr\.")
"""How an image of a private repository begins."""

_REPOSITORY = re.compile(r"[A-Za-z0-9._/-]+")
_HOW_TO_CHECK = ("CMD", "CMD-SHELL", "NONE")

_ABSOLUTE = re.compile(r"/|[A-Za-z]:|\\\\")
"""How a path of Linux or Windows begins."""


def definition_warnings(definition: object) -> list[Finding]:
    """Secrets in plain text, values that AWS drops or takes for others, tasks that cannot start."""
    task = check_shape(definition).sound
    return [
        *_plain_secrets(task),
        *dropped_variables(task),
        *_cut_names(task),
        *_no_parameters(task),
        *_protocols_taken_as_tcp(task),
        *_no_ids_of_efs(task),
        *_no_mount_paths(task),
        *_no_repositories(task),
        *_no_checks(task),
        *_no_limits(task),
        *_no_execution_role(task),
    ]


def _plain_secrets(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for place, variable in structures(container, "environment", path):
            name, value = known(variable, "name", ""), known(variable, "value", "")
            yield from _plain_secret((*place, "value"), name, value, (*path, "secrets"))
        log, place = known(container, "logConfiguration", {}), (*path, "logConfiguration")
        for name, value in known(log, "options", {}).items():
            option = (*place, "options", name)
            yield from _plain_secret(option, name, value, (*place, "secretOptions"))


def _plain_secret(path: Path, name: str, value: str, secrets: Path) -> Iterator[Finding]:
    """The sentence has the variable's name for a value, so that no log repeats the secret."""
    reason = looks_secret(name, value)
    if reason:
        rule = f"looks like a secret in plain text, as {shown(reason)[1:-1]}"
        cure = "keep it in Secrets Manager or Parameter Store, and name it in {0}"
        yield Finding(path, rule, OfASecret(name), cure, (secrets,))


def _no_execution_role(task: Definition) -> Iterator[Finding]:
    """Sources: terraform-provider-aws#3051, virtual-kubelet#193 (read 2026-11)."""
    if task.get("executionRoleArn") or "FARGATE" not in known(task, "requiresCompatibilities", ()):
        return
    needing = next(_what_needs_the_execution_role(task), None)
    if needing:
        rule = "is needed on Fargate by {0}, so AWS will register no revision"
        yield Finding(("executionRoleArn",), rule, ABSENT, "name a role", (needing,))


def _what_needs_the_execution_role(task: Definition) -> Iterator[Path]:
    for path, container in containers(task):
        if _OF_ECR.match(known(container, "image", "")):
            yield (*path, "image")
        if known(known(container, "logConfiguration", {}), "logDriver") == "awslogs":
            yield (*path, "logConfiguration")


def dropped_variables(task: Definition) -> Iterator[Finding]:
    """Variables without a value. Source: terraform-provider-aws#39533 (read 2026-11)."""
    for path, variable in in_containers(task, "environment"):
        if variable and is_dropped(variable):
            rule, cure = "is empty, so AWS drops the variable", "leave it out, or give it a value"
            yield Finding((*path, "value"), rule, variable.get("name", ""), cure)


def _cut_names(task: Definition) -> Iterator[Finding]:
    """Source: POSIX.1-2017, 8.1 Environment Variable Definition (read 2026-11)."""
    for key in ("environment", "secrets"):
        for path, variable in in_containers(task, key):
            name = known(variable, "name", "")
            before, equals, _ = name.partition("=")
            if equals:
                rule = f"has a '=', so the container gets a variable {shown(before)} instead"
                yield Finding((*path, "name"), rule, name, "take it out of the name")


def _no_parameters(task: Definition) -> Iterator[Finding]:
    """Source: Systems Manager's API_PutParameter.html, `Name` (read 2026-11)."""
    for path, container in containers(task):
        for place, secret in secrets_of(container, path):
            reference = secret_reference(known(secret, "valueFrom", ""))
            name = reference.name if reference else ""
            if _SECRETS_NAME.fullmatch(name):
                rule = "looks like the end of a secret's ARN, and is taken for a parameter's name"
                yield Finding((*place, "valueFrom"), rule, name, "write the whole ARN")
            elif name and not _PARAMETER.fullmatch(name):
                rule = "is no name that a parameter can have, so no task would start"
                cure = "write a parameter's name or ARN, or a secret's ARN"
                if _PARAMETER.fullmatch(f"/{name}"):
                    cure = "begin a parameter's path with /, or write a secret's ARN"
                yield Finding((*place, "valueFrom"), rule, name, cure)


def _protocols_taken_as_tcp(task: Definition) -> Iterator[Finding]:
    """Source: API_PortMapping.html, `protocol` (read 2026-11)."""
    for path, mapping in in_containers(task, "portMappings"):
        protocol = known(mapping, "protocol", "tcp")
        if protocol not in ("tcp", "udp"):
            rule, cure = "is neither 'tcp' nor 'udp', so AWS takes it as 'tcp'", "write 'tcp'"
            yield Finding((*path, "protocol"), rule, protocol, cure)


def _no_ids_of_efs(task: Definition) -> Iterator[Finding]:
    """Source: EFS's API_DescribeAccessPoints.html, the patterns of both ids (read 2026-11)."""
    for path, volume in structures(task, "volumes"):
        efs, place = known(volume, "efsVolumeConfiguration", {}), (*path, "efsVolumeConfiguration")
        access, inner = known(efs, "authorizationConfig", {}), (*place, "authorizationConfig")
        for value, where, begins in (
            (known(efs, "fileSystemId", ""), (*place, "fileSystemId"), "fs-"),
            (known(access, "accessPointId", ""), (*inner, "accessPointId"), "fsap-"),
        ):
            if value and not re.fullmatch(rf"(arn:.+/)?{begins}[0-9a-f]{{8,40}}", value):
                form = f"{begins} and 8 to 40 hexadecimal digits"
                rule = f"is no id of EFS, which is {form}, so no task would start"
                yield Finding(where, rule, value, "copy it from the EFS console")


def _no_mount_paths(task: Definition) -> Iterator[Finding]:
    """Source: Docker's bind mounts, which take an absolute target, once (read 2026-11)."""
    for path, container in containers(task):
        there: dict[str, Path] = {}
        for place, mount in structures(container, "mountPoints", path):
            target, here = mount.get("containerPath", ""), (*place, "containerPath")
            if not target:
                rule, cure = "is missing, so no task would start", "say where it is mounted"
                yield Finding(here, rule, ABSENT, cure)
            elif is_unknown(target):
                continue
            elif not _ABSOLUTE.match(target):
                rule, cure = "is no absolute path, so no task would start", "begin it with /"
                yield Finding(here, rule, target, cure)
            elif target in there:
                rule, cure = "is {0} too, so no task would start", "mount one of them elsewhere"
                yield Finding(here, rule, target, cure, (there[target],))
            else:
                there[target] = here


def _no_repositories(task: Definition) -> Iterator[Finding]:
    """Source: the distribution specification's pattern of `name` (read 2026-11)."""
    for path, container in containers(task):
        image = known(container, "image", "")
        host, slash, name = repository_of(image).partition("/")
        if not slash or not ("." in host or ":" in host or host == "localhost"):
            name = host + slash + name
        if _REPOSITORY.fullmatch(name) and name != name.lower():
            rule, cure = "has capital letters, so no task would start", "write them small"
            yield Finding((*path, "image"), rule, image, cure)


def _no_checks(task: Definition) -> Iterator[Finding]:
    """Source: API_HealthCheck.html, `command`; a single word is taken for CMD-SHELL's."""
    for path, check in of_containers(task, "healthCheck"):
        command = known(check, "command", [])
        if len(command) > 1 and known({"one": command[0]}, "one", "CMD") not in _HOW_TO_CHECK:
            rule = "begins with neither 'CMD' nor 'CMD-SHELL', so it is no command to AWS"
            yield Finding((*path, "command"), rule, command, "write 'CMD' before it")


def _no_limits(task: Definition) -> Iterator[Finding]:
    """Source: setrlimit(2), and docker/go-units#33 on -1, which is no limit (read 2026-11)."""
    for path, limits in in_containers(task, "ulimits"):
        soft, hard = known(limits, "softLimit"), known(limits, "hardLimit")
        if soft is None or hard in (None, -1) or -1 < soft <= hard:
            continue
        rule = f"must not be above {{0}}={hard}, or no task would start"
        cure = f"write {hard} or less, or raise {{0}}"
        yield Finding((*path, "softLimit"), rule, soft, cure, ((*path, "hardLimit"),))


class OfASecret(str):
    """The name of a variable whose value, which this stands for, must not be read in a log."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"the value of {str(self)!r}, hidden"
