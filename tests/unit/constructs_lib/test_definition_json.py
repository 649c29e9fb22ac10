"""Definitions from files: registered, described, and broken."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from constructs_lib.definition_json import LARGEST_FILE, read_definition, read_file
from constructs_lib.errors import InvalidInput

DESCRIBED = {
    "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/shop:1",
    "family": "shop",
    "revision": 1,
    "status": "ACTIVE",
    "containerDefinitions": [{"name": "web", "links": None, "environment": [{"name": "A"}, None]}],
    "ipcMode": None,
    "requiresAttributes": [{"name": "x"}],
    "compatibilities": ["EC2"],
    "registeredAt": "2026-11-01T00:00:00Z",
    "registeredBy": "arn:aws:iam::123456789012:root",
}
READ = {
    "family": "shop",
    "containerDefinitions": [{"name": "web", "environment": [{"name": "A"}, None]}],
}


def test_what_only_a_description_has_and_nulls_are_left_out() -> None:
    assert read_definition(DESCRIBED) == READ


def test_a_description_is_unwrapped_with_its_tags() -> None:
    tags = [{"key": "team", "value": "shop"}]
    wrapped = {"taskDefinition": DESCRIBED, "tags": tags, "ResponseMetadata": {"RequestId": "x"}}
    assert read_definition(wrapped) == {**READ, "tags": tags}


def test_anything_else_beside_a_description_stays_for_the_check_of_shape() -> None:
    assert read_definition({"taskDefinition": {"family": "a"}, "famly": 1}) == {
        "family": "a",
        "famly": 1,
    }


ONE = "name a file of one task definition, as RegisterTaskDefinition takes it"


@pytest.mark.parametrize("text", ['{"family": "ä"}', '\ufeff{"family": "ä"}'])
def test_text_and_bytes_with_or_without_a_mark(text: str) -> None:
    assert read_definition(text) == {"family": "ä"}
    assert read_definition(text.encode()) == {"family": "ä"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '{\n  "family" "a"\n}',
            "shop.json: is not JSON at line 2, column 12: Expecting ':' delimiter; mend it there",
        ),
        ("", "shop.json: is not JSON at line 1, column 1: Expecting value; mend it there"),
        ("[]", f"shop.json: must be a JSON object (got a list); {ONE}"),
        ("null", f"shop.json: must be a JSON object (got null); {ONE}"),
        ("3", f"shop.json: must be a JSON object (got 3); {ONE}"),
        (
            '{"family": "a", "family": "b"}',
            "shop.json: the key 'family' stands twice in one object; keep one",
        ),
        ('{"a": NaN}', "shop.json: NaN is not a number that JSON has; write a number"),
        (b'{"a": "\xff"}', "shop.json: is not UTF-8 at byte 7; save it as UTF-8"),
        ("[" * 100_000, f"shop.json: is nested too deeply to be a task definition; {ONE}"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_read_is_one_sentence(text: str | bytes, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_definition(text, "shop.json")
    assert refused.value.sentences == [sentence]


@pytest.mark.parametrize("depth", [100, 300, 500, 700, 900, 1000])
def test_at_no_depth_does_anything_else_happen(depth: int) -> None:
    with contextlib.suppress(InvalidInput):
        read_definition('{"a": ' + "[" * depth + "]" * depth + "}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9" * 5000, "shop.json: a number has 5000 digits; write a shorter one"),
        (
            '{"a\\nb": 1, "a\\nb": 2}',
            "shop.json: the key 'a\\nb' stands twice in one object; keep one",
        ),
    ],
)
def test_a_number_or_a_key_like_no_other(text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_definition(text, "shop.json")
    assert raised.value.sentences == [sentence]


def test_no_more_of_a_file_is_read_than_can_be_a_definition(tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    file.write_bytes(b" " * LARGEST_FILE + b"{}")
    with pytest.raises(InvalidInput) as raised:
        read_file(file, "shop.json")
    assert raised.value.sentences == [
        f"shop.json: is larger than any task definition, 1 MiB; {ONE}"
    ]


def test_many_keys_take_no_time() -> None:
    many = {str(number): 1 for number in range(100_000)}
    assert read_definition(json.dumps(many)) == many


def test_tags_that_aws_has_set_are_of_the_description_only() -> None:
    tags = [{"key": "aws:ecs:x", "value": "1"}, {"key": "team", "value": "x"}, {"key": 1}, "odd"]
    described = {"taskDefinition": DESCRIBED, "tags": tags}
    assert read_definition(described)["tags"] == tags[1:]
    assert read_definition({"family": "a", "tags": tags})["tags"] == tags
