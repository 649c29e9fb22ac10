"""When one provider process can serve all stacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stacks import provider_mirror
from tools.keeper import provider_variables
from tools.shared_provider import configured_alike, provider_binary

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


@pytest.mark.parametrize(
    ("given", "variables"),
    [
        pytest.param({"PATH": "/bin"}, {"PATH": "/bin"}, id="no authorities"),
        pytest.param({"AWS_CA_BUNDLE": ""}, {}, id="an empty name"),
        pytest.param(
            {"AWS_CA_BUNDLE": "/ours.pem", "SSL_CERT_FILE": "/all.pem"},
            {"SSL_CERT_FILE": "/ours.pem"},
            id="authorities",
        ),
    ],
)
def test_a_provider_takes_authorities_from_the_variable_of_go(
    given: dict[str, str], variables: dict[str, str]
) -> None:
    assert provider_variables(given) == variables


@pytest.mark.parametrize(
    ("platform", "shared"), [("linux", True), ("darwin", False)], ids=["Linux", "macOS"]
)
def test_with_authorities_a_provider_is_shared_where_go_has_such_a_variable(
    platform: str, shared: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    binary = (
        tmp_path
        / provider_mirror.package_path()
        / f"terraform-provider-aws_v{provider_mirror.PROVIDER_VERSION}_x5"
    )
    binary.parent.mkdir(parents=True)
    binary.touch()
    environment = {"NETFLUX_PROVIDER_MIRROR": str(tmp_path)}
    assert provider_binary(environment) == binary
    expected = binary if shared else None
    assert provider_binary(environment | {"AWS_CA_BUNDLE": "/ours.pem"}) == expected
