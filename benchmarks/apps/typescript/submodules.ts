import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsS3Objects } from "@cdktf/provider-aws/lib/data-aws-s3-objects";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { synthesize } from "./alike";

synthesize({
  AwsProvider,
  Bucket: S3Bucket,
  BucketEncryption: S3BucketServerSideEncryptionConfigurationA,
  BucketPolicy: S3BucketPolicy,
  BucketPublicAccessBlock: S3BucketPublicAccessBlock,
  BucketVersioning: S3BucketVersioningA,
  DataObjects: DataAwsS3Objects,
  LogGroup: CloudwatchLogGroup,
  Role: IamRole,
  RolePolicyAttachment: IamRolePolicyAttachment,
  TaskDefinition: EcsTaskDefinition,
});
