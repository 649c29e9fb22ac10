"""When one provider process can serve all stacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools.shared_provider import configured_alike

HERE, THERE = {"region": "us-east-1"}, {"region": "eu-west-3"}


@pytest.mark.parametrize(
    ("stacks", "alike"),
    [
        pytest.param([], True, id="no stack"),
        pytest.param([[HERE], [HERE]], True, id="the same"),
        pytest.param(
            [[{"region": "a", "alias": "b"}], [{"alias": "b", "region": "a"}]], True, id="order"
        ),
        pytest.param([[HERE], []], True, id="a stack without the provider"),
        pytest.param([[HERE], [THERE]], False, id="two stacks, two regions"),
        pytest.param([[HERE, THERE | {"alias": "there"}]], False, id="an alias in one stack"),
    ],
)
def test_stacks_are_configured_alike(stacks: list[Any], alike: bool, tmp_path: Path) -> None:
    folders = []
    for number, provider in enumerate(stacks):
        folder = tmp_path / str(number)
        folder.mkdir()
        content = {"provider": {"aws": provider}} if provider else {}
        (folder / "cdk.tf.json").write_text(json.dumps(content))
        folders.append(folder)
    assert configured_alike(folders) is alike
