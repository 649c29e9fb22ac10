"""What `valueFrom` of a secret names: a Secrets Manager secret or a Parameter Store parameter.

Sources, read 2026-11:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
"""

from __future__ import annotations

from typing import NamedTuple

#: How a secret of Secrets Manager may be written, for a sentence.
SECRET_FORMS = "ARN, ARN:field::, ARN:field:stage:, ARN:field::version, ARN::stage:, ARN:::version"


class SecretReference(NamedTuple):
    """Where a container's secret is read. `name` is a parameter's; `arn` is empty beside it."""

    service: str
    arn: str
    name: str = ""
    field: str = ""
    stage: str = ""
    version: str = ""


def secret_reference(value_from: str) -> SecretReference | None:
    """The parts of a `valueFrom`; None when it has none of the forms that ECS takes."""
    if not value_from.startswith("arn:"):
        return SecretReference("ssm", "", name=value_from) if value_from else None
    parts = value_from.split(":")
    if len(parts) < 6:
        return None
    service = parts[2]
    if service == "ssm" and parts[5].startswith("parameter/"):
        return SecretReference("ssm", ":".join(parts[:6]))  # without a version or label
    if service == "secretsmanager" and parts[5] == "secret" and len(parts) in (7, 10) and parts[6]:
        field, stage, version = parts[7:] or ("", "", "")
        if stage and version:
            return None
        return SecretReference("secretsmanager", ":".join(parts[:7]), "", field, stage, version)
    return None
