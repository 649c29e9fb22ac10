"""Where the stacks go."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.environment import Environment
from constructs_lib.environment_check import problems_beside
from constructs_lib.partitions import Partition
from tests.unit.synthesis import CHINA, LOCAL, PROD


def sentences(**changed: Any) -> list[str]:
    environment = Environment(**{**PROD.given, **changed})
    return [problem.sentence("prod") for problem in environment.problems()]


@pytest.mark.parametrize("environment", [PROD, LOCAL, CHINA])
def test_good_entries(environment: Environment) -> None:
    assert list(environment.problems()) == []


def test_without_endpoint_and_tags_it_is_aws_without_tags() -> None:
    assert (PROD.endpoint, PROD.tags) == (None, {})


def test_what_follows_from_the_region() -> None:
    assert PROD.partition == Partition("aws", "amazonaws.com")
    assert PROD.registry == "127549748682.dkr.ecr.us-east-1.amazonaws.com"
    assert PROD.role_arn("r") == "arn:aws:iam::127549748682:role/r"
    assert CHINA.partition == Partition("aws-cn", "amazonaws.com.cn")
    assert CHINA.registry == "210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn"
    assert CHINA.role_arn("r") == "arn:aws-cn:iam::210987654321:role/r"


def test_nothing_given() -> None:
    assert [problem.sentence("x") for problem in Environment().problems()] == [  # type: ignore[call-arg]
        "x: 'name' must be given (got nothing); write name=... (what NETFLUX_ENV calls it)",
        "x: 'account_id' must be given (got nothing);"
        " write account_id=... (12 digits, as a string)",
        "x: 'region' must be given (got nothing); write region=... (such as us-east-1)",
        "x: 'state_bucket' must be given (got nothing); write state_bucket=... (3 to 63"
        " lower-case letters, digits, dots or hyphens, the first and last no dot or hyphen, without"
        " two dots in a row, not beginning with xn-- or sthree-)",
    ]


def test_an_unknown_argument() -> None:
    assert sentences(accountid="1") == [
        "prod: 'accountid' is no argument of Environment (got '1'); write 'account_id'"
    ]


@pytest.mark.parametrize("account", ["12754974868", "1275497486820", 127549748682, "", None])
def test_an_account_that_is_none(account: object) -> None:
    assert sentences(account_id=account) == [
        f"prod: 'account_id' must be 12 digits, as a string (got {account!r});"
        " copy the number from the console's account menu, in quotes"
    ]


@pytest.mark.parametrize("region", ["N. Virginia", "", None, 5])
def test_a_region_that_is_none(region: object) -> None:
    assert sentences(region=region) == [
        f"prod: 'region' must be an AWS region such as us-east-1 (got {region!r});"
        " copy the region's code, not its name"
    ]


def test_a_bucket_that_can_be_none() -> None:
    assert sentences(state_bucket="Netflux") == [
        "prod: 'state_bucket' must be 3 to 63 lower-case letters, digits, dots or hyphens, the"
        " first and last no dot or hyphen, without two dots in a row, not beginning with xn-- or"
        " sthree- (got 'Netflux'); choose another name for the bucket"
    ]


@pytest.mark.parametrize("endpoint", ["127.0.0.1:4599", "", "ftp://x", "httpx", 5])
def test_an_endpoint_that_is_no_url(endpoint: object) -> None:
    assert sentences(endpoint=endpoint) == [
        f"prod: 'endpoint' must be a URL (got {endpoint!r}); begin it with http://"
    ]


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1", "https://aws.example", None])
def test_endpoints(endpoint: object) -> None:
    assert sentences(endpoint=endpoint) == []


@pytest.mark.parametrize("tags", [{"a": 1}, {1: "a"}, {"a": None}, ["a"], "a", None])
def test_tags_that_are_none(tags: object) -> None:
    assert sentences(tags=tags) == [
        f"prod: 'tags' must map strings to strings (got {tags!r}); quote keys and values"
    ]


def test_all_mistakes_at_once() -> None:
    given = {"account_id": "1", "region": "x", "state_bucket": "B", "endpoint": "y", "tags": 1}
    assert [sentence.split("'")[1] for sentence in sentences(**given)] == list(given)


GUARDED = Environment(
    name="staging",
    account_id="111122223333",
    region="eu-west-1",
    state_bucket="netflux-state-staging",
    name_prefix="staging-",
    name_suffix="-2",
    role_path="/netflux/",
)


def test_the_shared_roles_have_path_prefix_and_suffix_and_others_have_none() -> None:
    arn = "arn:aws:iam::111122223333:role"
    for name in ("netflux-task-role", "ecs-task-execution-role"):
        for said in (name, f"staging-{name}-2"):
            assert GUARDED.role_arn(said) == f"{arn}/netflux/staging-{name}-2"
    assert GUARDED.role_arn("theirs") == f"{arn}/theirs"


def test_prefix_and_suffix_are_on_the_last_part_of_a_name() -> None:
    assert GUARDED.named("movie-service") == "staging-movie-service-2"
    assert GUARDED.named("/ecs/movie-service") == "/ecs/staging-movie-service-2"
    assert PROD.named("/ecs/movie-service") == "/ecs/movie-service"


@pytest.mark.parametrize("argument", ["name_prefix", "name_suffix"])
def test_a_prefix_is_as_long_as_the_longest_role_leaves_room_for(argument: str) -> None:
    assert sentences(**{argument: "p" * 41}) == []
    role = "p" * 42 + "ecs-task-execution-role"
    if argument == "name_suffix":
        role = "ecs-task-execution-role" + "p" * 42
    assert sentences(**{argument: "p" * 42}) == [
        f"prod: '{argument}' must leave the role {role} at most 64 characters, and it has 65"
        f" (got {'p' * 42!r}); take 1 away"
    ]


@pytest.mark.parametrize("prefix", ["a b", "a/", "é", "a.", None, 5])
def test_a_prefix_that_not_every_name_takes(prefix: object) -> None:
    assert sentences(name_prefix=prefix) == [
        "prod: 'name_prefix' must be letters, digits, hyphens or underscores, which roles, families"
        f" and log groups all take (got {prefix!r}); leave the other characters out"
    ]


def test_a_boundary_is_a_policy_of_the_account_or_of_aws() -> None:
    policy = "arn:aws:iam::%s:policy/bounds"
    assert sentences(permissions_boundary=policy % "127549748682") == []
    assert sentences(permissions_boundary=policy % "aws") == []
    assert sentences(permissions_boundary=None) == []
    assert sentences(permissions_boundary=policy % "111122223333") == [
        "prod: 'permissions_boundary' must be a policy of the account 127549748682 or of AWS, in"
        f" the partition aws (got {policy % '111122223333'!r}); copy the ARN of that account's"
        " policy: arn:aws:iam::127549748682:policy/NAME"
    ]
    assert sentences(permissions_boundary="bounds") == [
        "prod: 'permissions_boundary' must be the ARN of an IAM policy:"
        " arn:aws:iam::ACCOUNT:policy/NAME (got 'bounds'); copy the policy's ARN from IAM"
    ]


@pytest.mark.parametrize(
    ("changed", "argument"),
    [
        ({"name": "a b"}, "name"),
        ({"name": None}, "name"),
        ({"role_path": "netflux"}, "role_path"),
        ({"confused_deputy_conditions": "yes"}, "confused_deputy_conditions"),
        ({"least_privilege": 1}, "least_privilege"),
        ({"service_defaults": ["cpu_units"]}, "service_defaults"),
        ({"acknowledged": "SecretsManagerReadWrite"}, "acknowledged"),
        ({"acknowledged": ["Secrets"]}, "acknowledged[0]"),
        ({"acknowledged": [[]]}, "acknowledged[0]"),
    ],
)
def test_other_arguments_that_are_wrong(changed: dict[str, Any], argument: str) -> None:
    assert [sentence.split("'")[1] for sentence in sentences(**changed)] == [argument]


def beside(*others: Environment, **changed: Any) -> list[str]:
    environment = Environment(**{**PROD.given, **changed})
    return [problem.sentence("prod") for problem in problems_beside(environment, others)]


def other(**changed: Any) -> Environment:
    return Environment(**{**PROD.given, "name": "other", "state_bucket": "other", **changed})


def test_environments_in_accounts_of_their_own_have_nothing_in_common() -> None:
    assert beside(other(account_id="111122223333"), LOCAL) == []


def test_environments_of_one_account_need_different_names() -> None:
    assert beside(other(name_prefix="other-")) == []
    assert beside(other(region="eu-west-1")) == [
        "prod: 'name_prefix' must differ from other's, as both are in the account 127549748682 and"
        " would have roles of the same names (got ''); give name_prefix to the one that has nothing"
        " deployed yet"
    ]


def test_those_of_one_embedded_aws_need_them_too() -> None:
    endpoint = "http://127.0.0.1:4599"
    [sentence] = beside(other(endpoint=endpoint), endpoint=endpoint)
    assert sentence.startswith("prod: 'name_prefix' must differ from other's, ")
    assert beside(other(endpoint="http://127.0.0.1:4600"), endpoint=endpoint) == []


def test_environments_never_share_a_state_bucket_or_a_name() -> None:
    bucket = PROD.state_bucket
    assert beside(other(account_id="111122223333", state_bucket=bucket)) == [
        f"prod: 'state_bucket' must be of one environment only, and other has it (got {bucket!r});"
        " choose another, as both would write the same states"
    ]
    assert beside(other(name="prod")) == [
        "prod: 'name' must be of one environment only, and another entry has it (got 'prod');"
        " choose another"
    ]
