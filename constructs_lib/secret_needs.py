"""What the task execution role must read before a task can start, and the policy for exactly that.

Sources, read 2026-11:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tutorial-wfsx-volumes.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from constructs_lib.definition_reading import containers, known, secrets_of, structures
from constructs_lib.definition_shape import check_shape
from constructs_lib.findings import Definition, Path
from constructs_lib.secret_reference import secret_reference
from constructs_lib.unknown import is_unknown

# Secrets Manager ends an ARN with a hyphen and six random characters; who names a secret by an
# ARN without them needs a wildcard for them.
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
_RANDOM = re.compile(r".*-[A-Za-z0-9]{6}")
_RANDOM_FOR_SURE = re.compile(r".*-(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{6}")
_ANY_RANDOM = "-??????"


class Place(NamedTuple):
    """Where a service runs: what a name needs to become an ARN."""

    partition: str
    region: str
    account: str


class Needs(NamedTuple):
    """The ARNs that the execution role reads, each kind sorted and without repetition.

    `unknown` has the places whose value is not known at synth; no policy can be made from them.
    """

    secrets: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    unknown: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return any(self[:])


def needs(definitions: Iterable[Definition], place: Place) -> Needs:
    """What all of the definitions together need."""
    found: set[tuple[str, str]] = set()
    unknown: list[Path] = []
    for definition in definitions:
        for path, kind, value in _references(check_shape(definition).sound):
            if is_unknown(value):
                unknown.append(path)
                continue
            found.update(_arns(kind, value, place))
    return Needs(
        secrets=_sorted(found, "secret"),
        parameters=_sorted(found, "parameter"),
        files=_sorted(found, "file"),
        buckets=_sorted(found, "bucket"),
        unknown=tuple(unknown),
    )


def policy_statements(needed: Needs, key_arns: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The statements of a policy that allows exactly what is needed, one a kind.

    `key_arns` are the KMS keys that the secrets and parameters are encrypted with, when they are
    not AWS's own.
    """
    kinds = (
        ("ReadSecrets", "secretsmanager:GetSecretValue", needed.secrets),
        ("ReadParameters", "ssm:GetParameters", needed.parameters),
        ("ReadEnvironmentFiles", "s3:GetObject", needed.files),
        ("LocateEnvironmentFiles", "s3:GetBucketLocation", needed.buckets),
        ("DecryptSecrets", "kms:Decrypt", tuple(sorted(set(key_arns)))),
    )
    return [
        {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": list(arns)}
        for sid, action, arns in kinds
        if arns
    ]


def _references(task: Definition) -> Iterator[tuple[Path, str, str]]:
    """Every value by which the execution role finds something: where, of which kind, what."""
    for path, container in containers(task):
        for where, secret in secrets_of(container, path):
            yield (*where, "valueFrom"), "secret", secret.get("valueFrom", "")
        credentials = known(container, "repositoryCredentials", {})
        if "credentialsParameter" in credentials:
            where = (*path, "repositoryCredentials", "credentialsParameter")
            yield where, "registry", credentials["credentialsParameter"]
        for where, file in structures(container, "environmentFiles", path):
            yield (*where, "value"), "file", file.get("value", "")
        for index, spec in enumerate(known(container, "credentialSpecs", [])):
            yield (*path, "credentialSpecs", index), "spec", spec
    for path, volume in structures(task, "volumes"):
        fsx = known(volume, "fsxWindowsFileServerVolumeConfiguration", {})
        authorization = known(fsx, "authorizationConfig", {})
        if "credentialsParameter" in authorization:
            where = (
                *path,
                "fsxWindowsFileServerVolumeConfiguration",
                "authorizationConfig",
                "credentialsParameter",
            )
            yield where, "secret", authorization["credentialsParameter"]


def _arns(kind: str, value: str, place: Place) -> Iterator[tuple[str, str]]:
    """The ARNs behind a value; none when it has no form that ECS takes, which is a finding."""
    if kind == "spec":
        value = value.partition(":")[2]  # after "credentialspec:" or "credentialspecdomainless:"
        kind = "file" if ":s3:" in value else "secret"
    if kind == "registry" and not value.startswith("arn:"):
        yield "secret", f"{_arn('secretsmanager', place)}:secret:{value}{_ANY_RANDOM}"
    elif kind == "file":
        bucket, slash, _ = value.partition("/")
        if slash and bucket.startswith("arn:"):
            yield "file", value
            yield "bucket", bucket
    else:
        reference = secret_reference(value)
        if reference is None:
            return
        if reference.service == "ssm":
            name = reference.name.removeprefix("/")
            yield "parameter", reference.arn or f"{_arn('ssm', place)}:parameter/{name}"
            return
        if _RANDOM.fullmatch(reference.arn):
            yield "secret", reference.arn
        if not _RANDOM_FOR_SURE.fullmatch(reference.arn):
            yield "secret", reference.arn + _ANY_RANDOM


def _arn(service: str, place: Place) -> str:
    return f"arn:{place.partition}:{service}:{place.region}:{place.account}"


def _sorted(found: set[tuple[str, str]], kind: str) -> tuple[str, ...]:
    return tuple(sorted(arn for kind_of_arn, arn in found if kind_of_arn == kind))
