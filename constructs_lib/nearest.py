"""What was most likely meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that was most likely meant; None when none is near."""
    import difflib  # costs milliseconds, and only a mistake needs it

    by_lower_case = {each.lower(): each for each in known}
    close = difflib.get_close_matches(name.lower(), by_lower_case, n=1)
    return by_lower_case[close[0]] if close else None


def instead(name: str, known: Collection[str]) -> str:
    """The cure: to write what was meant, or one of all."""
    near = nearest(name, known)
    return f"write {near!r}" if near else f"known are {', '.join(known or ['none'])}"
