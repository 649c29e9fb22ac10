"""JSON in Terraform's strings: whether `jsonencode(...)` can take its place, and of what.

https://developer.hashicorp.com/terraform/language/functions/jsonencode (read 2026-11)
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from tools.eject.templates import Part, TemplateSequence

_MARK = re.compile("\ue000(\\d+)\ue001")
_BARE = "\ue002"
"""Before a mark: the sequence stands for a whole value of the JSON, not for a piece of a string."""
_STRING_OR_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|' + _MARK.pattern)
_RESERVED = re.compile("[\ue000-\ue002]")
_CALL = re.compile(r"jsonencode\((.*)\)", re.DOTALL)
_HTML = {each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
"""What Terraform's jsonencode escapes, and Python's does not."""


class Json(NamedTuple):
    """A value of a JSON text; in its strings, marks stand for the template's sequences."""

    value: Any
    sequences: Sequence[TemplateSequence]

    def parts(self, text: str) -> list[Part]:
        """The template that a string of the value is."""
        pieces = _MARK.split(text)
        template: list[Part] = [
            self.sequences[int(piece)] if n % 2 else piece for n, piece in enumerate(pieces)
        ]
        return [part for part in template if part]

    def bare(self, text: str) -> str | None:
        """The expression that makes a whole value; None where the string is a string."""
        if not text.startswith(_BARE):
            return None
        (sequence,) = self.parts(text[1:])
        assert isinstance(sequence, TemplateSequence)
        encoded = _CALL.fullmatch(sequence.expression)
        if encoded and _closes_at_the_end(encoded[1]):
            return encoded[1]
        return f"jsondecode({sequence.expression})"


def read(template: Sequence[Part], *, by_meaning: bool) -> Json | None:
    """The JSON object or list that a template is; None where jsonencode would not say the same.

    The same is the same text, or the same JSON where the provider compares `by_meaning`.
    """
    sequences = [part for part in template if isinstance(part, TemplateSequence)]
    texts = [part for part in template if isinstance(part, str)]
    if sequences and not by_meaning:
        return None
    if not all(each.is_interpolation for each in sequences) or any(map(_RESERVED.search, texts)):
        return None
    numbers = iter(range(len(sequences)))
    text = "".join(
        part if isinstance(part, str) else f"\ue000{next(numbers)}\ue001" for part in template
    )
    text = unicodedata.normalize("NFC", text)  # as Terraform does with every string
    value = _loaded(_STRING_OR_MARK.sub(_whole_value, text))
    if not isinstance(value, dict | list) or not (by_meaning or _encoded(value) == text):
        return None
    return Json(value, sequences)


def _whole_value(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else f'"{_BARE}{match[0]}"'


def _loaded(text: str) -> Any:
    """The value; None where it is no JSON, or HCL's objects and strings could not hold it."""
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_float=Decimal, parse_constant=_refused
        )
    except (ValueError, RecursionError):
        return None
    strings = json.dumps(value, ensure_ascii=False, default=str)
    return value if unicodedata.is_normalized("NFC", strings) else None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a key that stands twice")
    return members


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def _encoded(value: Any) -> str:
    """The text that Terraform's jsonencode makes."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict):
        members = (f"{_encoded(key)}:{_encoded(value[key])}" for key in sorted(value))
        return f"{{{','.join(members)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_encoded, value))}]"
    return "".join(_HTML.get(each, each) for each in json.dumps(value, ensure_ascii=False))


def _closes_at_the_end(inside: str) -> bool:
    """Whether the parentheses of a call's argument are its own, as in `f(x)`, not in `x) + f(y`."""
    depth = 0
    for character in re.sub(r'"(?:[^"\\]|\\.)*"', "", inside):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0
