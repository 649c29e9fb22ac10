import {
  cloudwatchLogGroup,
  dataAwsS3Objects,
  ecsTaskDefinition,
  iamRole,
  iamRolePolicyAttachment,
  provider,
  s3Bucket,
  s3BucketPolicy,
  s3BucketPublicAccessBlock,
  s3BucketServerSideEncryptionConfiguration,
  s3BucketVersioning,
} from "@cdktf/provider-aws";
import { synthesize } from "./alike";

synthesize({
  AwsProvider: provider.AwsProvider,
  Bucket: s3Bucket.S3Bucket,
  BucketEncryption:
    s3BucketServerSideEncryptionConfiguration.S3BucketServerSideEncryptionConfigurationA,
  BucketPolicy: s3BucketPolicy.S3BucketPolicy,
  BucketPublicAccessBlock: s3BucketPublicAccessBlock.S3BucketPublicAccessBlock,
  BucketVersioning: s3BucketVersioning.S3BucketVersioningA,
  DataObjects: dataAwsS3Objects.DataAwsS3Objects,
  LogGroup: cloudwatchLogGroup.CloudwatchLogGroup,
  Role: iamRole.IamRole,
  RolePolicyAttachment: iamRolePolicyAttachment.IamRolePolicyAttachment,
  TaskDefinition: ecsTaskDefinition.EcsTaskDefinition,
});
