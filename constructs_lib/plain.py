"""Values as JSON has them, whatever a user wrote, so that no check has to fear one.

Python lets an object raise where it is compared, shown or asked whether it is true. What is no
JSON is therefore replaced at once by a stand-in that only shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_DEEPEST = 32
"""A task definition is six structures deep."""

_MOST_PARTS = 100_000
"""AWS takes 64 KB."""

_LONGEST_NUMBER = 10**40


class NotJson:
    """Stands for a value that JSON does not have; shown as that value was."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def plain(value: object, keep: type) -> Any:
    """The value of str, int, float, bool, None, list, tuple, dict and `keep` alone, all copied.

    Subclasses become what they are a subclass of; keys that are no strings stay as they are shown.
    """
    return _Copy(keep).of(value, ())


def shown(value: object) -> str:
    """`repr`, also of an object that raises there."""
    try:
        return str.__str__(repr(value))
    except Exception:
        return f"<{type(value).__name__}>"


class _Copy:
    """One copy; it counts the parts, so that lists of the same list of lists cannot explode."""

    def __init__(self, keep: type) -> None:
        self.keep = keep
        self.parts = 0

    def of(self, value: Any, outside: tuple[int, ...]) -> Any:
        kind = type(value)
        if value is None or kind in (bool, str, float) or issubclass(kind, self.keep):
            return value
        if issubclass(kind, str):
            return str.__str__(value)
        if issubclass(kind, int):
            number = int.__int__(value)
            if -_LONGEST_NUMBER < number < _LONGEST_NUMBER:
                return number
            return NotJson(f"<int of {number.bit_length()} bits>")
        if issubclass(kind, float):
            return float.__float__(value)
        if issubclass(kind, Mapping | Sequence) and not issubclass(kind, bytes | bytearray):
            return self._of_many(value, kind, outside)
        return NotJson(shown(value))

    def _of_many(self, value: Any, kind: type, outside: tuple[int, ...]) -> Any:
        name = kind.__name__
        if id(value) in outside:
            return NotJson(f"<{name} within itself>")
        if len(outside) == _DEEPEST:
            return NotJson(f"<{name} below {_DEEPEST} others>")
        within = (*outside, id(value))
        try:
            self.parts += len(value)
            if self.parts > _MOST_PARTS:
                return NotJson(f"<{name} of more than {_MOST_PARTS} parts>")
            if issubclass(kind, Mapping):
                pairs = [(key, value[key]) for key in value]
                return {self._key(key): self.of(item, within) for key, item in pairs}
            items = [self.of(item, within) for item in value]
        except Exception:
            return NotJson(f"<{name}>")
        return tuple(items) if issubclass(kind, tuple) else items

    def _key(self, key: object) -> Any:
        return str.__str__(key) if issubclass(type(key), str) else NotJson(shown(key))
