"""Every form of `valueFrom`."""

from __future__ import annotations

import pytest

from constructs_lib.secret_reference import SecretReference, secret_reference

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"
PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/shop/db"


@pytest.mark.parametrize(
    ("value_from", "reference"),
    [
        (SECRET, SecretReference("secretsmanager", SECRET)),
        (f"{SECRET}:user::", SecretReference("secretsmanager", SECRET, field="user")),
        (
            f"{SECRET}:user:AWSPREVIOUS:",
            SecretReference("secretsmanager", SECRET, field="user", stage="AWSPREVIOUS"),
        ),
        (
            f"{SECRET}:user::9d4cb84b",
            SecretReference("secretsmanager", SECRET, field="user", version="9d4cb84b"),
        ),
        (
            f"{SECRET}::AWSPREVIOUS:",
            SecretReference("secretsmanager", SECRET, stage="AWSPREVIOUS"),
        ),
        (f"{SECRET}:::9d4cb84b", SecretReference("secretsmanager", SECRET, version="9d4cb84b")),
        (PARAMETER, SecretReference("ssm", PARAMETER)),
        (f"{PARAMETER}:3", SecretReference("ssm", PARAMETER)),
        ("/shop/db", SecretReference("ssm", "", name="/shop/db")),
        ("DB", SecretReference("ssm", "", name="DB")),
    ],
)
def test_a_form_that_ecs_takes(value_from: str, reference: SecretReference) -> None:
    assert secret_reference(value_from) == reference


@pytest.mark.parametrize(
    "value_from",
    [
        "",
        "arn:aws:secretsmanager",
        f"{SECRET}:user",
        f"{SECRET}:user:",
        f"{SECRET}:user:AWSCURRENT:9d4cb84b",
        f"{SECRET}:user:::",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:",
        "arn:aws:secretsmanager:us-east-1:123456789012:shop",
        "arn:aws:ssm:us-east-1:123456789012:document/shop",
        "arn:aws:s3:::bucket/shop",
    ],
)
def test_a_form_that_ecs_does_not_take(value_from: str) -> None:
    assert secret_reference(value_from) is None
