"""CDKTN with its prebuilt provider of AWS."""

from types import SimpleNamespace

import alike
import cdktn
from cdktn_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktn_provider_aws.data_aws_s3_objects import DataAwsS3Objects
from cdktn_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktn_provider_aws.iam_role import IamRole
from cdktn_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktn_provider_aws.provider import AwsProvider
from cdktn_provider_aws.s3_bucket import S3Bucket
from cdktn_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktn_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktn_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
)
from cdktn_provider_aws.s3_bucket_versioning import S3BucketVersioningA

alike.synthesize(
    cdktn,
    SimpleNamespace(
        AwsProvider=AwsProvider,
        Bucket=S3Bucket,
        BucketEncryption=S3BucketServerSideEncryptionConfigurationA,
        BucketPolicy=S3BucketPolicy,
        BucketPublicAccessBlock=S3BucketPublicAccessBlock,
        BucketVersioning=S3BucketVersioningA,
        DataObjects=DataAwsS3Objects,
        EncryptionRule=S3BucketServerSideEncryptionConfigurationRuleA,
        LogGroup=CloudwatchLogGroup,
        Role=IamRole,
        RolePolicyAttachment=IamRolePolicyAttachment,
        TaskDefinition=EcsTaskDefinition,
    ),
)
