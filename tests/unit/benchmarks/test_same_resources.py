"""Whether two peers wrote the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.same_resources import difference, normalised, written


def test_what_is_compared(tmp_path: Path) -> None:
    stack = {
        "//": {"metadata": {"version": "0.21.0"}},
        "resource": {"aws_x": {"y": {"//": {}, "policy": '{"a": 1}', "name": "n"}}},
        "terraform": {"backend": {}},
    }
    (tmp_path / "stacks" / "iam").mkdir(parents=True)
    (tmp_path / "stacks" / "iam" / "cdk.tf.json").write_text(json.dumps(stack))
    assert written(tmp_path) == {
        "iam": {"resource": {"aws_x": {"y": {"policy": {"a": 1}, "name": "n"}}}}
    }


@pytest.mark.parametrize("text", ["", "plain", "{not json", "${a.b}"])
def test_text_that_is_no_json(text: str) -> None:
    assert normalised([text]) == [text]


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ({"a": {"b": [1]}}, ""),
        ({"a": {"b": [2]}}, "a.b: ours [1], theirs [2]"),
        ({"a": {}}, "a.b: ours [1], theirs None"),
        ({"a": {"b": [1]}, "c": 3}, "c: ours None, theirs 3"),
    ],
    ids=["the same", "another value", "a key less", "a key more"],
)
def test_difference(theirs: dict[str, Any], expected: str) -> None:
    assert difference({"a": {"b": [1]}}, theirs) == expected
