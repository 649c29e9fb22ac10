"""What resources are called: the words of AWS, and the names that they have there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.errors import one_line
from tools.eject.templates import parts

_SPELLED = {
    "cloudwatch": "CloudWatch",
    "cloudfront": "CloudFront",
    "cloudtrail": "CloudTrail",
    "dynamodb": "DynamoDB",
    "eventbridge": "EventBridge",
    "lambda": "Lambda",
    "lb": "load balancer",
    "secretsmanager": "Secrets Manager",
    "sfn": "Step Functions",
}
_CAPITALS = {
    *("acm", "acl", "api", "ami", "db", "dns", "ebs", "ec2", "ecr", "ecs", "efs", "eip", "eks"),
    *("emr", "iam", "id", "ip", "kms", "mq", "msk", "nat", "oidc", "rds", "s3", "ses", "sns"),
    *("sqs", "ssh", "ssl", "ssm", "ssoadmin", "tls", "vpc", "vpn", "waf", "wafv2"),
}

_IN_FULL = {"aws_instance": "EC2 instance"}

_NAMED_BY = {
    "aws_db_instance": "identifier",
    "aws_ecs_task_definition": "family",
    "aws_iam_role_policy_attachment": "policy_arn",
    "aws_lambda_function": "function_name",
    "aws_rds_cluster": "cluster_identifier",
    "aws_s3_bucket": "bucket",
}
"""The argument that has a resource's name, where that is not `name`."""


def words(kind: str) -> str:
    """A resource's type in words: `aws_ecs_task_definition` is `ECS task definition`."""
    return _IN_FULL.get(kind) or _spelled(kind.removeprefix("aws_"))


def part_words(kind: str, owner: str) -> str:
    """A type in words beside its owner's: that of `aws_s3_bucket_policy` is `policy`."""
    return _spelled(kind.removeprefix(f"{owner}_"))


def _spelled(kind: str) -> str:
    each = (
        _SPELLED.get(word) or (word.upper() if word in _CAPITALS else word)
        for word in kind.split("_")
    )
    return one_line(" ".join(each))


def literal(value: Any) -> str:
    """A string of Terraform's JSON as it will be; empty when that is not known yet."""
    pieces = parts(value) if isinstance(value, str) else []
    return pieces[0] if len(pieces) == 1 and isinstance(pieces[0], str) else ""


def given_name(kind: str, body: Mapping[str, Any]) -> str:
    """The name that the code gives to a resource; empty when it gives none."""
    name = literal(body.get(_NAMED_BY.get(kind, "name")))
    return one_line(name.rpartition("/")[2] if name.startswith("arn:") else name)
