"""A table of the plan as a grid: its rows in some order, what is wrong in them marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import DataTable

from ...errors import visible
from ...session import TableRow, TableView

SortedBy = tuple[str, bool]
"""The column that rows are sorted by, and whether from high to low."""


class TableGrid(DataTable[Text]):
    """The rows of a table; each is labelled with its line in the file."""

    def show(self, view: TableView, order: Sequence[int], by: SortedBy | None) -> None:
        """Show the rows of *view* in *order*; the header says *by* which column they are sorted."""
        # Made anew, as columns may have come or gone; tables have hundreds of rows, not thousands.
        self.clear(columns=True)
        for column in view.columns:
            self.add_column(Text(visible(column) + _arrow(column, by)), key=column)
        for number in order:
            self._add_row(view, view.rows[number])

    def _add_row(self, view: TableView, row: TableRow) -> None:
        wrong = {problem.key for problem in row.problems}
        cells = []
        # A line of the file may have fewer cells than the header, or more.
        for column, text in zip(view.columns, row.cells, strict=False):
            cells.append(Text(visible(text), "bold red" if column in wrong else ""))
        missing = len(view.columns) - len(cells)
        cells += [Text("")] * missing
        mark = Text("×", "bold red") if row.problems else Text(" ")
        self.add_row(*cells, label=mark.append(f" {row.line}", "dim"))


def _arrow(column: str, by: SortedBy | None) -> str:
    if by is None or by[0] != column:
        return ""
    return " ▼" if by[1] else " ▲"
