"""Which saved plans can no longer be applied."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools.plan.index import Index, Planned
from tools.plan.outdated import outdated_by_iam, why_outdated
from tools.state.stored import State

ROLES = {"task_role_arn": "arn:aws:iam::1:role/a", "execution_role_arn": "arn:aws:iam::1:role/b"}
OTHERS = ROLES | {"task_role_arn": "arn:aws:iam::1:role/c"}
AGAIN = "plan and review it anew, with: .venv/bin/python -m tools.plan movie-service"


class States:
    """What stands in a state bucket, in place of a Diagnosis."""

    def __init__(self, **states: State) -> None:
        self._states = states

    def state(self, stack: str) -> State | None:
        return self._states.get(stack.partition("-")[0])


def _state(outputs: dict[str, str] | None = None, serial: int = 1, lineage: str = "a") -> State:
    held = {name: {"value": value, "type": "string"} for name, value in (outputs or {}).items()}
    return State(lineage, serial, {"outputs": held})


def _saved(folder: Path, roles: dict[str, str] | None, state: Any = None) -> Path:
    """A stack's folder with a saved plan, made of a state, with the roles that it read."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "plan.tfplan", "w") as plan:
        plan.writestr("tfstate", json.dumps(state or {"lineage": "a", "serial": 1}))
    read = {"address": "data.terraform_remote_state.iam", "values": {"outputs": roles}}
    other = {"address": "data.aws_s3_objects.iam_state", "values": {}}
    values = {"root_module": {"resources": [other, read] if roles else []}}
    (folder / "plan.json").write_text(json.dumps({"prior_state": {"values": values}}))
    return folder


@pytest.mark.parametrize(
    ("states", "says"),
    [
        (States(), None),
        (States(movie=_state(), iam=_state(ROLES)), None),
        (States(iam=_state(ROLES | {"more": "of it"}, serial=7)), None),
        (States(movie=_state(serial=2)), "the state has moved on since this plan was made"),
        (States(movie=_state(lineage="b")), "the state has moved on since this plan was made"),
        (States(iam=_state(OTHERS)), "iam has other roles since this plan was made"),
        (States(iam=_state()), "iam has other roles since this plan was made"),
    ],
)
def test_a_plan_is_outdated_by_its_own_state_and_by_the_roles(
    tmp_path: Path, states: Any, says: str | None
) -> None:
    folder = _saved(tmp_path / "movie-service", ROLES)
    expected = says and f"movie-service: {says}; {AGAIN}"
    assert why_outdated("movie-service", folder, states) == expected


def test_a_service_with_roles_of_its_own_and_iam_itself_are_not_outdated_by_the_roles(
    tmp_path: Path,
) -> None:
    own = _saved(tmp_path / "own", None)
    states: Any = States(iam=_state(OTHERS))
    assert why_outdated("own", own, states) is None
    assert why_outdated("iam", _saved(tmp_path / "iam", ROLES), states) is None


@pytest.mark.parametrize("name", ["plan.tfplan", "plan.json"])
def test_a_part_that_is_gone(tmp_path: Path, name: str) -> None:
    folder = _saved(tmp_path / "movie-service", ROLES)
    (folder / name).unlink()
    states: Any = States()
    assert why_outdated("movie-service", folder, states) == (
        f"movie-service: its saved plan is used up or gone; {AGAIN}"
    )


@pytest.mark.parametrize("name", ["plan.tfplan", "plan.json"])
def test_what_cannot_be_read_is_left_to_terraform(tmp_path: Path, name: str) -> None:
    folder = _saved(tmp_path / "movie-service", ROLES)
    (folder / name).write_text("another format")
    states: Any = States(movie=_state(serial=1 if name == "plan.json" else 2))
    assert why_outdated("movie-service", folder, states) is None


def test_a_plan_of_another_terraform_may_lack_the_state(tmp_path: Path) -> None:
    folder = _saved(tmp_path / "movie-service", ROLES)
    with zipfile.ZipFile(folder / "plan.tfplan", "w") as plan:
        plan.writestr("something", "else")
    states: Any = States(movie=_state(serial=2))
    assert why_outdated("movie-service", folder, states) is None


@pytest.mark.parametrize(
    ("actions", "before", "outdated"),
    [
        (["update"], ROLES["task_role_arn"], ["movie-service"]),
        (["no-op"], ROLES["task_role_arn"], []),
        (["create"], None, []),
    ],
)
def test_iam_outdates_those_that_read_the_roles_which_it_makes_anew(
    tmp_path: Path, actions: list[str], before: str | None, outdated: list[str]
) -> None:
    _saved(tmp_path / "movie-service", ROLES)
    _saved(tmp_path / "own", None)
    (tmp_path / "iam.json").write_text(
        json.dumps({"output_changes": {"task_role_arn": {"actions": actions, "before": before}}})
    )
    planned = [
        Planned("iam", "changes", plan="iam.json"),
        Planned("movie-service", "none", plan="movie-service/plan.json"),
        Planned("own", "changes", plan="own/plan.json"),
        Planned("failed", "failed"),
    ]
    assert outdated_by_iam(Index("prod", planned), tmp_path) == outdated
    assert outdated_by_iam(Index("prod", planned[1:]), tmp_path) == []
