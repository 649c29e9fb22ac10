"""What changes in a resource of any provider, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.tools.review.plans import change, plan
from tools.review import words
from tools.review.changed import changed_fields


def fields(before: Any, after: Any, type: str = "acme_thing", **more: Any) -> list[str]:
    [read] = plan(change(f"{type}.a", "update", before=before, after=after, **more)).changes
    return [words.field(field) for field in changed_fields(read).fields]


CASES: dict[str, tuple[Any, Any, list[str]]] = {
    "a value": ({"a": 1}, {"a": 2}, ["a 1 -> 2"]),
    "a value that comes": ({}, {"a": "x"}, ["+ a = x"]),
    "a value that goes": ({"a": False}, {"a": None}, ["- a = false"]),
    "true is not 1": ({"a": 1}, {"a": True}, ["a 1 -> true"]),
    "what is empty either way": ({"a": None, "b": []}, {"a": "", "b": {}}, []),
    "an object": (
        {"t": {"x": "1", "y": "2"}},
        {"t": {"x": "1", "z": "3"}},
        ["- t.y = 2", "+ t.z = 3"],
    ),
    "a list of words": ({"l": ["a", "b", "c"]}, {"l": ["b", "c", "d"]}, ["l a -> d"]),
    "words that come": ({"l": ["a"]}, {"l": ["c", "a", "b"]}, ["+ l = c", "+ l = b"]),
    "another order": ({"l": ["a", "b"]}, {"l": ["b", "a"]}, ["l one order -> another order"]),
    "objects by their names": (
        {"l": [{"name": "a", "v": 1}, {"name": "b", "v": 2}]},
        {"l": [{"name": "b", "v": 3}, {"name": "a", "v": 1}]},
        ["l[b].v 2 -> 3"],
    ),
    "objects without names": (
        {"l": [{"v": 1, "w": 0}, {"v": 2, "w": 0}]},
        {"l": [{"v": 2, "w": 0}, {"v": 3, "w": 0}]},
        ["l.v 1 -> 3"],
    ),
    "JSON inside a string": ({"j": '{"a": 1, "b": 2}'}, {"j": '{"b":2,"a":3}'}, ["j.a 1 -> 3"]),
    "JSON in another form": ({"j": '{"a": 1, "b": 2}'}, {"j": '{"b":2,"a":1}'}, []),
    "a text with spaces": ({"a": "x y"}, {"a": "x  y"}, ['a "x y" -> "x  y"']),
    "a text that moves the cursor": ({"a": "x"}, {"a": "\x1b[2Jx"}, ['a x -> "\\u001b[2Jx"']),
    "a text that turns the direction": ({"a": "x"}, {"a": "\u202ex"}, ['a x -> "\\u202ex"']),
}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_a_resource_never_seen(before: Any, after: Any, expected: list[str]) -> None:
    assert fields(before, after) == expected


def test_a_long_value_is_cut_and_says_so() -> None:
    [line] = fields({"a": "x"}, {"a": "y" * 5000})
    assert line == f"a x -> {'y' * 200}... (5,000 characters)"


def test_what_the_provider_computes_is_not_shown() -> None:
    computed: dict[str, Any] = {"id": True, "url": True}
    resource = {"address": "acme_thing.a", "expressions": {"url": {}}}
    [read] = plan(
        change(
            "acme_thing.a",
            "update",
            before={"id": "1", "url": "u"},
            after_unknown=computed,
            after={},
        ),
        configuration={"root_module": {"resources": [resource]}},
    ).changes
    said = [words.field(field) for field in changed_fields(read).fields]
    assert said == ["url u -> (known after apply)"]


def test_tags_are_not_said_twice() -> None:
    before, after = ({name: {"a": value} for name in ("tags", "tags_all")} for value in "xy")
    assert fields(before, after) == ["tags.a x -> y"]


CONTAINERS = (
    '[{"name": "web", "image": "shop:1", "environment": [{"name": "A.B", "value": "1"}]}]',
    '[{"name": "web", "image": "shop@sha256:abc", "environment": [{"value": "2", "name": "A.B"}],'
    ' "essential": true, "ulimits": [{"name": "nofile", "softLimit": 1, "hardLimit": 2}]}]',
)


def test_a_task_definition_is_compared_by_what_it_means() -> None:
    before, after = ({"family": "shop", "container_definitions": each} for each in CONTAINERS)
    assert fields(before, after, "aws_ecs_task_definition") == [
        "environment A.B 1 -> 2",
        "image 1 -> sha256:abc",
        "+ ulimit nofile.hardLimit = 2",
        "+ ulimit nofile.softLimit = 1",
    ]


def test_a_task_definition_of_no_known_shape_is_compared_all_the_same() -> None:
    before, after = (
        {"family": "shop", "container_definitions": f'[{{"name": "a", "new": {number}}}]'}
        for number in (1, 2)
    )
    assert fields(before, after, "aws_ecs_task_definition") == [
        "container_definitions[a].new 1 -> 2"
    ]


def test_a_volume_that_the_provider_says_more_of_is_as_it_was() -> None:
    containers = '[{"name": "web", "image": "web:1.0.0"}]'
    task = {"family": "shop", "container_definitions": containers}
    before = {"name": "v", "host_path": "", "configure_at_launch": False}
    assert (
        fields(
            {**task, "volume": [before]},
            {**task, "volume": [{"name": "v", "host_path": ""}]},
            type="aws_ecs_task_definition",
            after_unknown={"volume": [{"configure_at_launch": True}]},
        )
        == []
    )


def test_no_port_of_a_volume_is_shown_where_nobody_said_one() -> None:
    task = {"family": "shop", "container_definitions": '[{"name": "web", "image": "web:1.0.0"}]'}
    efs = {"file_system_id": "fs-12345678", "transit_encryption_port": 0}
    assert fields(
        task,
        {**task, "volume": [{"name": "v", "efs_volume_configuration": [efs]}]},
        type="aws_ecs_task_definition",
    ) == ["+ volumes v.efsVolumeConfiguration.fileSystemId = fs-12345678"]


ALL = [
    # own before, all before, own after, all after (None: unknown), what is said
    ({}, {"a": "1"}, {}, {"b": "1"}, ["- tags.a = 1", "+ tags.b = 1"]),
    ({"a": "1"}, {"a": "1"}, {}, {"b": "2"}, ["- tags.a = 1", "+ tags.b = 2"]),
    ({"a": "1"}, {"a": "1"}, {}, {"a": "2"}, ["tags.a 1 -> 2"]),
    ({"a": "1"}, {"a": "1"}, {}, {"a": "1"}, []),
    ({"a": "1"}, {"a": "1", "b": "1"}, {}, None, ["- tags.a = 1", "- tags.b = 1"]),
    ({}, {}, {"a": "1"}, {"a": "1", "b": "1"}, ["+ tags.a = 1", "+ tags.b = 1"]),
]


@pytest.mark.parametrize(("own", "whole", "own_after", "whole_after", "said"), ALL)
@pytest.mark.parametrize("type", ["aws_iam_role", "aws_ecs_task_definition"])
def test_the_default_tags_of_the_provider_are_tags(
    type: str, own: Any, whole: Any, own_after: Any, whole_after: Any, said: list[str]
) -> None:
    unknown = {"tags_all": True} if whole_after is None else {}
    after = {"tags": own_after} | ({} if whole_after is None else {"tags_all": whole_after})
    resource = {"address": f"{type}.a", "type": type, "expressions": {"name": {}}}
    [read] = plan(
        change(
            f"{type}.a",
            "update",
            before={"tags": own, "tags_all": whole},
            after=after,
            after_unknown=unknown,
        ),
        configuration={"root_module": {"resources": [resource]}},
    ).changes
    assert [words.field(field) for field in changed_fields(read).fields] == said


def test_the_default_tags_of_what_is_created_are_said() -> None:
    after = {"name": "a", "tags": None, "tags_all": {"env": "local"}}
    resource = {"address": "aws_x.a", "type": "aws_x", "expressions": {"name": {}}}
    [read] = plan(
        change("aws_x.a", "create", before=None, after=after),
        configuration={"root_module": {"resources": [resource]}},
    ).changes
    said = [words.field(field) for field in changed_fields(read).fields]
    assert said == ["+ name = a", "+ tags.env = local"]
