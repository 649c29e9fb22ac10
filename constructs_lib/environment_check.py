"""Everything that is wrong with an environment, alone and beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from constructs_lib import names
from constructs_lib.environment_values import endpoint_problem, tag_problems
from constructs_lib.errors import Problem
from constructs_lib.forms import is_list
from constructs_lib.guard_rails import BROAD_CHOICES
from constructs_lib.partitions import partition_of
from constructs_lib.shared_roles import SHARED_ROLE_NAMES

if TYPE_CHECKING:
    from constructs_lib.environment import Environment

_LONGEST_ROLE_NAME = 64
_CHECKS = (
    ("name", names.ENVIRONMENT, "choose such a name"),
    ("account_id", names.ACCOUNT, "copy the number from the console's account menu, in quotes"),
    ("region", names.REGION, "copy the region's code, not its name"),
    ("state_bucket", names.BUCKET, "choose another name for the bucket"),
    ("name_prefix", names.AFFIX, "leave the other characters out"),
    ("name_suffix", names.AFFIX, "leave the other characters out"),
    ("role_path", names.ROLE_PATH, "write / before and behind it"),
    ("permissions_boundary", names.PERMISSIONS_BOUNDARY, "copy the policy's ARN from IAM"),
    ("github_repository", names.GITHUB_REPOSITORY, "copy what follows github.com/ in its address"),
)
_MAY_BE_NONE = ("permissions_boundary", "github_repository")


def problems(environment: Environment) -> Iterator[Problem]:
    """Everything that is wrong with the entry itself."""
    yield from environment.names_problems()
    wrong = set()
    for argument, rule, cure in _CHECKS:
        value = environment.given.get(argument)
        if argument in environment.given and not (value is None and argument in _MAY_BE_NONE):
            problem = rule.problem(argument, value, cure)
            if problem:
                wrong.add(argument)
                yield problem
    wrong_endpoint = endpoint_problem(environment.endpoint)
    if wrong_endpoint:
        yield wrong_endpoint
    yield from tag_problems(environment.tags)
    if not isinstance(environment.service_defaults, Mapping):
        rule, cure = "must map arguments of Service to values", 'write {"cpu_units": 256}'
        yield Problem("service_defaults", rule, environment.service_defaults, cure)
    for argument in ("confused_deputy_conditions", "least_privilege"):
        value = getattr(environment, argument)
        if type(value) is not bool:
            yield Problem(argument, "must be True or False", value, "choose one")
    if not wrong & {"name_prefix", "name_suffix"}:
        yield from _role_name_problems(environment)
    if not wrong & {"account_id", "region", "permissions_boundary"}:
        yield from _boundary_problems(environment)
    yield from _acknowledged_problems(environment)


def _role_name_problems(environment: Environment) -> Iterator[Problem]:
    longest = environment.named(max(SHARED_ROLE_NAMES, key=len))
    if len(longest) > _LONGEST_ROLE_NAME:
        argument = "name_prefix" if environment.name_prefix else "name_suffix"
        yield Problem(
            argument,
            f"must leave the role {longest} at most {_LONGEST_ROLE_NAME} characters,"
            f" and it has {len(longest)}",
            getattr(environment, argument),
            f"take {len(longest) - _LONGEST_ROLE_NAME} away",
        )


def _boundary_problems(environment: Environment) -> Iterator[Problem]:
    arn = environment.permissions_boundary
    if arn is None:
        return
    partition, account = arn.split(":")[1], arn.split(":")[4]
    own, wanted = environment.account_id, partition_of(environment.region).name
    if account not in (own, "aws") or partition != wanted:
        rule = f"must be a policy of the account {own} or of AWS, in the partition {wanted}"
        cure = f"copy the ARN of that account's policy: arn:{wanted}:iam::{own}:policy/NAME"
        yield Problem("permissions_boundary", rule, arn, cure)


def _acknowledged_problems(environment: Environment) -> Iterator[Problem]:
    acknowledged = environment.acknowledged
    if not is_list(acknowledged):
        yield Problem("acknowledged", "must be a list", acknowledged, "write [...]")
        return
    for index, choice in enumerate(acknowledged):
        if choice not in list(BROAD_CHOICES):  # not every value can be looked up in a dictionary
            rule = f"must be one of {', '.join(BROAD_CHOICES)}"
            yield Problem(f"acknowledged[{index}]", rule, choice, "copy it from the warning")


def problems_beside(environment: Environment, others: Iterable[Environment]) -> Iterator[Problem]:
    """What the environment must not have in common with another entry of environments.py."""
    for other in others:
        if other.name == environment.name:
            rule = "must be of one environment only, and another entry has it"
            yield Problem("name", rule, environment.name, "choose another")
            continue
        if other.endpoint != environment.endpoint:
            continue
        if other.state_bucket == environment.state_bucket:
            rule = f"must be of one environment only, and {other.name} has it"
            cure = "choose another, as both would write the same states"
            yield Problem("state_bucket", rule, environment.state_bucket, cure)
        if _affixes(other) == _affixes(environment):
            rule = (
                f"must differ from {other.name}'s, as both are in the account"
                f" {environment.account_id} and would have roles of the same names"
            )
            cure = "give name_prefix to the one that has nothing deployed yet"
            yield Problem("name_prefix", rule, environment.name_prefix, cure)


def _affixes(environment: Environment) -> tuple[object, ...]:
    """What tells the roles of two environments apart."""
    return environment.account_id, environment.name_prefix, environment.name_suffix
