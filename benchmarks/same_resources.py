"""Whether two peers wrote the same resources: what is compared, and how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

COMPARED = ("resource", "data", "output", "provider")


def written(output: Path) -> dict[str, Any]:
    """What stands in each stack of a CDKTF output folder, in a form that can be compared."""
    stacks = (output / "stacks").iterdir()
    return {
        folder.name: {
            key: normalised(value)
            for key, value in json.loads((folder / "cdk.tf.json").read_text("utf-8")).items()
            if key in COMPARED
        }
        for folder in stacks
    }


def normalised(value: Any) -> Any:
    """Without CDKTF's own notes, and with JSON in strings read."""
    if isinstance(value, dict):
        return {key: normalised(item) for key, item in value.items() if key != "//"}
    if isinstance(value, list):
        return [normalised(item) for item in value]
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def difference(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """The first place in which they differ; empty if they do not."""
    return _difference(ours, theirs, "")


def _difference(ours: Any, theirs: Any, place: str) -> str:
    if ours == theirs:
        return ""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            inner = _difference(ours.get(key), theirs.get(key), f"{place}.{key}".lstrip("."))
            if inner:
                return inner
    return f"{place}: ours {ours!r}, theirs {theirs!r}"
