"""Values that Terraform knows only later: CDKTF's markers for them, wherever they stand.

CDKTF hands out a marker for every such value: a piece of a string, a list of one string, a map of
one key, or a number that hardly any person writes. A check that needs the value lets it pass.

The markers are those of cdktf 0.21.0, `lib/tokens/private/encoding.js` (read 2026-11). What begins
as one and does not end as one is a person's text.
"""

from __future__ import annotations

import re
import struct

TOKEN = r"\{TfToken\[[a-zA-Z0-9:._-]+\]\}"
"""Behind `$` in a string, `#` in a list, `&` in a map."""

_IN_TEXT = re.compile(rf"[$#&]{TOKEN}")
_IN_A_LIST = re.compile(f"#{TOKEN}")
_IN_A_MAP = re.compile(f"&{TOKEN}")

# The first bytes of an encoded number, and of one in a list of numbers (`createTokenDouble`).
_NUMBERS = (b"\xfd\xff", b"\xfb\xff")


def is_unknown(value: object) -> bool:
    """Whether `value` itself, or a part of the string that it is, is not known at synth."""
    if isinstance(value, str):
        return "TfToken[" in value and _IN_TEXT.search(value) is not None
    if isinstance(value, dict):
        return len(value) == 1 and _IN_A_MAP.match(str(next(iter(value)))) is not None
    if isinstance(value, list):
        return len(value) == 1 and isinstance(value[0], str) and bool(_IN_A_LIST.match(value[0]))
    return isinstance(value, float) and struct.pack(">d", value)[:2] in _NUMBERS


def known_part(text: str) -> str:
    """What is left of a text without the markers in it."""
    return _IN_TEXT.sub("", text)


REFUSED = "TfToken[refused]"
"""In the marker of a value that was refused: as good as not known, so that it is refused once."""


def was_refused(value: object) -> bool:
    return REFUSED in str(value)
