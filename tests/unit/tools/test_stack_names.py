"""Which names no stack of the code can have."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from constructs_lib.environment import Environment
from constructs_lib.service import Service
from tools.stack_names import stacks_of, stacks_of_code, surely_none

KNOWN = ["iam", "movie-service"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with stacks of its own, in main.py, below stacks, and synthesized."""
    (tmp_path / "main.py").write_text("Jobs(app, 'jobs')\n# jobs-too\n", "utf-8")
    (tmp_path / "stacks" / "more").mkdir(parents=True)
    (tmp_path / "stacks" / "more" / "alarms.py").write_text('ALARMS = "alarms"\n', "utf-8")
    (tmp_path / "cdktf.out" / "stacks" / "computed").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("name", ["iam", "jobs", "alarms", "computed"])
def test_a_name_that_a_stack_may_have(name: str, project: Path) -> None:
    assert surely_none(name, KNOWN, project) is None


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("move-service", "write 'movie-service'"),
        ("jobs-too", "known are iam, movie-service"),
        ("xyzzy", "known are iam, movie-service"),
    ],
)
def test_a_name_that_none_has(name: str, cure: str, project: Path) -> None:
    assert surely_none(name, KNOWN, project) == f"there is no stack {name!r}; {cure}"


def test_where_the_stacks_are_not_known_no_name_is_refused(project: Path) -> None:
    assert surely_none("move-service", [], project) is None


@pytest.mark.parametrize(
    ("repository", "first"),
    [
        (None, ["state-bucket", "iam"]),
        ("netflux/platform", ["state-bucket", "ci-roles", "iam"]),
    ],
)
def test_the_stacks_of_services_come_after_the_first(
    repository: str | None, first: list[str]
) -> None:
    services = [Service(name="b"), Service(name="a")]
    staging = Environment(
        name="staging",
        account_id="111122223333",
        region="eu-west-1",
        state_bucket="states",
        github_repository=repository,
    )
    assert stacks_of(services, staging) == [*first, "b", "a"]


def test_a_services_file_that_is_broken_tells_no_stacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "services", None)
    assert stacks_of_code() == []
