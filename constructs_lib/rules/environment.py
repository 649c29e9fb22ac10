"""Rules about environment variables, secrets and files of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.definition_reading import containers, known, secrets_of, structures
from constructs_lib.findings import Definition, Finding
from constructs_lib.rules.rule import api, repeated, rule
from constructs_lib.secret_reference import SECRET_FORMS, secret_reference

_MOST_FILES = 10
_OBJECT = re.compile(r"arn:aws[a-z-]*:s3:::[^/]+/.+", re.S)


@rule("environment-name", "A variable and a secret have a name", api("KeyValuePair"))
def environment_name(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for key in ("environment", "secrets"):
            for place, variable in structures(container, key, path):
                if known(variable, "name") == "":
                    yield Finding((*place, "name"), "must not be empty", "", "name the variable")


@rule("environment-unique", "A variable is set once", api("ContainerDefinition"))
def environment_unique(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for place, name, first in repeated(container, "environment", path, "name"):
            yield Finding(place, "must be set once, and is {0}", name, "keep one", (first,))


@rule("secret-unique", "A secret has a name of its own", api("Secret"))
def secret_unique(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for place, name, first in repeated(container, "secrets", path, "name"):
            yield Finding(place, "must be set once, and is {0}", name, "keep one", (first,))


@rule("secret-or-environment", "A name is a variable or a secret", api("Secret"))
def secret_or_environment(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        plain = {
            known(variable, "name"): (*place, "name")
            for place, variable in structures(container, "environment", path)
        }
        for place, secret in structures(container, "secrets", path):
            name = known(secret, "name")
            if name is not None and name in plain:
                rule = "must not be a plain variable too, as {0}"
                cure = "keep the secret and take the variable away"
                yield Finding((*place, "name"), rule, name, cure, (plain[name],))


@rule("secret-reference", "A secret names a secret or a parameter", api("Secret"))
def secret_reference_form(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for place, secret in secrets_of(container, path):
            value = known(secret, "valueFrom")
            if value is not None and secret_reference(value) is None:
                rule = "must name a Secrets Manager secret or a Parameter Store parameter"
                cure = f"write a parameter's name or ARN, or a secret's {SECRET_FORMS}"
                yield Finding((*place, "valueFrom"), rule, value, cure)


@rule("environment-files-count", "At most ten environment files", api("EnvironmentFile"))
def environment_files_count(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        count = len(known(container, "environmentFiles", []))
        if count > _MOST_FILES:
            rule = f"must be at most {_MOST_FILES} files"
            cure = f"join {count - _MOST_FILES} of them"
            yield Finding((*path, "environmentFiles"), rule, count, cure)


@rule("environment-file-arn", "An environment file is an object in S3", api("EnvironmentFile"))
def environment_file_arn(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for place, file in structures(container, "environmentFiles", path):
            value = known(file, "value")
            if value is not None and not _OBJECT.fullmatch(value):
                rule, cure = "must be the ARN of an object in S3", "write arn:aws:s3:::BUCKET/KEY"
                yield Finding((*place, "value"), rule, value, cure)


@rule("environment-file-suffix", "An environment file ends in .env", api("EnvironmentFile"))
def environment_file_suffix(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for place, file in structures(container, "environmentFiles", path):
            value = known(file, "value")
            if value is not None and not value.endswith(".env"):
                rule, cure = "must end in '.env'", "rename the object in S3"
                yield Finding((*place, "value"), rule, value, cure)
