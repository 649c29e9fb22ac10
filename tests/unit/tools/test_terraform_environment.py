"""The environment variables with which Terraform is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from stacks import provider_mirror
from stacks.provider_mirror import package_path
from tools.terraform_environment import terraform_environment, with_pinned_node

QUIET = {"CHECKPOINT_DISABLE": "1"}
MIRRORED = QUIET | {"CDKTF_DISABLE_PLUGIN_CACHE_ENV": "1"}


@pytest.fixture(autouse=True)
def no_mirror_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_mirror, "MIRROR_FOLDERS", tmp_path / "opt")
    monkeypatch.setattr(provider_mirror, "_implied", lambda: iter([tmp_path / "implied"]))


def with_package(folder: Path) -> Path:
    (folder / package_path()).mkdir(parents=True)
    return folder


def test_what_is_given_stays_and_is_not_changed() -> None:
    given = {"A": "b", "CHECKPOINT_DISABLE": "0"}
    assert terraform_environment(given) == {"A": "b", "CHECKPOINT_DISABLE": "1"}
    assert given == {"A": "b", "CHECKPOINT_DISABLE": "0"}


def test_a_cli_configuration_that_is_missing_is_not_named(tmp_path: Path) -> None:
    missing = {"TF_CLI_CONFIG_FILE": str(tmp_path / "terraformrc")}
    assert terraform_environment(missing) == QUIET


def test_a_folder_is_no_cli_configuration(tmp_path: Path) -> None:
    assert terraform_environment({"TF_CLI_CONFIG_FILE": str(tmp_path)}) == QUIET


def test_a_cli_configuration_that_is_there_is_kept(tmp_path: Path) -> None:
    configuration = tmp_path / "terraformrc"
    configuration.write_text("")
    given = {"TF_CLI_CONFIG_FILE": str(configuration)}
    assert terraform_environment(given) == QUIET | given


def test_an_empty_name_of_a_cli_configuration_is_kept() -> None:
    assert terraform_environment({"TF_CLI_CONFIG_FILE": ""}) == QUIET | {"TF_CLI_CONFIG_FILE": ""}


def test_a_plugin_cache_with_the_provider_serves_as_a_mirror(tmp_path: Path) -> None:
    cache = with_package(tmp_path / "cache")
    assert terraform_environment({"TF_PLUGIN_CACHE_DIR": str(cache)}) == MIRRORED | {
        "NETFLUX_PROVIDER_MIRROR": str(cache),
        "TF_CLI_ARGS_providers_lock": f'-fs-mirror="{cache}"',
    }


def test_a_plugin_cache_without_the_provider_stays_a_cache(tmp_path: Path) -> None:
    given = {"TF_PLUGIN_CACHE_DIR": str(tmp_path)}
    assert terraform_environment(given) == QUIET | given


def test_a_mirror_of_the_users_own_comes_before_the_cache(tmp_path: Path) -> None:
    cache, own = with_package(tmp_path / "cache"), with_package(tmp_path / "own")
    given = {"TF_PLUGIN_CACHE_DIR": str(cache), "NETFLUX_PROVIDER_MIRROR": str(own)}
    assert terraform_environment(given) == MIRRORED | {
        "NETFLUX_PROVIDER_MIRROR": str(own),
        "TF_CLI_ARGS_providers_lock": f'-fs-mirror="{own}"',
    }


def test_the_lock_command_is_told_of_an_implied_mirror(tmp_path: Path) -> None:
    implied = with_package(tmp_path / "implied")
    assert terraform_environment({}) == MIRRORED | {
        "TF_CLI_ARGS_providers_lock": f'-fs-mirror="{implied}"'
    }


def test_the_users_own_arguments_of_the_lock_command_are_kept(tmp_path: Path) -> None:
    with_package(tmp_path / "implied")
    given = {"TF_CLI_ARGS_providers_lock": "-platform=linux_arm64"}
    assert terraform_environment(given) == MIRRORED | given


def test_the_pinned_node_is_first_on_the_path(tmp_path: Path) -> None:
    given = {"PATH": "/usr/bin", "A": "b"}
    assert with_pinned_node(given, tmp_path) == {"PATH": f"{tmp_path}/.venv/bin:/usr/bin", "A": "b"}
    assert given == {"PATH": "/usr/bin", "A": "b"}


def test_without_a_path_the_systems_own_comes_behind(tmp_path: Path) -> None:
    assert with_pinned_node({}, tmp_path) == {"PATH": f"{tmp_path}/.venv/bin:/bin:/usr/bin"}
