"""The update of the state that keeps an imported revision; Terraform is in tests/local_aws."""

from __future__ import annotations

import json
from pathlib import Path

from tools.adopt.definitions import is_kept
from tools.adopt.keeping import IGNORED

PLAN = Path(__file__).parents[3] / "plans" / "image-only" / "plan.json"
COMPUTED = {"arn", "arn_without_revision", "id", "revision"}


def test_every_argument_but_one_is_ignored() -> None:
    changes = json.loads(PLAN.read_text())["resource_changes"]
    [task] = [each for each in changes if each["type"] == "aws_ecs_task_definition"]
    assert set(task["change"]["before"]) - COMPUTED == {*IGNORED, "skip_destroy"}


def test_a_revision_is_kept_when_the_state_says_so_or_the_code_does_not_want_it() -> None:
    wanted = {"skip_destroy": True}
    assert is_kept(wanted, {"skip_destroy": True})
    assert not is_kept(wanted, {"skip_destroy": None})
    assert not is_kept(wanted, {"skip_destroy": False})
    assert is_kept({"skip_destroy": False}, {"skip_destroy": None})
    assert is_kept({}, {})
