"""A service with roles of its own, and a bucket beside it."""

from cdktf import S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from constructs import Construct
from tools.names import bucket_name

from constructs_lib.definition import default_log_group, rendered
from constructs_lib.environment import Environment
from constructs_lib.log_group import LogGroup
from constructs_lib.roles import EcsTasksRole
from constructs_lib.service import Service
from constructs_lib.task_definition import TaskDefinition


class ServiceStack(TerraformStack):
    def __init__(self, scope: Construct, service: Service, environment: Environment) -> None:
        super().__init__(scope, service.name)
        region, tags = environment.region, dict(environment.tags)
        AwsProvider(self, "aws", region=region, default_tags=[{"tags": tags}])
        S3Backend(
            self,
            bucket=environment.state_bucket,
            key=f"{service.name}/terraform.tfstate",
            region=region,
        )
        task_role = EcsTasksRole(self, "task_role", name=f"{service.name}-task")
        execution_role = EcsTasksRole(
            self,
            "execution_role",
            name=f"{service.name}-execution",
            managed_policies=["AmazonECSTaskExecutionRolePolicy"],
        )
        logs = LogGroup(
            self,
            "logs",
            name=default_log_group(service),
            retention_days=service.log_retention_days,
        )
        TaskDefinition(
            self,
            "task",
            definition=rendered(service, environment),
            task_role_arn=task_role.arn,
            execution_role_arn=execution_role.arn,
            depends_on=[logs],
        )
        S3Bucket(self, "pictures", bucket=bucket_name(service.name, "pictures"))
