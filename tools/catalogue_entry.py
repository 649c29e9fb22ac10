"""A service as the Python that stands in services.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from constructs_lib.arguments import Arguments
from constructs_lib.service import Service

_WIDTH = 100
_FIRST = ("name", "image", "image_tag", "image_digest", "cpu_units", "memory_mib", "port")
"""What a person looks for first in a service; the others follow as they are given."""


def catalogue_entry(service: Arguments) -> str:
    """The entry, laid out as the formatter of the project does."""
    return _text(service, 0)


def nested_entry(service: Arguments, indent: int) -> str:
    """The entry as an item of a list whose items stand `indent` columns from the left."""
    return f"{' ' * indent}{_text(service, indent)},"


def argument(name: str, value: Any) -> str:
    """One argument, with its name."""
    return f"{name}={_text(value, 0, len(name) + 1)},"


def imports(value: Any) -> dict[str, set[str]]:
    """The classes of arguments in a value, by their modules: what the entry's file must import."""
    found: dict[str, set[str]] = {}
    inside: Iterable[Any] = ()
    if isinstance(value, Arguments):
        found[type(value).__module__] = {type(value).__name__}
        inside = value.given.values()
    elif isinstance(value, Mapping):
        inside = value.values()
    elif isinstance(value, list | tuple):
        inside = value
    for item in inside:
        for module, names in imports(item).items():
            found.setdefault(module, set()).update(names)
    return found


def import_line(module: str, names: Iterable[str]) -> str:
    """The import of some names, laid out as the formatter does."""
    ordered = sorted(names)
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= _WIDTH:
        return line
    inside = "".join(f"    {name},\n" for name in ordered)
    return f"from {module} import (\n{inside})"


def _text(value: Any, indent: int, before: int = 0) -> str:
    """The value on one line where that is short enough, else one part a line.

    `before` is the length of what stands before it on its line, beside the indent.
    """
    opening, parts, closing = _parts(value)
    if not parts:
        return opening + closing
    line = _flat(value)
    fits = indent + before + len(line) < _WIDTH
    if fits and (indent or before or not isinstance(value, Arguments)):
        return line
    inner = indent + 4
    lines = [f"{' ' * inner}{label}{_text(part, inner, len(label))}," for label, part in parts]
    return "\n".join([opening, *lines, f"{' ' * indent}{closing}"])


def _flat(value: Any) -> str:
    opening, parts, closing = _parts(value)
    inside = ", ".join(f"{label}{_flat(part)}" for label, part in parts)
    if isinstance(value, tuple) and len(value) == 1:
        inside += ","
    return f"{opening}{inside}{closing}"


def _parts(value: Any) -> tuple[str, list[tuple[str, Any]], str]:
    """How a value is written: what opens it, its labelled parts, what closes it."""
    if isinstance(value, Arguments):
        first = [name for name in _FIRST if name in value.given and isinstance(value, Service)]
        names = dict.fromkeys([*first, *value.given])
        return f"{type(value).__name__}(", [(f"{k}=", value.given[k]) for k in names], ")"
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
