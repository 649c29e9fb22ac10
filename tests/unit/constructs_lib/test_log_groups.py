"""Which log groups containers write to."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.log_groups import log_groups, with_log_options


def container(group: str, **options: str) -> dict[str, Any]:
    options = {"awslogs-group": group, **options}
    return {"name": "a", "logConfiguration": {"logDriver": "awslogs", "options": options}}


def test_each_group_with_its_place_and_whether_ecs_makes_it() -> None:
    made = container("/made", **{"awslogs-create-group": "true"})
    definition = {"containerDefinitions": [made, {"name": "b"}, container("/there")]}
    place = ("logConfiguration", "options", "awslogs-group")
    assert log_groups(definition) == [
        (("containerDefinitions", 0, *place), "/made", True),
        (("containerDefinitions", 2, *place), "/there", False),
    ]


@pytest.mark.parametrize(
    "log", [None, 5, "awslogs", {"logDriver": "splunk"}, {"logDriver": "awslogs", "options": 5}]
)
def test_what_is_no_log_configuration_names_no_group(log: Any) -> None:
    assert log_groups({"containerDefinitions": [{"logConfiguration": log}, 5]}) == []


def test_only_containers_of_the_group_get_other_options_and_none_is_changed_in_place() -> None:
    containers = [container("/a"), 5, container("/b"), container("/a", mode="x")]
    changed = with_log_options(containers, "/a", {"awslogs-group": "/c"})
    assert changed == [container("/c"), 5, container("/b"), container("/c", mode="x")]
    assert containers[0] == container("/a")
