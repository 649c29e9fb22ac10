"""Elements of HTML, in which no text can become one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tools.review import words


class Html(str):
    """What is HTML already. All other text is escaped where it is put in."""

    __slots__ = ()


NEW_LINE = Html("\n")


def element(tag: str, /, *inside: str, **attributes: str) -> Html:
    """`<tag attributes>inside</tag>`; `class_` is class, and `data_label` is data-label."""
    return Html(f"{void_element(tag, **attributes)}{joined(inside)}</{tag}>")


def void_element(tag: str, /, **attributes: str) -> Html:
    """An element that has no end, such as meta."""
    given = (
        f' {key.strip("_").replace("_", "-")}="{_html(value)}"' for key, value in attributes.items()
    )
    return Html(f"<{tag}{''.join(given)}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    return Html(_html(between).join(map(_html, parts)))


def lines(*parts: str) -> Html:
    """`parts`, each on lines of its own in the file; what is empty has none."""
    return joined(["", *(part for part in parts if part), ""], NEW_LINE)


def _html(text: str) -> str:
    return text if isinstance(text, Html) else escape(words.text(text))
