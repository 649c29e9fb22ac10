"""The one table of AWS managed policies: a name to its path, so that an ARN is never typed.

A wrong path fails only at apply (NoSuchEntity), never at synth or plan.
Source, read 2026-11: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
A test compares every path with the list that the embedded AWS loads.
"""

from __future__ import annotations

from constructs_lib.errors import Problem

MANAGED_POLICY_PATHS = {
    "AWSAppMeshEnvoyAccess": "/",
    "AWSXRayDaemonWriteAccess": "/",
    "AmazonDynamoDBReadOnlyAccess": "/",
    "AmazonEC2ContainerRegistryPullOnly": "/",
    "AmazonEC2ContainerRegistryReadOnly": "/",
    "AmazonEC2ContainerServiceRole": "/service-role/",
    "AmazonECSTaskExecutionRolePolicy": "/service-role/",
    "AmazonElasticFileSystemClientReadOnlyAccess": "/",
    "AmazonElasticFileSystemClientReadWriteAccess": "/",
    "AmazonPrometheusRemoteWriteAccess": "/",
    "AmazonS3ReadOnlyAccess": "/",
    "AmazonSQSReadOnlyAccess": "/",
    "AmazonSSMManagedInstanceCore": "/",
    "AmazonSSMReadOnlyAccess": "/",
    "CloudWatchAgentServerPolicy": "/",
    "CloudWatchLogsReadOnlyAccess": "/",
    "SecretsManagerReadWrite": "/",
}


def managed_policy_arn(name: str, partition: str) -> str:
    """The exact ARN of an AWS managed policy of the table in `partition` (`aws`, `aws-cn`, ...)."""
    return f"arn:{partition}:iam::aws:policy{MANAGED_POLICY_PATHS[name]}{name}"


def managed_policy_problem(argument: str, name: object) -> Problem | None:
    """What is wrong with a policy's name, with the nearest names that are known, or None."""
    if isinstance(name, str) and name in MANAGED_POLICY_PATHS:
        return None
    from difflib import get_close_matches  # costs milliseconds, and only a mistake needs it

    near = get_close_matches(str(name), MANAGED_POLICY_PATHS, n=3, cutoff=0.4)
    return Problem(
        argument,
        "must be the name of an AWS managed policy of constructs_lib/managed_policies.py",
        name,
        f"the nearest known: {', '.join(near or sorted(MANAGED_POLICY_PATHS))}",
    )
