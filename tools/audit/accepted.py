"""The advisories that pyproject.toml accepts, each with its reason."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from constructs_lib.errors import InvalidInput, Problem

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def accepted(file: Path) -> dict[str, str]:
    """The reason of each advisory in [[tool.netflux.audit.accept]].

    Raises:
        InvalidInput: an entry lacks its advisory or its reason.
    """
    settings = tomllib.loads(file.read_text("utf-8"))
    entries: Any = settings.get("tool", {}).get("netflux", {}).get("audit", {}).get("accept", [])
    problems = [
        Problem(
            f"tool.netflux.audit.accept[{index}]",
            "must have both",
            entry,
            'write advisory = "GHSA-..." and reason = "..."',
        )
        for index, entry in enumerate(entries)
        if not (isinstance(entry, dict) and entry.get("advisory") and entry.get("reason"))
    ]
    if problems:
        raise InvalidInput.of(file.name, problems)
    return {entry["advisory"]: entry["reason"] for entry in entries}
