"""Tables in plain text."""

from __future__ import annotations

import pytest

from tools.tables import table


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    rows = [["netflux-task-role", "2"], ["x", "10 policies"]]
    assert table("Roles", ["Role name", "Policies"], rows) == (
        "Roles (2)\n"
        "  Role name          Policies\n"
        "  -----------------  -----------\n"
        "  netflux-task-role  2\n"
        "  x                  10 policies"
    )


def test_without_rows_the_head_remains() -> None:
    assert table("Log groups", ["Log group"], []) == ("Log groups (0)\n  Log group\n  ---------")


def test_a_row_with_another_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match=r"zip\(\) argument"):
        table("Roles", ["a", "b"], [["1"]])
