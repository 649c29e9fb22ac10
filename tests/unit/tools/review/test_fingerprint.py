"""The fingerprint: the same for the same changes, and only for those."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from tests.plans.recorded import NAMES, plan_file
from tools.review.fingerprint import meaning, sum_of
from tools.review.plan_file import Plan, parse_plan, read_plan

CHANGING = [
    name
    for name in NAMES
    if name not in ("nothing-changes", "nothing-at-all", "environment-reordered")
]


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same plan with its resources, and all its keys, in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        value = {key: shuffled(value[key], chance) for key in keys}
        for key in ("resource_changes", "resource_drift"):
            if isinstance(value.get(key), list):
                chance.shuffle(value[key])
        return value
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


def parsed(document: Any, stack: str = "shop") -> Plan:
    return parse_plan(json.dumps(document).encode(), "x", stack)


def fingerprint(plans: list[Plan]) -> str:
    return sum_of(meaning(plans))


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_same_in_any_order(name: str) -> None:
    document = json.loads(plan_file(name).read_text())
    other = shuffled(document, random.Random(1))
    assert fingerprint([parsed(document)]) == fingerprint([parsed(other)])


def test_it_is_the_same_for_stacks_in_any_order_and_with_idle_ones() -> None:
    plans = [read_plan(plan_file(name)) for name in ("image-only", "drift", "nothing-changes")]
    assert fingerprint(plans) == fingerprint(plans[::-1]) == fingerprint(plans[:2])


def test_it_is_the_same_for_what_aws_numbers_anew() -> None:
    text = plan_file("image-only").read_text()
    moved_on = text.replace('"revision": 1', '"revision": 7').replace(
        'movie-service:1"', 'movie-service:7"'
    )
    assert moved_on != text
    assert fingerprint([parsed(json.loads(text))]) == fingerprint([parsed(json.loads(moved_on))])


def test_it_does_not_count_what_means_nothing() -> None:
    one, other = (
        read_plan(plan_file(name), "shop")
        for name in ("image-only", "environment-reordered-with-a-new-image")
    )
    assert fingerprint([one]) == fingerprint([other])


def test_every_recorded_plan_that_changes_something_has_one_of_its_own() -> None:
    found: dict[str, list[str]] = {}
    for name in CHANGING:
        found.setdefault(fingerprint([read_plan(plan_file(name), "shop")]), []).append(name)
    alike = [names for names in found.values() if len(names) > 1]
    assert alike == [["environment-reordered-with-a-new-image", "image-only"]]


def test_another_stack_or_another_value_is_another() -> None:
    text = plan_file("image-only").read_text()
    one = fingerprint([parsed(json.loads(text))])
    assert fingerprint([parsed(json.loads(text), "other")]) != one
    assert fingerprint([parsed(json.loads(text.replace("1.5.0", "1.5.1")))]) != one


def test_its_lines_say_in_fields_what_is_different() -> None:
    text = plan_file("image-only").read_text()
    one, other = (
        set(meaning([parsed(json.loads(each))])) for each in (text, text.replace("1.5.0", "1.5.1"))
    )
    [line] = other - one
    assert line.startswith("shop aws_ecs_task_definition.task_definition: new revision, image: ")
    assert line.endswith('movie-service:1.5.1"')
