"""How long CloudWatch Logs can keep events."""

from __future__ import annotations

import re

import pytest

from constructs_lib.errors import Problem
from constructs_lib.log_retention import RETENTION_DAYS, retention_problem
from tests.unit.botocore_data import model

ALL = (
    "take one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192,"
    " 2557, 2922, 3288, 3653, or leave it out to keep for ever"
)


def test_the_numbers_are_those_of_awss_own_text() -> None:
    documentation = model("logs", "2014-03-28")["shapes"]["Days"]["documentation"]
    values = re.search(r"Possible values are: ([0-9, and]+)\.", documentation)
    assert values is not None
    assert list(RETENTION_DAYS) == [int(number) for number in re.findall(r"[0-9]+", values[1])]


@pytest.mark.parametrize("days", [None, *RETENTION_DAYS, -1.8881545897087626e289])
def test_taken(days: object) -> None:
    assert retention_problem("log_retention_days", days) is None


@pytest.mark.parametrize(
    ("days", "cure"),
    [
        (42, f"the next longer one is 60; {ALL}"),
        (2, f"the next longer one is 3; {ALL}"),
        (3652, f"the next longer one is 3653; {ALL}"),
        (3654, ALL),
        (0, ALL),
        (-1, ALL),
        ("30", ALL),
        (30.0, ALL),
        (True, ALL),
        ("${TfToken[TOKEN.1]}", ALL),
        (["#{TfToken[TOKEN.1]}"], ALL),
    ],
)
def test_refused(days: object, cure: str) -> None:
    rule = "must be a number of days that CloudWatch Logs takes"
    expected = Problem("log_retention_days", rule, days, cure)
    problem = retention_problem("log_retention_days", days)
    assert problem == expected
    assert type(problem.value) is type(days)
