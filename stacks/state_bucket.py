"""The stack of the state bucket. It holds the state of the others, so its own state is local."""

from __future__ import annotations

import json

from cdktf import LocalBackend
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
)
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA as by_default,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from constructs import Construct

from constructs_lib.environment import Environment
from constructs_lib.stack_ids import STATE_BUCKET_STACK
from stacks.base import BaseStack


class StateBucketStack(BaseStack):
    """A versioned, encrypted, private bucket that takes TLS only and is not destroyed."""

    def __init__(self, scope: Construct, *, environment: Environment, state_path: str) -> None:
        """`state_path` is where the stack's own state lies, seen from its folder in cdktf.out."""
        self._state_path = state_path
        super().__init__(scope, STATE_BUCKET_STACK, environment=environment)
        name = environment.state_bucket
        bucket = S3Bucket(
            self,
            "bucket",
            bucket=name,
            force_destroy=False,
            lifecycle={"prevent_destroy": True},
        )
        S3BucketVersioningA(
            self, "versioning", bucket=bucket.id, versioning_configuration={"status": "Enabled"}
        )
        S3BucketServerSideEncryptionConfigurationA(
            self,
            "encryption",
            bucket=bucket.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=by_default(sse_algorithm="AES256")
                )
            ],
        )
        access_block = S3BucketPublicAccessBlock(
            self,
            "public_access_block",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        arn = f"arn:{environment.partition.name}:s3:::{name}"
        S3BucketPolicy(
            self,
            "policy",
            bucket=bucket.id,
            policy=json.dumps(
                {
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
                }
            ),
            depends_on=[access_block],
        )

    def _add_backend(self, id: str) -> None:
        LocalBackend(self, path=self._state_path)
