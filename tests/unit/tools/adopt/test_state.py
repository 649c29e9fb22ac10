"""What is in a state, read without Terraform."""

from __future__ import annotations

import io
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
        "mend it",
    )
    assert found == {"aws_x.one": {"id": "1"}}


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"resources": [{}]}', b"\xff"])
def test_what_is_no_state_is_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match=r"^s3://b/k is no state that can be read; mend it$"):
        parse_state(content, "s3://b/k", "mend it")


class Bucket(Reader):
    """A bucket whose only object has this content; None where there is none."""

    def __init__(self, content: bytes | None) -> None:
        super().__init__(Aws(PROD))
        self._content = content

    def ask(self, *_: object, **__: object) -> Any:
        return None if self._content is None else {"Body": io.BytesIO(self._content)}


IN_THE_BUCKET = Stack("iam", Path(), {"s3": {"bucket": "b", "key": "k"}}, [], {})


def test_an_object_that_is_not_there_is_an_empty_state() -> None:
    assert read_state(IN_THE_BUCKET, Bucket(None)) == {}


def test_an_object_that_was_cut_to_nothing_is_no_state() -> None:
    sentence = (
        "s3://b/k is no state that can be read; "
        "see what to do, with: .venv/bin/python -m tools.diagnosis iam"
    )
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}$"):
        read_state(IN_THE_BUCKET, Bucket(b""))


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
