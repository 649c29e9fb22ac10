"""What was most likely meant by a name that is not known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_FEW = 3
READABLE = 12
"""How many names of one word are suggested, and how many are listed where none is near."""

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that was most likely meant; None when none is near, or several are."""
    near = meant(name, known)
    return near[0] if len(near) == 1 else None


def instead(name: str, known: Collection[str]) -> str:
    """The cure: to write what was meant, or one of all."""
    near = " or ".join(map(repr, meant(name, known)))
    if near:
        return f"write {near}"
    if len(known) <= READABLE:
        return f"known are {', '.join(known or ['none'])}"
    some = ", ".join(list(known)[:READABLE])
    return f"known are {some}, and {len(known) - READABLE} more"


def meant(name: str, known: Iterable[str]) -> list[str]:
    """The one that is spelt much the same; else the few of the same word, its first before any."""
    import difflib  # costs milliseconds, and only a mistake needs it

    def is_spelt_alike(each: str) -> bool:
        """Also where words that both have are left out: `rating-service` is no `movie-service`."""
        ours, theirs = _words(name), _words(each)
        own = "".join(word for word in ours if word not in theirs)
        other = "".join(word for word in theirs if word not in ours)
        return not (own and other) or bool(difflib.get_close_matches(own, [other]))

    by_lower_case = {each.lower(): each for each in known}
    written = name.lower()
    close = difflib.get_close_matches(written, by_lower_case)
    alike = [by_lower_case[each] for each in close if is_spelt_alike(by_lower_case[each])]
    if alike or len(written) < 2:
        return alike[:1]
    words = {each: _words(each) for each in by_lower_case.values()}
    ours = set(_words(name))
    like = (
        [each for each in words if words[each][:1] == [written]],
        [each for each in words if written in words[each]],
        [each for each in words if each.lower().startswith(written)],
        [each for each in words if ours.issuperset(words[each])],
    )
    return next((some for some in like if 0 < len(some) <= _FEW), [])


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
