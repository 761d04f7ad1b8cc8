"""Edits of CSV tables that touch nothing but the cells meant: other lines keep their bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..disk.formulas import as_meant, disarmed
from ..errors import ShiftplanError

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
_END = re.compile(r"\r\n|\n|\r|$")
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')


@dataclass(frozen=True)
class Record:
    """One line of a table, or several where a quoted cell has line breaks, as it is written."""

    line: int
    raw: tuple[str, ...]
    end: str
    """The line end as it stands there; empty at the end of a text."""

    @property
    def text(self) -> str:
        """The bytes of the record."""
        return ",".join(self.raw) + self.end

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """What the cells say, without quotes, blanks around and marks against formulas."""
        return tuple(as_meant(_plain(cell).strip()).strip() for cell in self.raw)

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it, so that it is passed over."""
        return not any(self.cells)

    def with_cell(self, column: int, value: str) -> Record:
        """Return a copy with one cell changed; a cell that was quoted stays so."""
        cells = list(self.raw)
        while len(cells) <= column:  # a line may have fewer cells than there are columns
            cells.append("")
        cells[column] = quoted(value, cells[column])
        return Record(self.line, tuple(cells), self.end)


@dataclass(frozen=True)
class CsvText:
    """A CSV text record by record; the first that is not blank names the columns."""

    mark: str
    """The byte order mark some programs write, or nothing."""
    records: tuple[Record, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return self.mark + "".join(r.text for r in self.records)

    @cached_property
    def _head(self) -> int:
        return next((k for k, r in enumerate(self.records) if not r.blank), 0)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names in the first line."""
        return self.records[self._head].cells if self.records else ()

    @cached_property
    def _rows(self) -> tuple[int, ...]:
        return tuple(k for k, r in enumerate(self.records) if k > self._head and not r.blank)

    @property
    def rows(self) -> tuple[Record, ...]:
        """The records below the first line that are not blank."""
        return tuple(self.records[k] for k in self._rows)

    @property
    def _line_end(self) -> str:
        return next((r.end for r in self.records if r.end), "\n")

    def set_cell(self, row: int, column: str, value: str) -> CsvText:
        """Return a copy with one cell changed; a column not there yet is added to every line."""
        table = self.with_column(column)
        at = table._at(row)
        record = table.records[at].with_cell(table.columns.index(column), value)
        return CsvText(table.mark, (*table.records[:at], record, *table.records[at + 1 :]))

    def with_column(self, column: str) -> CsvText:
        """Return a copy that has *column*, at the end if it is new."""
        if column in self.columns or not self.records:
            return self
        width = len(self.columns)
        records = list(self.records)
        records[self._head] = records[self._head].with_cell(width, column)
        for k in self._rows:
            records[k] = records[k].with_cell(width, "")
        return CsvText(self.mark, tuple(records))

    def add(self, cells: Mapping[str, str], at: int | None = None) -> CsvText:
        """Return a copy with a row added at the end, or before row *at*."""
        if not any(cells.values()):
            raise ShiftplanError("An empty line would be no row.", "Fill in one cell at least.")
        table = self
        for column in cells:
            table = table.with_column(column)
        raw = tuple(quoted(cells.get(name, "")) for name in table.columns)
        new = Record(0, raw, table._line_end)
        if at is not None and at < len(table._rows):
            where = table._at(at)
            return CsvText(table.mark, (*table.records[:where], new, *table.records[where:]))
        return table._with_last(new)

    def _with_last(self, new: Record) -> CsvText:
        """Return a copy with a record after the last row, or after the header."""
        where = self._rows[-1] if self._rows else self._head
        last = self.records[where]
        # The last line of a text often has no line end.
        ended = Record(last.line, last.raw, last.end or self._line_end)
        return CsvText(self.mark, (*self.records[:where], ended, new, *self.records[where + 1 :]))

    def without(self, rows: Iterable[int]) -> CsvText:
        """Return a copy without the rows numbered *rows*."""
        gone = {self._at(row) for row in rows}
        return CsvText(self.mark, tuple(r for k, r in enumerate(self.records) if k not in gone))

    def ordered(self, order: Sequence[int]) -> CsvText:
        """Return a copy with the rows in another order; blank lines stay where they are."""
        records = list(self.records)
        for place, row in zip(self._rows, order, strict=True):
            moved = self.records[self._rows[row]]
            records[place] = Record(moved.line, moved.raw, self.records[place].end)
        return CsvText(self.mark, tuple(records))

    def _at(self, row: int) -> int:
        if not 0 <= row < len(self._rows):
            raise ShiftplanError(f"The table has no row {row + 1}.")
        return self._rows[row]


def parse(text: str) -> CsvText:
    """Return *text* record by record. Raise ``ShiftplanError`` where it is not CSV."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    at, line, records = len(mark), 1, []
    while at < len(text):
        record = _record(text, at, line)
        records.append(record)
        at += len(record.text)
        line += len(re.findall(r"\r\n|\n|\r", record.text))
    return CsvText(mark, tuple(records))


def _record(text: str, at: int, line: int) -> Record:
    """Return the record of *text* that begins at *at*, on the line numbered *line*."""
    cells = []
    while True:
        cell = _CELL.match(text, at)
        assert cell is not None  # it matches the empty text
        cells.append(cell.group())
        at = cell.end()
        if not text.startswith(",", at):
            break
        at += 1
    end = _END.match(text, at)
    if end is None:
        message = f"Line {line} is not a CSV line: text follows a quoted cell."
        raise ShiftplanError(message, "Fix the text of the file first.")
    return Record(line, tuple(cells), end.group())


def compose(columns: Sequence[str], rows: Iterable[Sequence[str]], line_end: str = "\n") -> str:
    """Return a CSV text with a line that names the columns and one for each row."""
    return "".join(",".join(map(quoted, line)) + line_end for line in (columns, *rows))


def quoted(value: str, before: str = "") -> str:
    """Return *value* as a cell that no spreadsheet runs, in quotes if it must be, or if what was
    there *before* was.
    """
    value = disarmed(value)
    if _QUOTED.search(value) or before.startswith('"'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _plain(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell
