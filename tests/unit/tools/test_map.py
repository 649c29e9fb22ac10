"""The map of `tools/`, which its docstring is."""

from __future__ import annotations

import re
from pathlib import Path

import tools


def test_all_that_is_in_the_folder_is_on_the_map_and_nothing_else() -> None:
    paths = Path(tools.__file__).parent.iterdir()
    there = {path.name.partition(".")[0] for path in paths if path.name[0] not in "._"}
    lines = [line for line in str(tools.__doc__).splitlines() if line.startswith("    ")]
    assert {name for line in lines for name in re.findall(r"\w+", line[22:])} == there
