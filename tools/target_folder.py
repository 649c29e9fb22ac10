"""A folder that a command is asked to write."""

from __future__ import annotations

from pathlib import Path


def file_in_the_way(target: Path) -> Path | None:
    """What stands where the folder, or one that it is in, has to be, and is none."""
    for folder in (target, *target.parents):
        if folder.exists() and not folder.is_dir():
            return folder
    return None
