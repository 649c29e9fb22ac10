"""A service as the Python that stands in services.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.arguments import Arguments

_WIDTH = 100


def catalogue_entry(service: Arguments) -> str:
    """The entry, laid out as the formatter of the project does."""
    return _text(service, 0)


def classes(value: Any) -> set[str]:
    """The names of all classes of arguments in a value: what the entry's file must import."""
    if isinstance(value, Arguments):
        return {type(value).__name__}.union(*map(classes, value.given.values()))
    if isinstance(value, Mapping):
        return set().union(*map(classes, value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(classes, value))
    return set()


def _text(value: Any, indent: int) -> str:
    """The value on one line where that is short enough, else one part a line."""
    opening, parts, closing = _parts(value)
    if not parts:
        return opening + closing
    line = f"{opening}{', '.join(f'{label}{_flat(part)}' for label, part in parts)}{closing}"
    if indent + len(line) < _WIDTH and not isinstance(value, Arguments):
        return line
    if indent and indent + len(line) < _WIDTH:
        return line
    inner = indent + 4
    lines = [f"{' ' * inner}{label}{_text(part, inner)}," for label, part in parts]
    return "\n".join([opening, *lines, f"{' ' * indent}{closing}"])


def _flat(value: Any) -> str:
    opening, parts, closing = _parts(value)
    return f"{opening}{', '.join(f'{label}{_flat(part)}' for label, part in parts)}{closing}"


def _parts(value: Any) -> tuple[str, list[tuple[str, Any]], str]:
    """How a value is written: what opens it, its labelled parts, what closes it."""
    if isinstance(value, Arguments):
        return f"{type(value).__name__}(", [(f"{k}=", v) for k, v in value.given.items()], ")"
    if isinstance(value, Mapping):
        return "{", [(f"{_string(k)}: ", v) for k, v in value.items()], "}"
    if isinstance(value, list):
        return "[", [("", each) for each in value], "]"
    if isinstance(value, tuple):
        return "(", [("", each) for each in value], ")"
    return (_string(value) if isinstance(value, str) else repr(value)), [], ""


def _string(text: str) -> str:
    """In double quotes, as the formatter prefers them, unless that needs more backslashes."""
    plain = repr(text)
    if plain[0] == "'" and '"' not in text:
        return '"' + plain[1:-1].replace("\\'", "'") + '"'
    return plain
