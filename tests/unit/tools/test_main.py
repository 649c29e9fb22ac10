"""`python -m tools`: every command, and what it is for."""

from __future__ import annotations

import pytest

import tools
from tools import __main__ as command


def test_every_command_of_the_map_is_listed_with_what_it_is_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main([]) == 0
    title, columns, _, *rows, nothing, more = capsys.readouterr().out.splitlines()
    assert (title, columns.split("  ")[1], nothing) == (f"Commands ({len(rows)})", "MODULE", "")
    named = str(tools.__doc__).partition("Commands:\n\n")[2].partition("\n\n")[0]
    assert [row.split()[0].removeprefix("tools.") for row in rows] == [
        name.strip(",") for line in named.splitlines() for name in line[22:].split()
    ]
    assert all(len(row.split()) > 2 for row in rows)
    assert more == "More of one: .venv/bin/python -m tools.COMMAND --help"
    [plan] = (row for row in rows if "tools.plan " in row)
    assert plan.split(None, 1)[1] == (
        "plans stacks side by side, and keeps the plans beside their output"
    )
