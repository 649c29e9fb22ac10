"""Where the AWS provider is found on a machine."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest

from stacks import provider_mirror
from stacks.provider_mirror import PROVIDER_VERSION, mirror, package_path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory without a mirror; what this machine has stays out of sight."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("NETFLUX_PROVIDER_MIRROR", raising=False)
    monkeypatch.setattr(provider_mirror, "MIRROR_FOLDERS", tmp_path / "opt")
    return folder


def with_package(folder: Path) -> Path:
    (folder / package_path()).mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("system", "machine", "target"),
    [
        ("linux", "x86_64", "linux_amd64"),
        ("linux", "aarch64", "linux_arm64"),
        ("darwin", "arm64", "darwin_arm64"),
        ("darwin", "x86_64", "darwin_amd64"),
        ("linux", "riscv64", "linux_riscv64"),
    ],
)
def test_the_package_lies_where_terraform_unpacks_it(
    system: str, machine: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert package_path() == Path("registry.terraform.io/hashicorp/aws", PROVIDER_VERSION, target)


def test_a_named_directory_comes_first(tmp_path: Path) -> None:
    named = with_package(tmp_path / "named")
    with_package(tmp_path / "opt" / "any")
    assert mirror({"NETFLUX_PROVIDER_MIRROR": str(named)}, implied=False) == named


def test_a_named_directory_may_begin_with_a_tilde(home: Path) -> None:
    named = with_package(home / "mirror")
    assert mirror({"NETFLUX_PROVIDER_MIRROR": "~/mirror"}, implied=False) == named


def test_a_named_directory_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = with_package(tmp_path / "here")
    monkeypatch.chdir(tmp_path)
    assert mirror({"NETFLUX_PROVIDER_MIRROR": "here"}, implied=False) == named


def test_a_named_directory_without_the_provider_is_passed_over(tmp_path: Path) -> None:
    other = with_package(tmp_path / "opt" / "any")
    named = {"NETFLUX_PROVIDER_MIRROR": str(tmp_path / "empty")}
    assert mirror(named, implied=False) == other


def test_the_first_folder_of_opt_that_has_it_is_taken(tmp_path: Path) -> None:
    (tmp_path / "opt" / "a" / "registry.terraform.io").mkdir(parents=True)
    found = with_package(tmp_path / "opt" / "b")
    with_package(tmp_path / "opt" / "c")
    assert mirror({}, implied=False) == found


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        ("linux", ".terraform.d/plugins"),
        ("linux", ".local/share/terraform/plugins"),
        ("darwin", ".terraform.d/plugins"),
        ("darwin", "Library/Application Support/io.terraform/plugins"),
    ],
)
def test_terraforms_own_directories_count_only_when_asked_for(
    system: str, folder: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    implied = with_package(home / folder)
    assert mirror({}, implied=True) == implied
    assert mirror({}, implied=False) is None


def test_a_package_of_another_version_is_none(tmp_path: Path) -> None:
    (tmp_path / "named" / package_path().parents[1] / "5.99.0" / package_path().name).mkdir(
        parents=True
    )
    assert mirror({"NETFLUX_PROVIDER_MIRROR": str(tmp_path / "named")}, implied=False) is None
