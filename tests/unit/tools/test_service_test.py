"""The test of a service: it passes for the name alone, and for nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.service import Service
from tests.unit.services import entry
from tools.service_test import service_test

FOLDER = Path("tests/unit/services")
NAMES = {"test_rating_service.py", "rating-service.json"}
PROJECT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of services' files, with those of rating-service in it."""
    for path, text in service_test("rating-service").items():
        (tmp_path / path.name).write_text(text, "utf-8")
    monkeypatch.setattr(entry, "FOLDER", tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, **arguments: Any) -> None:
    """Runs the test of rating-service, which has these arguments, beside another service."""
    entries = [Service(name="movie-service", port=1), Service(name="rating-service", **arguments)]
    monkeypatch.setattr(entry, "SERVICES", entries)
    module: dict[str, Any] = {}
    exec(service_test("rating-service")[FOLDER / "test_rating_service.py"], module)
    module["test_what_it_makes"]()


def test_it_passes_for_the_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch)


CHANGES: dict[str, Any] = {
    "image_tag": "1.4.2",
    "cpu_units": 256,
    "memory_mib": 2048,
    "port": 9090,
    "environment": {},
    "secrets": {"PASSWORD": "/rating/password"},
    "tags": {"team": "movies"},
    "log_retention_days": 30,
    "log_group_name": "/ecs/other",
    "skip_destroy": False,
    "task_role_arn": None,
    "per_environment": {"prod": {"image_tag": "1.4.2"}},
}


@pytest.mark.parametrize("argument", CHANGES)
def test_it_fails_when_the_entry_is_changed(argument: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AssertionError):
        run(monkeypatch, **{argument: CHANGES[argument]})


@pytest.mark.parametrize("length", [1, 26, 27, 60, 87, 92, 100, 200])
def test_it_is_laid_out_as_the_formatter_does(length: int) -> None:
    path, text = next(iter(service_test("n" * length).items()))
    for command in (["format", "--check"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"],
            cwd=PROJECT,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_written_anew_it_passes_for_a_changed_entry(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError):
        run(monkeypatch, port=9090)
    entry.write()
    run(monkeypatch, port=9090)
    assert {path.name for path in folder.iterdir()} == NAMES


def test_with_the_test_alone_the_file_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "rating-service.json").unlink()
    with pytest.raises(AssertionError, match="if that is meant: make golden"):
        run(monkeypatch)
    entry.write()
    run(monkeypatch)
    assert {path.name for path in folder.iterdir()} == NAMES


def test_where_it_lies() -> None:
    assert [*service_test("rating-service")] == [
        FOLDER / "test_rating_service.py",
        FOLDER / "rating-service.json",
    ]
    assert (PROJECT / FOLDER / "entry.py").exists()
