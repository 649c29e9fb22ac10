"""What every file that is written from the code has for a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tools.command_line import Command
from tools.whole_file import write_whole


def written_or_current(
    parser: Command, arguments: Sequence[str] | None, file: Path, text: Callable[[], str]
) -> bool:
    """Writes `text` as the file; with --check writes nothing, and False is: the file is stale."""
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when it is stale")
    if parser.parse_args(arguments).check:
        return file.exists() and file.read_text("utf-8") == text()
    write_whole(file, text())
    return True
