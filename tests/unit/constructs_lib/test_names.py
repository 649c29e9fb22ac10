"""Which names AWS takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from constructs_lib import names
from constructs_lib.errors import Problem
from constructs_lib.names import NameRule
from tests.unit.botocore_data import endpoint_partitions, model

TAKEN: dict[str, tuple[NameRule, Sequence[object]]] = {
    "role": (names.ROLE, ["r", "r" * 64, "aZ09+=,.@-_"]),
    "family and container": (names.ECS, ["m", "m" * 255, "aZ09-_"]),
    "repository": (names.REPOSITORY, ["mo", "m" * 255, "m0-v--i_e__s", "0-9"]),
    "bucket": (names.BUCKET, ["abc", "a" * 63, "0.a-b.9"]),
    "account": (names.ACCOUNT, ["127549748682", "000000000000"]),
    "region": (names.REGION, ["us-east-1", "us-gov-west-1", "eusc-de-east-1"]),
    "log group": (names.LOG_GROUP, ["l", "l" * 512, "/ecs/a.b_c#-9"]),
}
REFUSED: dict[str, tuple[NameRule, Sequence[object]]] = {
    "role": (names.ROLE, ["", "r" * 65, "a b", "a/b", "é", "a\n", None, 5]),
    "family and container": (names.ECS, ["", "m" * 256, "a b", "a.b", "é", "a\n", None, 5]),
    "repository": (
        names.REPOSITORY,
        ["", "Mo", "-mo", "mo-", "_mo", "mo_", "m___o", "m_-o", "m.o", "m/o", "mé", "mo\n", 5],
    ),
    "bucket": (
        names.BUCKET,
        ["ab", "a" * 64, "Abc", "a_b", "-ab", "ab-", ".ab", "ab.", "a..b", "xn--a", "sthree-a"],
    ),
    "account": (names.ACCOUNT, ["12754974868", "1275497486820", "12754974868a", 127549748682]),
    "region": (names.REGION, ["", "us-east", "N. Virginia", "us_east_1", "us-east-1\n", "global"]),
    "log group": (names.LOG_GROUP, ["", "l" * 513, "a b", "a:b", "a*", "é", None]),
}


def cases(table: Mapping[str, tuple[NameRule, Sequence[object]]]) -> list[object]:
    return [
        pytest.param(rule, name, id=f"{kind}: {str(name)[:12]!r} of {len(str(name))}")
        for kind, (rule, given) in table.items()
        for name in given
    ]


@pytest.mark.parametrize(("rule", "name"), cases(TAKEN))
def test_taken(rule: NameRule, name: object) -> None:
    assert rule.problem("name", name) is None


@pytest.mark.parametrize(("rule", "name"), cases(REFUSED))
def test_refused_with_the_rule_in_words(rule: NameRule, name: object) -> None:
    expected = Problem("name", f"must be {rule.words}", name, "choose such a name")
    assert rule.problem("name", name) == expected


def test_the_cure_can_be_another() -> None:
    problem = names.ECS.problem("family", "a b", "use hyphens")
    assert problem is not None
    assert problem.sentence("movie-service") == (
        "movie-service: 'family' must be 1 to 255 letters, digits, hyphens or underscores"
        " (got 'a b'); use hyphens"
    )


def test_every_region_that_botocore_knows_is_taken() -> None:
    regions = [region for partition in endpoint_partitions() for region in partition["regions"]]
    assert len(regions) > 30
    assert [region for region in regions if names.REGION.problem("region", region)] == []


@pytest.mark.parametrize(
    ("rule", "service", "version", "shape"),
    [
        (names.ROLE, "iam", "2010-05-08", "roleNameType"),
        (names.LOG_GROUP, "logs", "2014-03-28", "LogGroupName"),
    ],
)
def test_the_rule_is_the_one_of_awss_own_model(
    rule: NameRule, service: str, version: str, shape: str
) -> None:
    known = model(service, version)["shapes"][shape]
    for character in map(chr, range(128)):
        of_aws = re.fullmatch(known["pattern"], character) is not None
        assert (rule.problem("name", character) is None) == of_aws, character
    for length in (known["min"], known["max"]):
        assert rule.problem("name", "a" * length) is None
    for length in (known["min"] - 1, known["max"] + 1):
        assert rule.problem("name", "a" * length) is not None


def test_a_repositorys_name_is_one_of_ecr_without_its_dots_and_slashes() -> None:
    known = model("ecr", "2015-09-21")["shapes"]["RepositoryName"]
    for letters in product("a0_-A", repeat=5):
        name = "".join(letters)
        of_aws = re.fullmatch(known["pattern"], name) is not None
        assert (names.REPOSITORY.problem("name", name) is None) == of_aws, name
    assert known["max"] >= 255
