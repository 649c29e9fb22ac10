"""`cdktf.out/plans.json`: what the last plan made, for the review and for apply."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from constructs_lib.commands import tool_command
from tools.plan.synthesis import OUTPUT
from tools.refused import Refused
from tools.whole_file import write_whole

Status = Literal["changes", "none", "failed"]
SAVED_PLAN = "plan.tfplan"
PLAN_JSON = "plan.json"
APPLIED = "plan.applied"
"""Stands where a saved plan was that has been applied."""
_WRITTEN_BY_HAND = ("services.py", "environments.py", "images.txt")


class Planned(NamedTuple):
    """What became of the plan of one stack."""

    stack: str
    status: Status
    plan: str | None = None
    """Where its JSON lies, from the project's folder; None when it failed."""
    error: str | None = None
    """Terraform's own message, or a sentence; None when it did not fail."""
    summary: str = ""
    """Terraform's counts."""


class Index(NamedTuple):
    """The last plan: for which environment, of which stacks, and those that are no more."""

    environment: str
    stacks: Sequence[Planned]
    removed: Sequence[str] = ()

    def write(self, project: Path) -> None:
        content = self._asdict() | {"stacks": [each._asdict() for each in self.stacks]}
        write_whole(index_path(project), json.dumps(content, indent=2) + "\n", private=True)


def index_path(project: Path) -> Path:
    return project / OUTPUT / "plans.json"


def newer_than_plans(project: Path) -> str:
    """Those of the files that people write which have changed since the last plan."""
    planned = index_path(project).stat().st_mtime
    files = [project / name for name in _WRITTEN_BY_HAND]
    return ", ".join(
        each.name for each in files if each.exists() and each.stat().st_mtime > planned
    )


def read(project: Path) -> Index:
    """The index of the last plan.

    Raises:
        Refused: there is none.
    """
    path = index_path(project)
    try:
        content: Any = json.loads(path.read_text("utf-8"))
        stacks = [Planned(**each) for each in content["stacks"]]
        return Index(content["environment"], stacks, content["removed"])
    except FileNotFoundError:
        cure = f"plan first, with: {tool_command('plan')}"
        raise Refused(f"nothing is planned yet; {cure}") from None
    except (ValueError, KeyError, TypeError):
        cure = f"plan anew, with: {tool_command('plan')}"
        raise Refused(f"{path.relative_to(project)} cannot be read; {cure}") from None
