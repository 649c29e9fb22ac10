"""The version: pyproject.toml has it, and from there the metadata of an installed package."""

from __future__ import annotations

import re
from pathlib import Path

DISTRIBUTION = "netflux-ecs"
_PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
_SAID = re.compile(rf'^name = "{DISTRIBUTION}"\nversion = "(.+)"$', re.M)


def version() -> str:
    """That of the project which this file is part of; where it is installed, the package's."""
    found = _SAID.search(_PYPROJECT.read_text("utf-8")) if _PYPROJECT.is_file() else None
    if found:
        return found[1]
    import importlib.metadata  # costs what all the rest of an answer does

    return importlib.metadata.version(DISTRIBUTION)
