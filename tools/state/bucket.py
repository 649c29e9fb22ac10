"""The bucket that holds the states: why it cannot be used, and the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constructs_lib.commands import cdktf_command
from constructs_lib.stack_ids import STATE_BUCKET_STACK
from tools.aws import status_of

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

    from constructs_lib.environment import Environment


def bucket_fault(environment: Environment, s3: Any, met: ClientError | None = None) -> str | None:
    """What is wrong with the state bucket; `met` is what another request to it has met."""
    from botocore.exceptions import ClientError

    name, bucket = environment.name, environment.state_bucket
    told = f"{name}: the state bucket {bucket}"
    try:
        region = s3.head_bucket(Bucket=bucket).get("BucketRegion")
    except ClientError as error:
        status = status_of(error)
        headers = error.response["ResponseMetadata"].get("HTTPHeaders", {})
        region = headers.get("x-amz-bucket-region")
        if status == 404:
            command = cdktf_command("deploy", STATE_BUCKET_STACK)
            return f"{told} does not exist; deploy it first, with: {command}"
        if status == 403:
            return (
                f"{told} refuses these credentials; choose others with AWS_PROFILE, or let "
                "them have s3:ListBucket on it, and s3:GetObject and s3:PutObject in it"
            )
        if status not in (301, 307, 400):
            raise
    if region and region != environment.region:
        return (
            f"{told} is in the region {region}, and the environment is in "
            f"{environment.region}; name another bucket, or that region, in "
            "environments.py"
        )
    if met and met.response["Error"]["Code"] in ("AccessDenied", "403"):
        return (
            f"{told} refuses these credentials {met.operation_name}, so an older state would "
            "go unnoticed; let them have s3:ListBucketVersions on it, and s3:GetObject and "
            "s3:GetObjectVersion in it"
        )
    return None
