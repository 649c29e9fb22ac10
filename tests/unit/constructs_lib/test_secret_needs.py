"""What the execution role must read, and the policy for exactly that."""

from __future__ import annotations

import pytest

from constructs_lib.secret_needs import Needs, Place, needs, policy_statements
from tests.unit.definitions import LEGAL, SETUP, WEB, changed

PLACE = Place("aws", "us-east-1", "123456789012")
SECRETS = "arn:aws:secretsmanager:us-east-1:123456789012:secret"
PARAMETERS = "arn:aws:ssm:us-east-1:123456789012:parameter"


def secret(value_from: str) -> Needs:
    one = {"name": "DB_PASSWORD", "valueFrom": value_from}
    return needs([changed({(*WEB, "secrets", 0): one})], PLACE)


@pytest.mark.parametrize(
    ("value_from", "arns"),
    [
        (f"{SECRETS}:shop/db-AbCdE1", (f"{SECRETS}:shop/db-AbCdE1",)),
        (f"{SECRETS}:shop/db-AbCdE1:user::", (f"{SECRETS}:shop/db-AbCdE1",)),
        (f"{SECRETS}:shop/db-AbCdE1::AWSPREVIOUS:", (f"{SECRETS}:shop/db-AbCdE1",)),
        (f"{SECRETS}:shop/db", (f"{SECRETS}:shop/db-??????",)),
        # Six lower-case letters after a hyphen: a word of the name, or what AWS added.
        (f"{SECRETS}:shop-secret", (f"{SECRETS}:shop-secret", f"{SECRETS}:shop-secret-??????")),
    ],
)
def test_a_secret_by_its_arn(value_from: str, arns: tuple[str, ...]) -> None:
    assert secret(value_from) == Needs(secrets=arns)


@pytest.mark.parametrize(
    ("value_from", "arn"),
    [
        ("/shop/db", f"{PARAMETERS}/shop/db"),
        ("DB", f"{PARAMETERS}/DB"),
        (f"{PARAMETERS}/shop/db", f"{PARAMETERS}/shop/db"),
        ("arn:aws:ssm:eu-west-1:2:parameter/x", "arn:aws:ssm:eu-west-1:2:parameter/x"),
    ],
)
def test_a_parameter_by_its_name_or_arn(value_from: str, arn: str) -> None:
    assert secret(value_from) == Needs(parameters=(arn,))


def test_everything_that_the_execution_role_reads() -> None:
    definition = changed(
        {
            (*WEB, "repositoryCredentials"): {"credentialsParameter": "registry"},
            (*WEB, "logConfiguration", "secretOptions"): [
                {"name": "splunk-token", "valueFrom": f"{SECRETS}:splunk-A1b2C3"}
            ],
            (*WEB, "environmentFiles"): [
                {"type": "s3", "value": "arn:aws:s3:::shop-files/b/prod.env"},
                {"type": "s3", "value": "arn:aws:s3:::shop-files/a.env"},
            ],
            (*SETUP, "credentialSpecs"): [
                "credentialspecdomainless:arn:aws:s3:::specs/gmsa.json",
                f"credentialspec:{PARAMETERS}/gmsa",
            ],
            ("volumes",): [
                {
                    "name": "data",
                    "fsxWindowsFileServerVolumeConfiguration": {
                        "fileSystemId": "fs-1",
                        "rootDirectory": "data",
                        "authorizationConfig": {
                            "credentialsParameter": f"{SECRETS}:fsx-A1b2C3",
                            "domain": "corp.example",
                        },
                    },
                }
            ],
        }
    )
    assert needs([definition, LEGAL], PLACE) == Needs(
        secrets=(f"{SECRETS}:fsx-A1b2C3", f"{SECRETS}:registry-??????", f"{SECRETS}:splunk-A1b2C3"),
        parameters=(f"{PARAMETERS}/gmsa", f"{PARAMETERS}/shop/db"),
        files=(
            "arn:aws:s3:::shop-files/a.env",
            "arn:aws:s3:::shop-files/b/prod.env",
            "arn:aws:s3:::specs/gmsa.json",
        ),
        buckets=("arn:aws:s3:::shop-files", "arn:aws:s3:::specs"),
    )


def test_a_reference_that_is_not_known_is_named_by_its_place() -> None:
    found = secret("${TfToken[TOKEN.0]}")
    assert found == Needs(unknown=((*WEB, "secrets", 0, "valueFrom"),))
    assert found


def test_no_need_is_false() -> None:
    assert not needs([], PLACE)
    assert not needs([{"family": "a", "containerDefinitions": [{}]}], PLACE)


def test_one_statement_a_kind_and_none_for_a_kind_that_nobody_needs() -> None:
    needed = Needs(secrets=("s1", "s2"), parameters=("p",), files=("f",), buckets=("b",))
    assert policy_statements(needed, ["key2", "key1", "key2"]) == [
        {
            "Sid": "ReadSecrets",
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": ["s1", "s2"],
        },
        {
            "Sid": "ReadParameters",
            "Effect": "Allow",
            "Action": "ssm:GetParameters",
            "Resource": ["p"],
        },
        {
            "Sid": "ReadEnvironmentFiles",
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": ["f"],
        },
        {
            "Sid": "LocateEnvironmentFiles",
            "Effect": "Allow",
            "Action": "s3:GetBucketLocation",
            "Resource": ["b"],
        },
        {
            "Sid": "DecryptSecrets",
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": ["key1", "key2"],
        },
    ]
    assert policy_statements(Needs()) == []
