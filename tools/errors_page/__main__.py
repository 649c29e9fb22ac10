"""`python -m tools.errors_page [--check]`: writes docs/errors.md from the code."""

from __future__ import annotations

import sys

from tools.command_line import Command
from tools.errors_page.page import PAGE, page
from tools.generated_file import written_or_current


def main(arguments: list[str] | None = None) -> int:
    """Writes the page; with --check, 1 when it is stale."""
    parser = Command(prog="python -m tools.errors_page", description="Writes docs/errors.md.")
    if written_or_current(parser, arguments, PAGE, page):
        return 0
    print("docs/errors.md is stale; write it with: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
