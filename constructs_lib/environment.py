"""Where the stacks go: account, region, state bucket, and for the embedded AWS an endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from constructs_lib import names
from constructs_lib.arguments import Arguments, argument
from constructs_lib.errors import Problem
from constructs_lib.partitions import Partition, partition_of


def state_key(stack_id: str) -> str:
    """The key of a stack's state in the state bucket."""
    return f"{stack_id}/terraform.tfstate"


class Environment(Arguments):
    """One place to deploy to; the entries are in `environments.py`."""

    name: str = argument(says="what NETFLUX_ENV calls it")
    account_id: str = argument(
        says="the AWS account; with any other account Terraform stops",
        rule="12 digits, as a string",
    )
    region: str = argument(says="the AWS region", rule="such as us-east-1")
    state_bucket: str = argument(says="the S3 bucket of the state files", rule=names.BUCKET.words)
    endpoint: str | None = argument(
        default=None,
        says="the URL of an embedded AWS, with made-up credentials: AWS is out of reach",
        rule="http:// or https://; left out for AWS",
    )
    tags: Mapping[str, str] = argument(default={}, says="on everything that takes tags")
    github_repository: str | None = argument(
        default=None,
        says="the GitHub repository whose workflows may plan and apply; makes the stack ci-roles",
        rule=f"{names.GITHUB_REPOSITORY.words}; left out for no such stack",
    )

    @property
    def partition(self) -> Partition:
        return partition_of(self.region)

    @property
    def registry(self) -> str:
        """The host of the account's private ECR registry."""
        return f"{self.account_id}.dkr.ecr.{self.region}.{self.partition.dns_suffix}"

    def role_arn(self, role_name: str) -> str:
        """The ARN that a role of this account has."""
        return f"arn:{self.partition.name}:iam::{self.account_id}:role/{role_name}"

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong with the entry."""
        yield from self.names_problems()
        checks = (
            ("account_id", names.ACCOUNT, "copy the number from the console's account menu"),
            ("region", names.REGION, "copy the region's code, not its name"),
            ("state_bucket", names.BUCKET, "choose another name for the bucket"),
        )
        for argument_, rule, cure in checks:
            if argument_ in self.given:
                problem = rule.problem(argument_, self.given[argument_], cure)
                if problem:
                    yield problem
        if self.endpoint is not None and not str(self.endpoint).startswith(("http://", "https://")):
            yield Problem("endpoint", "must be a URL", self.endpoint, "begin it with http://")
        if self.github_repository is not None:
            cure = "copy it from the repository's address"
            problem = names.GITHUB_REPOSITORY.problem(
                "github_repository", self.github_repository, cure
            )
            if problem:
                yield problem
        tags = self.tags
        if not isinstance(tags, Mapping) or not all(
            isinstance(text, str) for pair in tags.items() for text in pair
        ):
            yield Problem("tags", "must map strings to strings", tags, "quote keys and values")
