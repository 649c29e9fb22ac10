"""How wide text is, in cells of a font in which every letter is as wide as every other."""

from __future__ import annotations

import re
import unicodedata

_ZERO, _TWO = {"Mn", "Me", "Cf"}, {"W", "F"}
_BREAK_AFTER = re.compile(r"[^ /\-_.:,]*[ /\-_.:,]?")


def cells(text: str) -> int:
    """As a terminal counts: two for an ideograph, none for what stands on another letter."""
    return sum(
        0
        if unicodedata.category(each) in _ZERO
        else 1 + (unicodedata.east_asian_width(each) in _TWO)
        for each in text
    )


def wrapped(text: str, most: int) -> list[str]:
    """The text in lines of at most so many cells, broken after a mark or a space if it can be."""
    lines = [""]
    for word in filter(None, _BREAK_AFTER.findall(text)):
        if lines[-1] and cells(lines[-1] + word) > most:
            lines.append("")
        for each in word:
            if cells(lines[-1] + each) > most:
                lines.append("")
            lines[-1] += each
    return [line.rstrip() for line in lines]
