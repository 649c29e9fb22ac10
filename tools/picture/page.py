"""The picture in a page of Markdown, between two markers."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.errors import READABLE
from tools.refused import Refused

BEGIN = "<!-- picture: written by `make picture` -->"
END = "<!-- /picture -->"


def with_picture(file: str, mermaid: str) -> str:
    """The text of a page with this picture.

    Raises:
        Refused: the page cannot be read, or has not each marker once.
    """
    text = _read(file)
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in after or END in before + after:
        raise Refused(
            f"{file} must have one line '{BEGIN}', and below it one line '{END}'; "
            "write them where the picture is to be"
        )
    return f"{before}{BEGIN}\n```mermaid\n{mermaid}```\n{END}{after}"


def check(file: str, text: str) -> None:
    """Compares a page with what it should be.

    Raises:
        Refused: it is stale.
    """
    if _read(file) != text:
        raise Refused(f"the picture in {file} is stale; draw it anew with: make picture")


def _read(file: str) -> str:
    try:
        return Path(file).read_text("utf-8")
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}; {READABLE}") from None
    except UnicodeDecodeError:
        raise Refused(f"{file} is no text in UTF-8; save it as UTF-8") from None
