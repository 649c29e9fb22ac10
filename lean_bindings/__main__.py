"""Command line: write the lean bindings, or say whether they are current."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import lean_bindings
from lean_bindings.settings import OUTPUT


def main(arguments: list[str] | None = None, parser: argparse.ArgumentParser | None = None) -> int:
    """Run the command, by the name of `parser` where that is another; returns its exit code."""
    parser = parser or argparse.ArgumentParser(prog="python -m lean_bindings")
    parser.description = (
        "Write lean copies of the prebuilt CDKTF provider packages that a project's code imports,"
        " unless they are current."
    )
    parser.epilog = (
        "exit codes: 0 current or written; 1 not current (--check), or a package has no lean copy;"
        " 2 wrong usage"
    )
    parser.add_argument("--project", default=".", metavar="DIR", help="the project's folder (.)")
    parser.add_argument(
        "--source",
        action="append",
        metavar="PATH",
        help="a file or folder to read for imports, from the project's folder; may be repeated;"
        " as in the project's call of activate() (all of the project)",
    )
    parser.add_argument(
        "--output", default=OUTPUT, metavar="DIR", help=f"the folder to write to ({OUTPUT})"
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="only say whether they are current")
    action.add_argument("--force", action="store_true", help="write them even if they are current")
    options = parser.parse_args(arguments)
    if not Path(options.project).exists():
        parser.error(f"there is no project {options.project}; name its folder")
    sources = options.source or ["."]

    if options.check:
        reason = lean_bindings.check(options.project, sources=sources, output=options.output)
        print(f"lean bindings: {reason}" if reason else "lean bindings: current")
        return 1 if reason else 0
    problems = lean_bindings.write(
        options.project, sources=sources, output=options.output, force=options.force
    )
    for problem in problems:
        print("lean bindings:", problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
