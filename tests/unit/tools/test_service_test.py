"""The test of a service: it passes for the name alone, and for nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import services
from constructs_lib.service import Service
from tools.service_test import service_test, service_test_path

PLACE = "tests/unit/services/test_rating_service.py"
PROJECT = Path(__file__).parents[3]


def run(monkeypatch: pytest.MonkeyPatch, **arguments: Any) -> None:
    """Runs the test of rating-service, which has these arguments, beside another service."""
    entries = [Service(name="movie-service", port=1), Service(name="rating-service", **arguments)]
    monkeypatch.setattr(services, "SERVICES", entries)
    module: dict[str, Any] = {}
    exec(service_test("rating-service"), module)
    module["test_the_log_group_and_the_task_definition"]()


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


@pytest.mark.parametrize("length", [1, 26, 27, 60, 87, 88, 100, 200])
def test_it_is_laid_out_as_the_formatter_does(length: int) -> None:
    for command in (["format", "--check"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", PLACE, "-"],
            cwd=PROJECT,
            input=service_test("n" * length),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_where_it_lies() -> None:
    path = service_test_path(PROJECT, "rating-service")
    assert path == PROJECT / PLACE
    assert path.with_name("__init__.py").exists()
