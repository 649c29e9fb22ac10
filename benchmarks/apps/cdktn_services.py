"""CDKTN with `cdktn-aws`, whose submodules are AWS's services."""

from types import SimpleNamespace

import alike
import cdktn
from cdktn_aws.cloudwatch_logs import AwsGroup
from cdktn_aws.ecs import AwsTaskDefinition
from cdktn_aws.iam import AwsRole, AwsRolePolicyAttachment
from cdktn_aws.provider import AwsProvider
from cdktn_aws.s3 import (
    AwsBucket,
    AwsBucketPolicy,
    AwsBucketPublicAccessBlock,
    AwsBucketServerSideEncryptionConfiguration,
    AwsBucketVersioning,
    DataAwsObjects,
)

alike.synthesize(
    cdktn,
    SimpleNamespace(
        AwsProvider=AwsProvider,
        Bucket=AwsBucket,
        BucketEncryption=AwsBucketServerSideEncryptionConfiguration,
        BucketPolicy=AwsBucketPolicy,
        BucketPublicAccessBlock=AwsBucketPublicAccessBlock,
        BucketVersioning=AwsBucketVersioning,
        DataObjects=DataAwsObjects,
        EncryptionRule=AwsBucketServerSideEncryptionConfiguration.RuleProperty,
        LogGroup=AwsGroup,
        Role=AwsRole,
        RolePolicyAttachment=AwsRolePolicyAttachment,
        TaskDefinition=AwsTaskDefinition,
    ),
)
