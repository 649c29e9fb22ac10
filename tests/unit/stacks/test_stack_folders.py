"""How the JSON comes into cdktf.out, and what its folders need beside it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from stacks import provider_mirror
from stacks.provider_mirror import package_path
from stacks.stack_folders import prepare, written_aside

PROD = {"bucket": "prod", "key": "iam/terraform.tfstate", "encrypt": True}
# As Terraform 1.11 notes a backend: everything that was not given is null.
NOTED_PROD = {**PROD, "acl": None, "endpoints": None, "access_key": None}


@pytest.fixture(autouse=True)
def no_mirror_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_mirror, "MIRROR_FOLDERS", tmp_path / "opt")
    monkeypatch.delenv("NETFLUX_PROVIDER_MIRROR", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A stack's folder with an S3 backend, just synthesized."""
    stack = tmp_path / "cdktf.out" / "stacks" / "iam"
    stack.mkdir(parents=True)
    write(stack / "cdk.tf.json", {"terraform": {"backend": {"s3": PROD}}})
    return stack


def write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def with_package(folder: Path) -> Path:
    (folder / package_path()).mkdir(parents=True)
    return folder


def prepared(folder: Path) -> None:
    prepare(folder.parents[1])


def link(folder: Path) -> Path:
    return folder / "terraform.d" / "plugins" / package_path()


def note(folder: Path, backend: Any) -> Path:
    path = folder / ".terraform" / "terraform.tfstate"
    return write(path, {"version": 3, "backend": {"type": "s3", "config": backend}})


def test_every_stack_gets_a_link(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder.with_name("movie-service")
    write(other / "cdk.tf.json", {"terraform": {"backend": {"s3": PROD}}})
    named = with_package(tmp_path / "named")
    monkeypatch.setenv("NETFLUX_PROVIDER_MIRROR", str(named))
    prepared(folder)
    for each in (folder, other):
        assert link(each).readlink() == named / package_path()


def test_twice_changes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = with_package(tmp_path / "named")
    monkeypatch.setenv("NETFLUX_PROVIDER_MIRROR", str(named))
    for _ in range(2):
        prepared(folder)
        assert link(folder).readlink() == named / package_path()


def test_a_link_follows_the_mirror(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("old", "new"):
        named = with_package(tmp_path / name)
        monkeypatch.setenv("NETFLUX_PROVIDER_MIRROR", str(named))
        prepared(folder)
        assert link(folder).readlink() == named / package_path()


def test_links_go_with_the_mirror(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETFLUX_PROVIDER_MIRROR", str(with_package(tmp_path / "named")))
    prepared(folder)
    monkeypatch.delenv("NETFLUX_PROVIDER_MIRROR")
    prepared(folder)
    assert not link(folder).is_symlink()


def test_without_a_mirror_nothing_is_made(folder: Path) -> None:
    prepared(folder)
    assert [path.name for path in folder.iterdir()] == ["cdk.tf.json"]


def test_a_package_that_somebody_put_there_stays(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(folder).mkdir(parents=True)
    monkeypatch.setenv("NETFLUX_PROVIDER_MIRROR", str(with_package(tmp_path / "named")))
    prepared(folder)
    assert link(folder).is_dir()
    assert not link(folder).is_symlink()


def test_the_note_of_the_same_backend_stays(folder: Path) -> None:
    written = note(folder, NOTED_PROD)
    before = written.read_bytes()
    prepared(folder)
    assert written.read_bytes() == before


@pytest.mark.parametrize(
    "changed",
    [{"bucket": "local"}, {"encrypt": None}, {"key": "other/terraform.tfstate"}],
    ids=str,
)
def test_the_note_of_another_backend_is_dropped(folder: Path, changed: dict[str, Any]) -> None:
    written = note(folder, NOTED_PROD | changed)
    prepared(folder)
    assert not written.exists()
    assert (folder / "cdk.tf.json").exists()


def test_an_endpoint_of_another_environment_counts_all_the_way_down(folder: Path) -> None:
    endpoints = {"s3": "http://127.0.0.1:1", "iam": "http://127.0.0.1:1"}
    ours = {"terraform": {"backend": {"s3": PROD | {"endpoints": endpoints}}}}
    write(folder / "cdk.tf.json", ours)
    written = note(folder, NOTED_PROD | {"endpoints": {**endpoints, "sso": None}})
    prepared(folder)
    assert written.exists()
    note(folder, NOTED_PROD | {"endpoints": {**endpoints, "s3": "http://127.0.0.1:2"}})
    prepared(folder)
    assert not written.exists()


def test_a_backend_without_endpoints_in_the_note(folder: Path) -> None:
    ours = {"terraform": {"backend": {"s3": PROD | {"endpoints": {"s3": "http://x"}}}}}
    write(folder / "cdk.tf.json", ours)
    written = note(folder, NOTED_PROD)
    prepared(folder)
    assert not written.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"backend": null}', '{"backend": {}}'])
def test_a_note_that_is_none_is_left_to_terraform(folder: Path, text: str) -> None:
    written = write(folder / ".terraform" / "terraform.tfstate", text)
    prepared(folder)
    assert written.read_text() == text


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def test_what_is_written_aside_takes_its_place_at_the_end(tmp_path: Path) -> None:
    output = tmp_path / "cdktf.out"
    write(output / "manifest.json", "old")
    write(output / "stacks" / "iam" / "plan.json", "a plan")
    with written_aside(output) as aside:
        write(aside / "manifest.json", "new")
        write(aside / "stacks" / "iam" / "cdk.tf.json", "{}")
        assert (output / "manifest.json").read_text() == "old"
    assert contents(output) == {
        "manifest.json": "new",
        "stacks/iam/plan.json": "a plan",
        "stacks/iam/cdk.tf.json": "{}",
    }
    assert sorted(path.name for path in output.iterdir()) == ["manifest.json", "stacks"]


def test_the_manifest_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    replace = Path.replace

    def noted(path: Path, target: Path) -> Path:
        moved.append(target.name)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", noted)
    with written_aside(tmp_path / "cdktf.out") as aside:
        write(aside / "manifest.json", "{}")
        write(aside / "stacks" / "zebra" / "cdk.tf.json", "{}")
    assert moved == ["cdk.tf.json", "manifest.json"]


def test_what_fails_halfway_changes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "cdktf.out"
    write(output / "manifest.json", "old")

    def fail() -> None:
        with written_aside(output) as aside:
            write(aside / "manifest.json", "half of")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert contents(output) == {"manifest.json": "old"}


def test_what_a_killed_synth_left_goes_once_it_is_old(tmp_path: Path) -> None:
    output = tmp_path / "cdktf.out"
    old, young = (write(output / name / "manifest.json", "{}") for name in (".new-a", ".new-b"))
    before = time.time() - 2 * 3600
    os.utime(old.parent, (before, before))
    with written_aside(output):
        pass
    assert (old.exists(), young.exists()) == (False, True)
