"""Rows of a worksheet, read cell by cell and never more than can be used."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from .table_limits import MOST, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT
from .workbook_cell import Cell, CellText
from .workbook_file import TooMuch
from .workbook_values import Formats, WrongCell
from .workbook_xml import Attributes

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class SharedTexts:
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._text: CellText = CellText()
        self._total: int = 0

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take in the beginning of an element."""
        if name == "si":
            self._text = CellText()
        self._text.begin(name)

    def text(self, text: str) -> None:
        """Take in a part of a text."""
        self._text.add(text)

    def end(self, name: str) -> None:
        """Take in the end of an element, perhaps of a text."""
        self._text.end(name)
        if name != "si":
            return
        found = self._text.value
        self._total += len(found)
        if len(self.texts) >= MOST_CELLS or self._total > MOST_TEXT:
            raise too_many_cells()
        self.texts.append(found)


def too_many_cells() -> TooMuch:
    """Return the error for a sheet with more in it than is read."""
    return TooMuch(MOST, "Split the table, or delete the rows and columns that are not part of it.")


class Sheet:
    """A worksheet as it is read: what stands in its rows, and what was passed over."""

    def __init__(self, texts: Sequence[str], formats: Formats) -> None:
        self._texts: Sequence[str] = texts
        self._formats: Formats = formats
        self._numbers: list[int] = []
        self._rows: list[list[str]] = []
        self.hidden: int = 0
        """Rows that are hidden and were read."""
        self._row: int = 0
        self._column: int = 0
        self._row_hidden: bool = False
        self._cell: Cell | None = None
        self._cells: int = 0
        self._letters: int = 0

    @property
    def rows(self) -> list[list[str]]:
        """The rows with something in them, from the top."""
        return self._rows

    # -- elements ----------------------------------------------------------------------------------

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take in the beginning of an element."""
        if self._cell is not None:
            self._cell.begin(name)
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            # A row without its number is the one after the last.
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._row_hidden = attributes.get("hidden", "0") in ("1", "true")
        elif name == "mergeCell":
            self._check_merged(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        """Take in a part of what a cell holds."""
        if self._cell is not None:
            self._cell.add(text)

    def end(self, name: str) -> None:
        """Take in the end of an element, perhaps of a cell."""
        cell = self._cell
        if cell is None:
            return
        if name != "c":
            cell.end(name)
            return
        self._cell = None
        try:
            value = cell.value(self._texts, self._formats)
        except WrongCell as wrong:
            where = f"{_letters(self._column)}{self._row}"
            raise WrongCell(f"cell {where}: {wrong.message}", wrong.hint) from None
        if value:
            self._keep(value)

    # -- inside ------------------------------------------------------------------------------------

    def _begin_cell(self, attributes: Attributes) -> None:
        # Some programs leave out where a cell is; it then follows the last one.
        self._column += 1
        where = attributes.get("r")
        if where is not None:
            self._column, row = _place(where)
            if row != self._row:
                raise ValueError(f"the cell {where} stands in row {self._row}")
        self._cell = Cell(attributes)

    def _keep(self, value: str) -> None:
        if self._column > MOST_COLUMNS:
            raise TooMuch(
                f"something stands in column {_letters(self._column)}, and only "
                f"{MOST_COLUMNS} columns are read.",
                "Delete what is not part of the table.",
            )
        self._cells += 1
        self._letters += len(value)
        row = self._current_row()
        # Rows that are filled up to a far column count as that many cells.
        self._cells += max(0, self._column - len(row) - 1)
        if self._cells > MOST_CELLS or self._letters > MOST_TEXT or len(self._rows) > MOST_ROWS:
            raise too_many_cells()
        row += [""] * (self._column - len(row))
        row[self._column - 1] = value

    def _current_row(self) -> list[str]:
        if self._numbers and self._numbers[-1] == self._row:
            return self._rows[-1]
        if self._numbers and self._numbers[-1] > self._row:
            raise ValueError(f"row {self._row} comes after row {self._numbers[-1]}")
        self.hidden += self._row_hidden
        self._numbers.append(self._row)
        self._rows.append([])
        return self._rows[-1]

    def _check_merged(self, area: str) -> None:
        """Refuse merged cells with something in them: only the first of them would be read."""
        first, _, last = area.partition(":")
        if not last or first == last:
            return
        column, number = _place(first)
        at = bisect_left(self._numbers, number)
        found = at < len(self._numbers) and self._numbers[at] == number
        row = self._rows[at] if found else []
        if column <= len(row) and row[column - 1]:
            raise WrongCell(f"the cells {area} are merged", "Unmerge them, and fill in each.")


def _place(reference: str) -> tuple[int, int]:
    """Return the column and the row, each from 1 on, of a cell such as ``B7``."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"'{reference[:20]}' is no cell")
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column, int(found[2])


def _letters(column: int) -> str:
    """Return what a spreadsheet calls the column numbered *column*, from 1 on."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
