"""Which fields Terraform would register a new revision for, as the provider compares them."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.canonical import canonical
from constructs_lib.findings import ABSENT
from tests.unit.synthesis import PROD
from tools.adopt.definitions import new_revision_fields

LOG = {"logDriver": "awslogs", "options": {"awslogs-group": "/x"}}
# What is registered beside what the code says, and where the provider then sees a difference.
REGISTERED: dict[str, tuple[dict[str, Any], list[tuple[str, object]]]] = {
    "lists of the container": ({"ulimits": [], "environmentFiles": [], "secrets": []}, []),
    "a variable without a value": (
        {"environment": [{"name": "A", "value": "1"}, {"name": "EMPTY", "value": ""}]},
        [("environment EMPTY", "")],
    ),
    "a map of the container": ({"dockerLabels": {}}, [("dockerLabels", {})]),
    "a structure of the container": ({"linuxParameters": {}}, [("linuxParameters", {})]),
    "a list in a structure": (
        {"linuxParameters": {"capabilities": {"add": [], "drop": ["ALL"]}}},
        [("linuxParameters.capabilities.add", [])],
    ),
    "a list in a structure of a list": (
        {"linuxParameters": {"tmpfs": [{"containerPath": "/t", "size": 1, "mountOptions": []}]}},
        [("linuxParameters.tmpfs[0].mountOptions", [])],
    ),
}


def code(registered: dict[str, Any]) -> dict[str, Any]:
    return canonical(registered, account=PROD.account_id)


def definition(*containers: dict[str, Any]) -> dict[str, Any]:
    named = [{"name": f"c{index}", "image": "i"} | each for index, each in enumerate(containers)]
    return {"family": "f", "containerDefinitions": named}


@pytest.mark.parametrize(("container", "fields"), REGISTERED.values(), ids=REGISTERED)
def test_what_is_registered_as_empty(
    container: dict[str, Any], fields: list[tuple[str, object]]
) -> None:
    live = definition(container)
    found = new_revision_fields(live, code(live), PROD)
    assert found == [(field, empty, ABSENT) for field, empty in fields]


def test_of_several_containers_it_says_which() -> None:
    live = definition({}, {"dockerLabels": {}})
    assert new_revision_fields(live, code(live), PROD) == [("c1: dockerLabels", {}, ABSENT)]


def test_a_sidecars_variable_without_a_value_is_seen_where_the_code_has_it_too() -> None:
    live = definition({}, {"environment": [{"name": "EMPTY", "value": ""}]})
    found = new_revision_fields(live, code(live), PROD)
    assert found == [("c1: environment EMPTY", "", ABSENT)]


def test_the_consoles_empty_secret_options_are_seen_and_can_be_written() -> None:
    live = definition({"logConfiguration": {**LOG, "secretOptions": []}})
    assert new_revision_fields(live, code(live), PROD) == []
    assert new_revision_fields(live, code(definition({"logConfiguration": LOG})), PROD) == [
        ("logConfiguration.secretOptions", {}, ABSENT)
    ]
