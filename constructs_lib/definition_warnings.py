"""What AWS takes and a person hardly means: warnings, which a person may acknowledge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.definition_reading import containers, in_containers, known, structures
from constructs_lib.definition_shape import check_shape
from constructs_lib.findings import Definition, Finding, Path, shown
from constructs_lib.secret_names import looks_secret
from constructs_lib.secret_reference import secret_reference

_PARAMETER = re.compile(r"[A-Za-z0-9_./-]+(:[A-Za-z0-9_.-]+)?")
"""A parameter's name, and its version or label, if any."""


def definition_warnings(definition: object) -> list[Finding]:
    """Secrets in plain text, values that AWS drops, values that AWS takes for another."""
    task = check_shape(definition).sound
    return [
        *_plain_secrets(task),
        *_dropped_variables(task),
        *_cut_names(task),
        *_no_parameters(task),
        *_protocols_taken_as_tcp(task),
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


def _dropped_variables(task: Definition) -> Iterator[Finding]:
    """Source: terraform-provider-aws#39533 (read 2026-11)."""
    for path, variable in in_containers(task, "environment"):
        if variable and variable.get("value", "") == "":
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
    for path, container in containers(task):
        yield from _no_parameter(container, "secrets", path)
        log = known(container, "logConfiguration", {})
        yield from _no_parameter(log, "secretOptions", (*path, "logConfiguration"))


def _no_parameter(parent: Definition, key: str, path: Path) -> Iterator[Finding]:
    """Source: Systems Manager's API_PutParameter.html, `Name` (read 2026-11)."""
    for place, secret in structures(parent, key, path):
        reference = secret_reference(known(secret, "valueFrom", ""))
        if reference and reference.name and not _PARAMETER.fullmatch(reference.name):
            rule = "is no name that a parameter can have, so no task would start"
            cure = "write a parameter's name or ARN, or a secret's ARN"
            yield Finding((*place, "valueFrom"), rule, reference.name, cure)


def _protocols_taken_as_tcp(task: Definition) -> Iterator[Finding]:
    """Source: API_PortMapping.html, `protocol` (read 2026-11)."""
    for path, mapping in in_containers(task, "portMappings"):
        protocol = known(mapping, "protocol", "tcp")
        if protocol not in ("tcp", "udp"):
            rule, cure = "is neither 'tcp' nor 'udp', so AWS takes it as 'tcp'", "write 'tcp'"
            yield Finding((*path, "protocol"), rule, protocol, cure)


class OfASecret(str):
    """The name of a variable whose value, which this stands for, must not be read in a log."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"the value of {str(self)!r}, hidden"
