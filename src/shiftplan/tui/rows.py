"""Rows of a table as they are shown and checked."""

from __future__ import annotations

from collections.abc import Mapping

from ..folder import sections
from ..folder.build import build
from ..folder.report import Place, Report
from ..session import TableView


def in_order(view: TableView, by: tuple[str, bool] | None) -> list[int]:
    """Return the numbers of the rows sorted by a column, numbers before words; True is the other
    way.
    """
    order = list(range(len(view.rows)))
    if by is None or by[0] not in view.columns:
        return order
    column = view.columns.index(by[0])

    def cell(number: int) -> tuple[int, float, str]:
        text = view.rows[number].cells[column] if column < len(view.rows[number].cells) else ""
        try:
            return (0, float(text), "")
        except ValueError:
            return (1, 0.0, text.lower())

    return sorted(order, key=cell, reverse=by[1])


def wrong_cell(section: str, cells: Mapping[str, str], column: str) -> str:
    """Return what is wrong with one cell of a row by itself, and nothing if it is fine."""
    report = Report()
    build(sections.TABLES[section].row, {k: v for k, v in cells.items() if v}, Place("", 0), report)
    said = [f"{p.message} {p.hint}".rstrip() for p in report.problems if p.key in (column, "")]
    return said[0] if said else ""
