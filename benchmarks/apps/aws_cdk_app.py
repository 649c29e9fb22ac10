"""The same resources with AWS CDK, which writes CloudFormation: its own constructs, plainly."""

import alike
import aws_cdk as cdk
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3

ENVIRONMENT = cdk.Environment(account=alike.ACCOUNT, region=alike.REGION)
ROLES = f"arn:aws:iam::{alike.ACCOUNT}:role"

app = cdk.App()

bucket_stack = cdk.Stack(app, "state-bucket", env=ENVIRONMENT)
s3.Bucket(
    bucket_stack,
    "bucket",
    bucket_name=alike.BUCKET,
    versioned=True,
    encryption=s3.BucketEncryption.S3_MANAGED,
    block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
    enforce_ssl=True,
    removal_policy=cdk.RemovalPolicy.RETAIN,
)

iam_stack = cdk.Stack(app, "iam", env=ENVIRONMENT)
for role, policies in {
    "netflux-task-role": (
        "service-role/AmazonEC2ContainerServiceRole",
        "SecretsManagerReadWrite",
    ),
    "ecs-task-execution-role": ("service-role/AmazonECSTaskExecutionRolePolicy",),
}.items():
    iam.Role(
        iam_stack,
        role,
        role_name=role,
        description="Allows ECS tasks to call AWS services on your behalf.",
        assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
        managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(p) for p in policies],
    )

for name in alike.names():
    stack = cdk.Stack(app, name, env=ENVIRONMENT)
    log_group = logs.LogGroup(stack, "log_group", log_group_name=f"/ecs/{name}")
    task_definition = ecs.FargateTaskDefinition(
        stack,
        "task_definition",
        family=name,
        cpu=512,
        memory_limit_mib=1024,
        runtime_platform=ecs.RuntimePlatform(
            cpu_architecture=ecs.CpuArchitecture.X86_64,
            operating_system_family=ecs.OperatingSystemFamily.LINUX,
        ),
        task_role=iam.Role.from_role_arn(
            stack, "task_role", f"{ROLES}/netflux-task-role", mutable=False
        ),
        execution_role=iam.Role.from_role_arn(
            stack, "execution_role", f"{ROLES}/ecs-task-execution-role", mutable=False
        ),
    )
    task_definition.add_container(
        name,
        image=ecs.ContainerImage.from_registry(
            f"{alike.ACCOUNT}.dkr.ecr.{alike.REGION}.amazonaws.com/{name}:latest"
        ),
        environment={"SPRING_PROFILES_ACTIVE": "prod"},
        port_mappings=[ecs.PortMapping(container_port=8080)],
        logging=ecs.LogDriver.aws_logs(log_group=log_group, stream_prefix="ecs"),
    )

app.synth()
