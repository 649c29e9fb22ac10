"""The newest version of CHANGELOG.md."""

from __future__ import annotations

import re
from pathlib import Path

_CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
VERSION = re.findall(
    r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", _CHANGELOG.read_text("utf-8"), re.M
)[0]
