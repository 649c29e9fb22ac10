"""Where the stacks go: account, region, state bucket, and for the embedded AWS an endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from constructs_lib import names
from constructs_lib.arguments import Arguments, argument
from constructs_lib.environment_check import problems
from constructs_lib.errors import Problem
from constructs_lib.forms import BOOLEAN, STRING, STRING_MAP, STRINGS, Form
from constructs_lib.image_lines import ImageLine
from constructs_lib.partitions import Partition, partition_of
from constructs_lib.shared_roles import SHARED_ROLE_NAMES, TASK_ROLE_POLICIES

_CREATE_ROLE = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"
_BOUNDARIES = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"
_TASK_ROLES = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html"


def state_key(stack_id: str) -> str:
    """The key of a stack's state in the state bucket."""
    return f"{stack_id}/terraform.tfstate"


class Environment(Arguments):
    """One place to deploy to; the entries are in `environments.py`."""

    name: str = argument(form=STRING, says="what NETFLUX_ENV calls it")
    account_id: str = argument(
        form=STRING,
        says="the AWS account; with any other account Terraform stops",
        rule=names.ACCOUNT.words,
    )
    region: str = argument(form=STRING, says="the AWS region", rule="such as us-east-1")
    state_bucket: str = argument(
        form=STRING,
        says="the S3 bucket of the state files, of this environment only",
        rule=names.BUCKET.words,
    )
    endpoint: str | None = argument(
        default=None,
        form=STRING,
        says="the URL of an embedded AWS, with made-up credentials: AWS is out of reach",
        rule="http:// or https://; left out for AWS",
    )
    tags: Mapping[str, str] = argument(
        default={}, form=STRING_MAP, says="on everything that takes tags"
    )
    github_repository: str | None = argument(
        default=None,
        form=STRING,
        says="the GitHub repository whose workflows may plan and apply; makes the stack ci-roles",
        rule=f"{names.GITHUB_REPOSITORY.words}; left out for no such stack",
    )
    name_prefix: str = argument(
        default="",
        form=STRING,
        says="before the name of each role, family and log group (there after the last /), so that"
        " two environments can share an account",
        rule=f"{names.AFFIX.words}; a role's name has at most 64 characters with it",
    )
    name_suffix: str = argument(
        default="",
        form=STRING,
        says="behind each of these names",
        rule="as name_prefix",
    )
    service_defaults: Mapping[str, Any] = argument(
        default={},
        form=Form("mapping of argument to value"),
        says="arguments of Service for every service that says nothing else: sizes, variables",
        rule="any argument of Service but name and per_environment",
    )
    confused_deputy_conditions: bool = argument(
        default=False,
        form=BOOLEAN,
        says="ECS may take both roles on only for tasks of this account and region",
        source=f"[trust policy]({_TASK_ROLES})",
    )
    least_privilege: bool = argument(
        default=False,
        form=BOOLEAN,
        says="the task role may read the secrets that the services name, and nothing else",
    )
    permissions_boundary: str | None = argument(
        default=None,
        form=STRING,
        says="the ARN of the policy that bounds both roles",
        rule="a policy of the account, or AWS's own",
        source=f"[permissions boundaries]({_BOUNDARIES})",
    )
    role_path: str = argument(
        default="/",
        form=STRING,
        says="the path of both roles, a part of their ARNs",
        rule=names.ROLE_PATH.words,
        source=f"[Path]({_CREATE_ROLE})",
    )
    acknowledged: Sequence[str] = argument(
        default=(),
        form=STRINGS,
        says="broad choices that are meant: no warning",
        rule="SecretsManagerReadWrite, AmazonEC2ContainerServiceRole, confused_deputy_conditions",
    )

    images = MappingProxyType[tuple[str, str], ImageLine]({})
    """The lines of images.txt by environment and service."""

    def with_images(self, lines: Mapping[tuple[str, str], ImageLine]) -> Environment:
        """The same environment, where these lines say which images run."""
        environment = Environment(**self.given)
        environment.images = MappingProxyType(dict(lines))
        return environment

    @property
    def partition(self) -> Partition:
        return partition_of(self.region)

    @property
    def registry(self) -> str:
        """The host of the account's private ECR registry."""
        return f"{self.account_id}.dkr.ecr.{self.region}.{self.partition.dns_suffix}"

    def named(self, name: str) -> str:
        """The name that a role, family or log group has here: in a path, its last part."""
        folder, slash, last = name.rpartition("/")
        return f"{folder}{slash}{self.name_prefix}{last}{self.name_suffix}"

    def without_affixes(self, name: str) -> str | None:
        """What `named` makes this name of; None where it makes it of nothing."""
        folder, slash, last = name.rpartition("/")
        plain = last.removeprefix(self.name_prefix).removesuffix(self.name_suffix)
        found = folder + slash + plain
        return found if plain and self.named(found) == name else None

    @property
    def task_role_policies(self) -> tuple[str, ...]:
        """The managed policies of the task role."""
        return () if self.least_privilege else TASK_ROLE_POLICIES

    def role_arn(self, role_name: str) -> str:
        """The ARN of a role of this account; a shared one has the path and the affixes."""
        if role_name in SHARED_ROLE_NAMES:
            role_name = self.named(role_name)
        if role_name in map(self.named, SHARED_ROLE_NAMES):
            role_name = self.role_path.lstrip("/") + role_name
        return f"arn:{self.partition.name}:iam::{self.account_id}:role/{role_name}"

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong with the entry."""
        return problems(self)
