"""A table in plain text, as the console's lists have it: a title with a count, then the rows."""

from __future__ import annotations

from collections.abc import Sequence


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The table as lines; every column is as wide as its widest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(columns, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"  {'  '.join(padded)}".rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([f"{title} ({len(rows)})", line(columns), f"  {rule}", *map(line, rows)])
