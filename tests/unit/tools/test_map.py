"""The docstrings that are a map of their folder."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import tools


def names_in(folder: Path) -> set[str]:
    names = (path.name for path in folder.iterdir() if path.name[0] not in "._")
    return {name.partition(".")[0] for name in names}


def test_all_that_is_in_tools_is_on_the_map_and_nothing_else() -> None:
    lines = [line for line in str(tools.__doc__).splitlines() if line.startswith("    ")]
    named = {name for line in lines for name in re.findall(r"\w+", line[22:])}
    assert named == names_in(Path(tools.__file__).parent)


@pytest.mark.parametrize("name", ["adopt", "eject", "local_aws", "picture", "review", "revisions"])
def test_all_that_is_in_a_folder_of_tools_is_on_its_map(name: str) -> None:
    """At the beginning of a line, or named in one; nothing else begins a line."""
    package = importlib.import_module(f"tools.{name}")
    lines = [line for line in str(package.__doc__).splitlines() if line.startswith("    ")]
    there = names_in(Path(str(package.__file__)).parent)
    assert {line.split()[0] for line in lines} <= there
    assert there <= {word for line in lines for word in re.findall(r"\w+", line)}
