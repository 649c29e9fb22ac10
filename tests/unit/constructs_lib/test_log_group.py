"""The log group."""

from __future__ import annotations

from typing import Any, cast

import pytest
from cdktf import TerraformVariable

from constructs_lib.errors import InvalidInput
from constructs_lib.log_group import LogGroup
from tests.unit.synthesis import empty_stack, resources


def test_the_name_alone_makes_a_group_that_keeps_events_for_ever() -> None:
    assert resources(lambda stack: LogGroup(stack, "logs", name="/ecs/movie-service")) == {
        "aws_cloudwatch_log_group": {"logs": {"name": "/ecs/movie-service"}}
    }


def test_everything_set() -> None:
    made = resources(lambda stack: LogGroup(stack, "logs", name="a/b_c.d#e-1", retention_days=30))
    assert made == {
        "aws_cloudwatch_log_group": {"logs": {"name": "a/b_c.d#e-1", "retention_in_days": 30}}
    }


def test_values_known_at_apply_only_pass() -> None:
    def make(stack: Any) -> None:
        name = TerraformVariable(stack, "name", type="string")
        days = TerraformVariable(stack, "days", type="number")
        LogGroup(stack, "logs", name=name.string_value, retention_days=cast(int, days.number_value))

    assert resources(make) == {
        "aws_cloudwatch_log_group": {
            "logs": {"name": "${var.name}", "retention_in_days": "${var.days}"}
        }
    }


def test_all_mistakes_are_said_at_once_and_nothing_is_made() -> None:
    stack = empty_stack()
    with pytest.raises(InvalidInput) as raised:
        LogGroup(stack, "logs", name="a b", retention_days=42)
    assert raised.value.sentences == [
        "log group logs: 'name' must be 1 to 512 letters, digits, or one of the characters"
        " . _ / # - (got 'a b'); choose such a name",
        "log group logs: 'retention_days' must be a number of days that CloudWatch Logs takes"
        " (got 42); the next longer one is 60; take one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150,"
        " 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or leave it out to"
        " keep for ever",
    ]
    assert stack.node.try_find_child("logs") is None


@pytest.mark.parametrize("name", ["", "/ecs/m service", "a" * 513, "é", "/ecs/m\n", "a$b"])
def test_names_that_cloudwatch_refuses(name: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        LogGroup(empty_stack(), "logs", name=name)
    assert len(raised.value.sentences) == 1
    assert raised.value.sentences[0].startswith("log group logs: 'name' must be 1 to 512 letters")
