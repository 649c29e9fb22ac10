"""What is in a state, read without Terraform."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.synthesis import PROD
from tools.adopt.asking import Reader
from tools.adopt.code import Stack
from tools.adopt.state import parse_state, read_state
from tools.aws import Aws
from tools.refused import Refused


def resource(name: str, *instances: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"mode": "managed", "type": "aws_x", "name": name, "instances": [*instances], **more}


def text(*resources: dict[str, Any]) -> bytes:
    return json.dumps({"version": 4, "resources": resources}).encode()


def test_the_attributes_by_address() -> None:
    found = parse_state(
        text(
            resource("one", {"attributes": {"id": "1"}}),
            resource("two", {"attributes": {"id": "2"}, "deposed": "a1"}),
            resource("three", {"attributes": {"id": "3"}}, module="module.m"),
            resource("four", {"attributes": {"id": "4"}}, mode="data"),
            resource("five"),
        ),
        "here",
    )
    assert found == {"aws_x.one": {"id": "1"}}


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"resources": [{}]}', b"\xff"])
def test_what_is_no_state_is_a_sentence(content: bytes) -> None:
    sentence = "s3://b/k is no state that can be read; take an earlier version of it, if it is"
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}"):
        parse_state(content, "s3://b/k")


@pytest.mark.parametrize(
    ("content", "state"),
    [(None, {}), (b"", {}), (text(resource("x", {"attributes": {}})), {"aws_x.x": {}})],
    ids=["no file", "an empty file", "a file"],
)
def test_a_local_state_lies_where_the_folder_says(
    tmp_path: Path, content: bytes | None, state: dict[str, Any]
) -> None:
    folder = tmp_path / "cdktf.out" / "stacks" / "state-bucket"
    folder.mkdir(parents=True)
    if content is not None:
        (tmp_path / "x.tfstate").write_bytes(content)
    backend = {"local": {"path": "../../../x.tfstate"}}
    stack = Stack("state-bucket", folder, backend, [], {})
    assert read_state(stack, Reader(Aws(PROD))) == state
