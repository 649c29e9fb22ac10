"""JSON as every view can write it again."""

from __future__ import annotations

import json
from typing import Any


def read_json(text: str) -> Any:
    """What a JSON text says; halves of characters, which no file can have, become `?`.

    Raises:
        ValueError: it is not JSON; NaN and Infinity are not.
        RecursionError: it is nested too deeply.
    """
    read = json.loads(text, parse_constant=_refuse)
    if "\\u" in text:
        whole = json.dumps(read, ensure_ascii=False).encode("utf-8", "replace")
        read = json.loads(whole)
    return read


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no value of JSON")
