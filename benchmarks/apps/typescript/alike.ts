// The stacks of this project, as `../alike.py` has them. Only types are imported of the provider
// here; `root.ts` and `submodules.ts` give the classes.

import type * as aws from "@cdktf/provider-aws";
import {
  App,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  TerraformOutput,
  TerraformStack,
} from "cdktf";

export interface Classes {
  AwsProvider: typeof aws.provider.AwsProvider;
  Bucket: typeof aws.s3Bucket.S3Bucket;
  BucketEncryption: typeof aws.s3BucketServerSideEncryptionConfiguration.S3BucketServerSideEncryptionConfigurationA;
  BucketPolicy: typeof aws.s3BucketPolicy.S3BucketPolicy;
  BucketPublicAccessBlock: typeof aws.s3BucketPublicAccessBlock.S3BucketPublicAccessBlock;
  BucketVersioning: typeof aws.s3BucketVersioning.S3BucketVersioningA;
  DataObjects: typeof aws.dataAwsS3Objects.DataAwsS3Objects;
  LogGroup: typeof aws.cloudwatchLogGroup.CloudwatchLogGroup;
  Role: typeof aws.iamRole.IamRole;
  RolePolicyAttachment: typeof aws.iamRolePolicyAttachment.IamRolePolicyAttachment;
  TaskDefinition: typeof aws.ecsTaskDefinition.EcsTaskDefinition;
}

const ACCOUNT = "127549748682";
const REGION = "us-east-1";
const BUCKET = `netflux-terraform-state-${ACCOUNT}`;
const IAM_STATE = {
  allowedAccountIds: [ACCOUNT],
  bucket: BUCKET,
  key: "iam/terraform.tfstate",
  region: REGION,
};
const ROLES = {
  task_role: {
    name: "netflux-task-role",
    policies: ["service-role/AmazonEC2ContainerServiceRole", "SecretsManagerReadWrite"],
  },
  execution_role: {
    name: "ecs-task-execution-role",
    policies: ["service-role/AmazonECSTaskExecutionRolePolicy"],
  },
};

export function synthesize(classes: Classes): void {
  const app = new App();
  stateBucket(classes, stackOf(classes, app, "state-bucket"));
  iam(classes, stackOf(classes, app, "iam"));
  for (let number = 1; number <= Number(process.env.SERVICES); number++) {
    const name = `service-${String(number).padStart(4, "0")}`;
    service(classes, stackOf(classes, app, name), name);
  }
  app.synth();
}

function stackOf(classes: Classes, app: App, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new classes.AwsProvider(stack, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });
  if (name === "state-bucket") {
    new LocalBackend(stack, { path: "state-bucket.tfstate" });
  } else {
    new S3Backend(stack, {
      ...IAM_STATE,
      encrypt: true,
      key: `${name}/terraform.tfstate`,
    });
    stack.addOverride("terraform.backend.s3.use_lockfile", true);
  }
  return stack;
}

function stateBucket(classes: Classes, stack: TerraformStack): void {
  const bucket = new classes.Bucket(stack, "bucket", {
    bucket: BUCKET,
    forceDestroy: false,
    lifecycle: { preventDestroy: true },
  });
  new classes.BucketVersioning(stack, "versioning", {
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  new classes.BucketEncryption(stack, "encryption", {
    bucket: bucket.id,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  const accessBlock = new classes.BucketPublicAccessBlock(stack, "public_access_block", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const arn = `arn:aws:s3:::${BUCKET}`;
  new classes.BucketPolicy(stack, "policy", {
    bucket: bucket.id,
    policy: policy({
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
    dependsOn: [accessBlock],
  });
}

function iam(classes: Classes, stack: TerraformStack): void {
  for (const [id, { name, policies }] of Object.entries(ROLES)) {
    const role = new classes.Role(stack, id, {
      name,
      description: "Allows ECS tasks to call AWS services on your behalf.",
      assumeRolePolicy: policy({
        Sid: "",
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    });
    for (const each of policies) {
      new classes.RolePolicyAttachment(stack, `${id}_${each.split("/").pop()}`, {
        role: role.name,
        policyArn: `arn:aws:iam::aws:policy/${each}`,
      });
    }
    new TerraformOutput(stack, `${id}_arn`, { value: role.arn });
  }
}

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function service(classes: Classes, stack: TerraformStack, name: string): void {
  const logGroup = new classes.LogGroup(stack, "log_group", { name: `/ecs/${name}` });
  const keys = new classes.DataObjects(stack, "iam_state", {
    bucket: BUCKET,
    prefix: IAM_STATE.key,
  });
  const state = new DataTerraformRemoteStateS3(stack, "iam", IAM_STATE);
  const cure = "deploy it first, with: npx cdktf deploy iam";
  state.addOverride("lifecycle", {
    precondition: [
      {
        condition: `\${contains(${keys.fqn}.keys, "${IAM_STATE.key}")}`,
        error_message: `${name}: the stack iam has not been deployed; ${cure}`,
      },
    ],
    postcondition: [
      {
        condition: "${can(self.outputs.task_role_arn) && can(self.outputs.execution_role_arn)}",
        error_message: `${name}: the stack iam has no roles; ${cure}`,
      },
    ],
  });
  new classes.TaskDefinition(stack, "task_definition", {
    family: name,
    cpu: "512",
    memory: "1024",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
    skipDestroy: true,
    taskRoleArn: state.getString("task_role_arn"),
    executionRoleArn: state.getString("execution_role_arn"),
    containerDefinitions: JSON.stringify([container(name)]),
    dependsOn: [logGroup],
  });
}

function container(name: string): object {
  return {
    cpu: 0,
    environment: [{ name: "SPRING_PROFILES_ACTIVE", value: "prod" }],
    essential: true,
    image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${name}:latest`,
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-create-group": "true",
        "awslogs-group": `/ecs/${name}`,
        "awslogs-region": REGION,
        "awslogs-stream-prefix": "ecs",
      },
    },
    mountPoints: [],
    name,
    portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
    systemControls: [],
    volumesFrom: [],
  };
}
