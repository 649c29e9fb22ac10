"""`python -m tools`: the commands that there are, and what each is for."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from constructs_lib.commands import tool_command
from tools.command_line import Parser
from tools.tables import table

PACKAGE = __name__.rpartition(".")[0] or str(__package__)
"""`tools`; in the wheel, `netflux_tools`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints those of the package's map that are installed."""
    Parser(prog=f"python -m {PACKAGE}", description=__doc__).parse_args(arguments)
    rows = [(f"{PACKAGE}.{name}", text) for name, text in _commands()]
    print(table("Commands", ("MODULE", "WHAT IT DOES"), rows))
    print(f"\nMore of one: {tool_command('COMMAND --help')}")
    return 0


def _commands() -> Iterator[tuple[str, str]]:
    """Each with the first line of its text; the map has groups of names behind two spaces."""
    package = importlib.import_module(PACKAGE)
    listed = (package.__doc__ or "").partition("Commands:\n\n")[2].partition("\n\n")[0]
    for line in listed.splitlines():
        for name in re.split(r" {2,}", line.strip())[1].split(", "):
            found = importlib.util.find_spec(f"{PACKAGE}.{name}")
            if found and found.origin:
                text = ast.get_docstring(ast.parse(Path(found.origin).read_text("utf-8"))) or ""
                said = re.sub(r"^`.*?`: ", "", text.partition("\n")[0]).rstrip(".")
                yield name, said[:1].lower() + said[1:]


if __name__ == "__main__":
    sys.exit(main())
