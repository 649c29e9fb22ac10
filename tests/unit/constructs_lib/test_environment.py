"""Where the stacks go."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.environment import Environment
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
        "x: 'name' must be given (got nothing); what NETFLUX_ENV calls it",
        "x: 'account_id' must be given (got nothing); 12 digits, as a string",
        "x: 'region' must be given (got nothing); such as us-east-1",
        "x: 'state_bucket' must be given (got nothing); 3 to 63 lower-case letters, digits, dots"
        " or hyphens, the first and last no dot or hyphen, without two dots in a row, not"
        " beginning with xn-- or sthree-",
    ]


def test_an_unknown_argument() -> None:
    assert sentences(accountid="1") == [
        "prod: 'accountid' is no argument of Environment (got '1'); write 'account_id'"
    ]


@pytest.mark.parametrize("account", ["12754974868", "1275497486820", 127549748682, "", None])
def test_an_account_that_is_none(account: object) -> None:
    assert sentences(account_id=account) == [
        f"prod: 'account_id' must be 12 digits, as a string (got {account!r});"
        " copy the number from the console's account menu"
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
