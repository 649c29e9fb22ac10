"""The stack of the state bucket."""

from __future__ import annotations

from typing import Any

from constructs_lib.environment import Environment
from stacks.state_bucket import StateBucketStack
from tests.unit.synthesis import CHINA, LOCAL, PROD, synthesized

PATH = "../../../state-bucket.tfstate"
BUCKET = "${aws_s3_bucket.bucket.id}"


def state_bucket_stack(environment: Environment) -> Any:
    return synthesized(lambda app: StateBucketStack(app, environment=environment, state_path=PATH))


def test_the_bucket_is_versioned_encrypted_private_tls_only_and_stays() -> None:
    arn = "arn:aws:s3:::netflux-terraform-state-127549748682"
    assert state_bucket_stack(PROD)["resource"] == {
        "aws_s3_bucket": {
            "bucket": {
                "bucket": "netflux-terraform-state-127549748682",
                "force_destroy": False,
                "lifecycle": {"prevent_destroy": True},
            }
        },
        "aws_s3_bucket_versioning": {
            "versioning": {"bucket": BUCKET, "versioning_configuration": {"status": "Enabled"}}
        },
        "aws_s3_bucket_server_side_encryption_configuration": {
            "encryption": {
                "bucket": BUCKET,
                "rule": [{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
            }
        },
        "aws_s3_bucket_public_access_block": {
            "public_access_block": {
                "bucket": BUCKET,
                "block_public_acls": True,
                "block_public_policy": True,
                "ignore_public_acls": True,
                "restrict_public_buckets": True,
            }
        },
        "aws_s3_bucket_policy": {
            "policy": {
                "bucket": BUCKET,
                "depends_on": ["aws_s3_bucket_public_access_block.public_access_block"],
                "policy": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "TlsOnly",
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "s3:*",
                            "Resource": [arn, f"{arn}/*"],
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        }
                    ],
                },
            }
        },
    }


def test_its_own_state_is_local() -> None:
    for environment in (PROD, LOCAL):
        assert state_bucket_stack(environment)["terraform"]["backend"] == {"local": {"path": PATH}}


def test_the_policy_names_the_bucket_in_the_partition_of_the_region() -> None:
    [statement] = state_bucket_stack(CHINA)["resource"]["aws_s3_bucket_policy"]["policy"]["policy"][
        "Statement"
    ]
    assert statement["Resource"] == ["arn:aws-cn:s3:::state-china", "arn:aws-cn:s3:::state-china/*"]
