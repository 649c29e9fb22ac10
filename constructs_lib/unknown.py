"""Values that Terraform knows only later: CDKTF's markers for them, wherever they stand.

CDKTF hands out a marker for every such value: a piece of a string, a list of one string, a map of
one key, or a number far below anything a person writes. A check that needs the value lets it pass.

The markers are those of cdktf 0.21.0, `lib/tokens/private/encoding.js` (read 2026-11).
"""

from __future__ import annotations

import re

_MARKER = re.compile(r"[$#&]\{TfToken\[[^\]]*\]\}")

# Encoded numbers lie just below -1.888e289 (`createTokenDouble`).
_NUMBERS_BELOW = -1e280
_NUMBERS = (int, float)


def is_unknown(value: object) -> bool:
    """Whether `value` itself, or a part of the string that it is, is not known at synth."""
    if isinstance(value, str):
        return "TfToken[" in value and _MARKER.search(value) is not None
    if isinstance(value, dict):
        return len(value) == 1 and str(next(iter(value))).startswith("&{TfToken[")
    if isinstance(value, list):
        return len(value) == 1 and isinstance(value[0], str) and value[0].startswith("#{TfToken[")
    if isinstance(value, bool):
        return False
    return isinstance(value, _NUMBERS) and value < _NUMBERS_BELOW
