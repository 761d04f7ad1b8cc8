"""Rows of a table as they are shown and checked."""

from __future__ import annotations

from collections.abc import Mapping

from ..folder import sections
from ..folder.build import build
from ..folder.report import Place, Report
from ..session import TableView


def in_order(view: TableView, by: tuple[str, bool] | None) -> list[int]:
    """Return the numbers of the rows sorted by a column, numbers before words; True is from high
    to low.
    """
    order = list(range(len(view.rows)))
    # An edit may have taken the column away.
    if by is None or by[0] not in view.columns:
        return order
    column, down = view.columns.index(by[0]), by[1]

    def key(number: int) -> tuple[int, float, str]:
        cells = view.rows[number].cells
        # A line of the file may be shorter than the header.
        text = cells[column] if column < len(cells) else ""
        try:
            return (0, float(text), "")
        except ValueError:
            return (1, 0.0, text.lower())

    return sorted(order, key=key, reverse=down)


def wrong_cell(section: str, cells: Mapping[str, str], column: str) -> str:
    """Return what is wrong with one cell of a row by itself, and nothing if it is fine."""
    report = Report()
    given = {key: text for key, text in cells.items() if text}
    build(sections.TABLES[section].row, given, Place("", 0), report)
    for problem in report.problems:
        # What names no column is about the row as a whole, of which this cell is a part.
        if problem.key in (column, ""):
            return f"{problem.message} {problem.hint}".rstrip()
    return ""
