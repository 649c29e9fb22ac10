"""The entries of environments.py, and the choice between them."""

from __future__ import annotations

from pathlib import Path

import pytest

import environments
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.image_lines import ImageLine
from environments import (
    ENVIRONMENTS,
    imports_file,
    local_endpoint,
    selected,
    state_bucket_state,
)
from tests.unit.synthesis import LOCAL, PROD


@pytest.fixture(autouse=True)
def the_walks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
    monkeypatch.delenv("NETFLUX_LOCAL_ENDPOINT", raising=False)
    monkeypatch.setattr(environments, "PROJECT", tmp_path)
    monkeypatch.setattr(environments, "ENVIRONMENTS", [PROD, LOCAL])


def test_there_is_one_of_the_embedded_aws_and_it_is_not_the_one_that_is_taken() -> None:
    embedded = {each.name: each.endpoint is not None for each in ENVIRONMENTS}
    assert (embedded["local"], embedded["prod"]) == (True, False)


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda environment: environment.name)
def test_every_entry_is_a_good_one(environment: Environment) -> None:
    assert list(environment.problems()) == []


@pytest.mark.parametrize("name", [None, "", "prod"])
def test_prod_is_taken_when_none_is_named(
    name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name is not None:
        monkeypatch.setenv("NETFLUX_ENV", name)
    assert selected() is PROD


def test_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETFLUX_ENV", "local")
    assert selected() is LOCAL


def test_an_unknown_one_is_an_error_with_those_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NETFLUX_ENV", "staging")
    with pytest.raises(InvalidInput) as raised:
        selected()
    assert raised.value.sentences == [
        "environments.py: 'NETFLUX_ENV' must be one of prod, local (got 'staging');"
        " choose one of these, or add an entry there"
    ]


def test_two_environments_that_would_mix_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Environment(**{**PROD.given, "name": "other"})
    monkeypatch.setattr(environments, "ENVIRONMENTS", [PROD, other])
    with pytest.raises(InvalidInput) as raised:
        selected()
    assert [sentence.split(" must")[0] for sentence in raised.value.sentences] == [
        "environments.py, prod: 'state_bucket'",
        "environments.py, prod: 'name_prefix'",
    ]


def test_its_lines_of_images_txt(tmp_path: Path) -> None:
    (tmp_path / "images.txt").write_text("prod a 1\nlocal a 2\n")
    line = ImageLine("prod", "a", "1", "images.txt, line 1")
    assert selected().images["prod", "a"] == line
    (tmp_path / "images.txt").write_text("staging a 1\n")
    with pytest.raises(InvalidInput) as raised:
        selected()
    assert raised.value.sentences == [
        "images.txt, line 1: 'environment' must be an environment of environments.py"
        " (got 'staging'); known are prod, local"
    ]
    (tmp_path / "images.txt").unlink()
    assert dict(selected().images) == {}


def test_a_wrong_entry_is_an_error_with_all_its_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Environment(**{**PROD.given, "account_id": "12754974868", "tags": {"a": 1}})
    monkeypatch.setattr(environments, "ENVIRONMENTS", [wrong])
    with pytest.raises(InvalidInput) as raised:
        selected()
    assert raised.value.sentences == [
        "environments.py, prod: 'account_id' must be 12 digits, as a string (got '12754974868');"
        " copy the number from the console's account menu, in quotes",
        "environments.py, prod: 'tags' must map strings to strings (got {'a': 1});"
        " quote keys and values",
    ]


def test_an_entry_that_nothing_could_choose_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = {name: value for name, value in PROD.given.items() if name != "name"}
    unnamed = Environment("staging", **rest)  # type: ignore[call-arg]
    misnamed = Environment(nmae="staging", **rest)  # type: ignore[call-arg]
    monkeypatch.setattr(environments, "ENVIRONMENTS", [PROD, unnamed, misnamed])
    with pytest.raises(InvalidInput) as raised:
        selected()
    cure = "write name=... (what NETFLUX_ENV calls it)"
    assert raised.value.sentences == [
        "environments.py: 'ENVIRONMENTS[1]' takes no value without a name (got 'staging'); name it",
        f"environments.py: 'ENVIRONMENTS[1].name' must be given (got nothing); {cure}",
        "environments.py: 'ENVIRONMENTS[2].nmae' is no argument of Environment (got 'staging');"
        " write 'name'",
        f"environments.py: 'ENVIRONMENTS[2].name' must be given (got nothing); {cure}",
    ]


def test_there_is_an_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "ENVIRONMENTS", [])
    with pytest.raises(InvalidInput) as raised:
        selected()
    assert raised.value.sentences == [
        "environments.py: 'ENVIRONMENTS' must have an entry (got []); write [Environment(...)]"
    ]


def test_a_wrong_entry_that_is_not_chosen_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "ENVIRONMENTS", [PROD, Environment(name="broken")])  # type: ignore[call-arg]
    assert selected() is PROD


def test_the_endpoint_is_a_fixed_one_until_the_embedded_aws_writes_its_own(tmp_path: Path) -> None:
    assert local_endpoint() == "http://127.0.0.1:4599"
    (tmp_path / ".local_aws").mkdir()
    (tmp_path / ".local_aws" / "endpoint").write_text("http://127.0.0.1:4711\n")
    assert local_endpoint() == "http://127.0.0.1:4711"


def test_the_endpoint_that_the_environment_names_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".local_aws").mkdir()
    (tmp_path / ".local_aws" / "endpoint").write_text("http://127.0.0.1:4711\n")
    monkeypatch.setenv("NETFLUX_LOCAL_ENDPOINT", "http://127.0.0.1:4712")
    assert local_endpoint() == "http://127.0.0.1:4712"


def test_where_the_state_of_the_state_bucket_lies(tmp_path: Path) -> None:
    assert state_bucket_state(PROD) == tmp_path / "state-bucket.prod.tfstate"
    assert state_bucket_state(LOCAL) == tmp_path / ".local_aws" / "state-bucket-local-4599.tfstate"


def test_where_the_file_of_what_is_imported_lies(tmp_path: Path) -> None:
    assert imports_file(PROD) == tmp_path / "adopt.prod.json"
    assert imports_file(LOCAL) == tmp_path / ".local_aws" / "adopt-local-4599.json"
