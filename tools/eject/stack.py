"""A synthesized stack, and what of it must be said otherwise in another folder."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any


def read(folder: Path, *, becomes: Path, project: Path) -> dict[str, Any]:
    """The stack's Terraform JSON, for a folder of its own at `becomes`."""
    text = (folder / "cdk.tf.json").read_text("utf-8")
    content: dict[str, Any] = json.loads(text, parse_float=Decimal)
    state = local_state(content)
    if state is not None:
        path = _seen_from(becomes, Path(os.path.normpath(folder / state)), project)
        content["terraform"]["backend"]["local"]["path"] = path
    for provider in required_providers(content).values():
        if "/" not in provider["source"]:
            provider["source"] = f"hashicorp/{provider['source']}"
    return content


def local_state(content: dict[str, Any]) -> str | None:
    """Where a stack's state is, seen from its folder; None where it is in no file."""
    path: str | None = content["terraform"]["backend"].get("local", {}).get("path")
    return path


def required_providers(content: dict[str, Any]) -> dict[str, Any]:
    """What a stack's `required_providers` says."""
    required: dict[str, Any] = content["terraform"].get("required_providers", {})
    return required


def _seen_from(folder: Path, file: Path, project: Path) -> str:
    """A path that holds on every copy of the project, where both are in it; else a whole one."""
    both = folder.is_relative_to(project) and file.is_relative_to(project)
    return os.path.relpath(file, folder) if both else str(file)
