"""The check of the whole catalogue."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib import catalogue
from constructs_lib.containers import LogConfiguration
from constructs_lib.errors import InvalidInput
from constructs_lib.service import Service
from tests.unit.synthesis import PROD

NAME = "'name' must be 1 to 255 letters, digits, hyphens or underscores"
SHORTEN = "use hyphens, and shorten it if need be"


def sentences(*services: Any) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        catalogue.check(services, PROD)
    return raised.value.sentences


@pytest.mark.parametrize(
    "services", [[], [Service(name="a")], [Service(name="a"), Service(name="b")]]
)
def test_a_good_catalogue(services: list[Service]) -> None:
    catalogue.check(services, PROD)


def test_all_mistakes_of_all_services_in_their_order() -> None:
    first = Service(name="a", port=0, memory_mib=1)
    second = Service(name="b", prot=80)  # type: ignore[call-arg]
    assert sentences(first, Service(name="good"), second) == [
        "a: 'port' must be 1 to 65535 (got 0); write 1 or more",
        "a: 'memory_mib' must be 1024, 2048, 3072 or 4096 MiB at cpu_units=512 (got 1); write 1024",
        "b: 'prot' is no argument of Service (got 80); write 'port'",
    ]


@pytest.mark.parametrize("name", ["", None, 5, "a\nb", "x" * 256])
def test_a_service_without_a_usable_name_is_named_by_its_place(name: Any) -> None:
    [sentence] = sentences(Service(name="a"), Service(name=name))
    assert sentence.startswith(f"services.py, entry 2: {NAME} (got ")
    assert sentence.endswith(SHORTEN)
    assert "\n" not in sentence


def test_a_name_as_long_as_a_sentence_can_bear() -> None:
    for length, owner in [(64, "x" * 64), (65, "services.py, entry 1")]:
        [sentence] = sentences(Service(name="x" * length, port=0))
        assert sentence == f"{owner}: 'port' must be 1 to 65535 (got 0); write 1 or more"


@pytest.mark.parametrize("count", [2, 3])
def test_a_name_that_stands_more_than_once(count: int) -> None:
    sentence = "a: 'name' must be of one service only, and entry 1 has it (got 'a'); choose another"
    assert sentences(*[Service(name="a")] * count) == [sentence] * (count - 1)


def test_two_services_without_a_name_are_not_of_one_name() -> None:
    assert sentences(Service(name=""), Service()) == [  # type: ignore[call-arg]
        f"services.py, entry 1: {NAME} (got ''); {SHORTEN}",
        "services.py, entry 2: 'name' must be given (got nothing);"
        " write name=... (1 to 255 letters, digits, hyphens or underscores, no hyphen first)",
    ]


def test_what_is_no_service() -> None:
    assert sentences(Service(name="a"), {"name": "b"}) == [
        "services.py, entry 2: 'SERVICES' must hold Service entries (got {'name': 'b'});"
        " write Service(...)"
    ]


def test_a_log_group_is_made_by_one_stack_and_another_may_write_to_it() -> None:
    options = {
        "awslogs-group": "/all",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "ecs",
    }
    shared = LogConfiguration(log_driver="awslogs", options=options)
    first = Service(name="a", log_group_name="/all")
    assert sentences(first, Service(name="b", log_group_name="/all")) == [
        "b: 'log_group_name' must be of one service only, and a has it (got '/all'); choose"
        " another, or write to that one's group: leave log_group_name out here, and"
        " 'awslogs-create-group' in log_configuration"
    ]
    catalogue.check([first, Service(name="b", log_configuration=shared)], PROD)


def test_a_family_is_of_one_service() -> None:
    said = ["b: 'family' must be of one service only, and a has it (got 'b'); choose another, here"]
    assert sentences(Service(name="a", family="b"), Service(name="b")) == [f"{said[0]} or there"]
    catalogue.check([Service(name="a", family="b"), Service(name="b", family="a")], PROD)


def test_what_two_services_must_not_share_is_said_with_what_is_wrong_with_others() -> None:
    found = sentences(
        Service(name="a"),
        Service(name="a", family="q"),
        Service(name="b", family="a"),
        Service(name="c", log_group_name="/ecs/a"),
        Service(name="d", port=0),
    )
    assert [sentence.partition(" must ")[0] for sentence in found] == [
        *("d: 'port'", "a: 'name'", "b: 'family'", "c: 'log_group_name'"),
    ]


@pytest.mark.parametrize("name", [":", " ", "a: b", "'", "\u202e"])
def test_a_name_that_tells_nothing_is_no_owner(name: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        catalogue.check([Service(name=name)], PROD)
    assert [sentence.partition(":")[0] for sentence in raised.value.sentences] == [
        "services.py, entry 1"
    ]
