"""What every page of docs/ that is written from the code has for a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tools.command_line import Command
from tools.whole_file import write_whole


def written_or_current(
    parser: Command, arguments: Sequence[str] | None, page: Path, text: Callable[[], str]
) -> bool:
    """Writes `text` as the page; with --check writes nothing, and False is: the page is stale."""
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when it is stale")
    if parser.parse_args(arguments).check:
        return page.exists() and page.read_text("utf-8") == text()
    write_whole(page, text())
    return True
