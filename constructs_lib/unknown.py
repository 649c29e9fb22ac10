"""Values that Terraform knows only later: CDKTF's markers for them, wherever they stand.

CDKTF hands out a marker for every such value: a piece of a string, a list of one string, a map of
one key, or a number that hardly any person writes. A check that needs the value lets it pass.

The markers are those of cdktf 0.21.0, `lib/tokens/private/encoding.js` (read 2026-11).
"""

from __future__ import annotations

import re
import struct

_MARKER = re.compile(r"[$#&]\{TfToken\[[^\]]*\]\}")

# The first bytes of an encoded number, and of one in a list of numbers (`createTokenDouble`).
_NUMBERS = (b"\xfd\xff", b"\xfb\xff")


def is_unknown(value: object) -> bool:
    """Whether `value` itself, or a part of the string that it is, is not known at synth."""
    if isinstance(value, str):
        return "TfToken[" in value and _MARKER.search(value) is not None
    if isinstance(value, dict):
        return len(value) == 1 and str(next(iter(value))).startswith("&{TfToken[")
    if isinstance(value, list):
        return len(value) == 1 and isinstance(value[0], str) and value[0].startswith("#{TfToken[")
    return isinstance(value, float) and struct.pack(">d", value)[:2] in _NUMBERS


REFUSED = "TfToken[refused]"
"""In the marker of a value that was refused: as good as not known, so that it is refused once."""


def was_refused(value: object) -> bool:
    return REFUSED in str(value)
