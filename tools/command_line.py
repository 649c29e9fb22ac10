"""The arguments of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from tools.version import DISTRIBUTION, version


class Command(argparse.ArgumentParser):
    """argparse, with `--version`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.add_help:
            says = "show the version and exit"
            self.add_argument("--version", action=_Version, nargs=0, help=says)


class _Version(argparse.Action):
    """Looks the version up only when it is wanted, which argparse's own would do always."""

    def __init__(self, option_strings: list[str], dest: str, **options: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, default=argparse.SUPPRESS, **options)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(DISTRIBUTION, version())
        parser.exit()


class Parser(Command):
    """Exit code 1 for a mistake, where argparse's 2 would pass for `something changes`."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: error: {message}\n")


def at_least(least: int) -> Callable[[str], int]:
    """The type of a number of an argument."""

    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise argparse.ArgumentTypeError(
                f"must be a number from {least} on (got {text!r}); give {least} or more"
            )
        return value

    return number
