"""The arguments of commands whose exit code 2 has a meaning of its own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """argparse, with exit code 1 for a mistake: its 2 would pass for `something changes`."""

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
            raise argparse.ArgumentTypeError(f"must be a number from {least} on (got {text!r})")
        return value

    return number
