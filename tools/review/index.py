"""The index of the last `plan`: which stacks, and where their plans lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from constructs_lib.commands import tool_command
from tools.review.plan_file import Unusable

INDEX = Path("cdktf.out") / "plans.json"
_ANEW = f"plan anew, with: {tool_command('plan')}"


class Entry(NamedTuple):
    """One stack: its plan, or why there is none."""

    stack: str
    status: str
    plan: Path | None
    error: str | None


def read_index(file: Path = INDEX) -> tuple[str | None, list[Entry]]:
    """The environment of the last `plan`, all its stacks, and those that the code no longer has.

    Raises:
        Unusable: there is none, or it does not have its form.
    """
    try:
        document = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise Unusable(
            f"{file}: there is none; name the plans to review, or plan first, with: "
            f"{tool_command('plan')}"
        ) from None
    except (OSError, ValueError):
        raise Unusable(f"{file}: cannot be read; {_ANEW}") from None
    found: dict[str, Any] = document if isinstance(document, dict) else {}
    stacks, removed = found.get("stacks"), found.get("removed", [])
    if not isinstance(stacks, list) or not all(map(_has_form, stacks)) or not _are_names(removed):
        raise Unusable(f"{file}: is not an index of plans; {_ANEW}")
    environment = found.get("environment")
    entries = [
        Entry(
            each["stack"],
            each["status"],
            _place(each["plan"], file) if each.get("plan") else None,
            each.get("error"),
        )
        for each in stacks
    ] + [Entry(name, "removed", None, None) for name in removed]
    return environment if isinstance(environment, str) else None, entries


def _are_names(names: object) -> bool:
    return isinstance(names, list) and all(isinstance(each, str) for each in names)


def _has_form(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    texts = (entry.get(key) for key in ("stack", "status"))
    optional = (entry.get(key) for key in ("plan", "error"))
    return all(isinstance(each, str) for each in texts) and all(
        each is None or isinstance(each, str) for each in optional
    )


def _place(plan: str, file: Path) -> Path:
    """A plan's path, which is the project's, or the index's own folder's."""
    return Path(plan) if Path(plan).exists() else file.parent / plan
