"""Saved plans that are outdated: gone, their state has moved on, or `iam` has other roles.

A service's plan has the roles that the state of `iam` had then. Where a role's name or path
changes, all such plans are outdated as soon as `iam` is applied.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from constructs_lib.commands import tool_command
from constructs_lib.stack_ids import FIRST_STACKS, IAM_STACK
from tools.diagnosis.looking import Diagnosis
from tools.plan.index import PLAN_JSON, SAVED_PLAN, Index
from tools.state.stored import State, parsed

_ROLES = f"data.terraform_remote_state.{IAM_STACK}"
_STATE = "tfstate"


def outdated_by_iam(index: Index, project: Path) -> list[str]:
    """The planned stacks that read roles which the plan of `iam` among them makes anew."""
    plans = {each.stack: project / each.plan for each in index.stacks if each.plan}
    of_iam = plans.pop(IAM_STACK, None)
    if of_iam is None or not _makes_other_roles(_content(of_iam)):
        return []
    return [stack for stack, plan in plans.items() if _roles_read(plan)]


def why_outdated(stack: str, folder: Path, diagnosis: Diagnosis) -> str | None:
    """Why the saved plan in a stack's folder cannot be applied; None where nothing is known."""
    again = plan_anew(stack)
    saved, plan = folder / SAVED_PLAN, folder / PLAN_JSON
    if not saved.exists() or not plan.exists():
        return f"{stack}: its saved plan is used up or gone; {again}"
    now = diagnosis.state(stack)
    if now and _is_of_another(saved, now):
        return moved_on(stack)
    iam = None if stack in FIRST_STACKS else diagnosis.state(IAM_STACK)
    if iam and _has_former_roles(plan, iam):
        return f"{stack}: {IAM_STACK} has other roles since this plan was made; {again}"
    return None


def moved_on(stack: str) -> str:
    return f"{stack}: the state has moved on since this plan was made; {plan_anew(stack)}"


def plan_anew(stack: str) -> str:
    return f"plan and review it anew, with: {tool_command(f'plan {stack}')}"


def _has_former_roles(plan: Path, iam: State) -> bool:
    """Whether a plan, as JSON, has other roles than the state of `iam` has."""
    outputs = iam.content.get("outputs") or {}
    now = {name: each.get("value") for name, each in outputs.items()}
    return any(now.get(name) != role for name, role in _roles_read(plan).items())


def _is_of_another(saved: Path, now: State) -> bool:
    """Whether a saved plan was made of another state; Terraform refuses it then.

    Terraform's own format, which another version may change: where it cannot be read, the answer
    is no, and Terraform's to give.
    """
    try:
        with zipfile.ZipFile(saved) as plan:
            planned = parsed(plan.read(_STATE))
    except (OSError, zipfile.BadZipFile, KeyError):
        return False
    return planned is not None and (planned.lineage, planned.serial) != (now.lineage, now.serial)


def _roles_read(plan: Path) -> Mapping[str, Any]:
    state = _content(plan).get("prior_state", {}).get("values", {}).get("root_module", {})
    for resource in state.get("resources", ()):
        if resource["address"] == _ROLES:
            return resource["values"].get("outputs") or {}
    return {}


def _makes_other_roles(plan: Mapping[str, Any]) -> bool:
    changes = (plan.get("output_changes") or {}).values()
    return any(change["actions"] != ["no-op"] and change["before"] for change in changes)


def _content(plan: Path) -> dict[str, Any]:
    """A plan's JSON; empty where there is none, or not a whole one."""
    try:
        content: dict[str, Any] = json.loads(plan.read_text("utf-8"))
        return content
    except (OSError, ValueError):
        return {}
