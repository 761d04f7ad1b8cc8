"""Tables out to spreadsheets and back: CSV and XLSX, by the ending of the file's name."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from ..disk.formulas import NUMBER, as_meant, csv_text
from ..errors import ShiftplanError
from ..folder.given_file import given_bytes, shown
from .table_limits import MOST, MOST_CELLS, MOST_ROWS, ReadTable, SheetLines
from .workbook import Book

Ending = Literal[".csv", ".xlsx"]

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def table_file(
    kind: Ending, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> bytes:
    """Return a table with one line of names as a file."""
    if kind == ".csv":
        return csv_file(columns, rows)
    book = Book()
    sheet = book.sheet(title)
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, book.style(bold=True))
        sheet.set_column(column, column, max(10, min(40, len(name) + 2)))
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(book, sheet, line, column, cell)
    return book.data()


def _write_cell(book: Book, sheet: Any, line: int, column: int, cell: str) -> None:
    """Write a cell as the number or date it looks like, else as text; an empty one not at all."""
    day = _date(cell) if DATE.fullmatch(cell) else None
    if NUMBER.fullmatch(cell):
        sheet.write_number(line, column, float(cell))
    elif day:
        sheet.write_datetime(line, column, day, book.style(num_format="yyyy-mm-dd"))
    elif cell:
        sheet.write_string(line, column, cell)


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file whose cells no spreadsheet runs."""
    return csv_text(columns, rows).encode("utf-8")


def read_sheet(path: Path, stop: Callable[[], bool] = lambda: False) -> ReadTable:
    """Return the table in the file at *path*; *stop* is asked now and then whether to give up.

    Of a workbook it is the first sheet. Raise ``ShiftplanError`` if the file cannot be read.
    """
    kind, name = ending(path), shown(path)
    data = given_bytes(path)
    if kind == ".csv":
        read = SheetLines(_csv_lines(data, name, stop))
    else:
        from .workbook_reading import workbook_lines

        read = workbook_lines(data, name, stop)
    kept = [line for line in read.lines if any(line)]
    if not kept:
        raise ShiftplanError(f"{name} is empty.", "Its first line names the columns.")
    columns = _columns(kept[0], name)
    rows = [_row(line, len(columns), name) for line in kept[1:]]
    return ReadTable(columns, rows, read.notes)


def _columns(line: Sequence[str], name: str) -> tuple[str, ...]:
    columns = tuple(line)
    # Spreadsheets save more columns than have anything in them.
    while columns and not columns[-1]:
        columns = columns[:-1]
    if "" in columns or len(set(columns)) != len(columns):
        raise ShiftplanError(f"{name}: every column needs a name of its own in the first line.")
    return columns


def _row(line: Sequence[str], width: int, name: str) -> tuple[str, ...]:
    """Return a line with as many cells as there are columns."""
    for cell in line[width:]:
        if cell:
            raise ShiftplanError(f"{name}: '{cell}' stands in a column without a name.")
    missing = width - len(line)
    return (*line[:width], *[""] * missing)


def ending(path: Path) -> Ending:
    """Return which of the two a file's name says; raise ``ShiftplanError`` for any other."""
    match path.suffix.lower():
        case ".csv":
            return ".csv"
        case ".xlsx":
            return ".xlsx"
        case _:
            raise ShiftplanError(
                f"{shown(path)} is neither a .csv nor an .xlsx file.",
                "Give it one of these endings.",
            )


def _csv_lines(data: bytes, name: str, stop: Callable[[], bool]) -> list[list[str]]:
    text = _decoded(data, name)
    # Which character is between cells depends on the country the spreadsheet is set to.
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    lines: list[list[str]] = []
    cells = 0
    try:
        for line in reader:
            if not any(line):
                continue
            cells += len(line)
            if len(lines) > MOST_ROWS or cells > MOST_CELLS:
                raise ShiftplanError(f"{name} is not read: {MOST}", "Split the table.")
            if stop():
                raise ShiftplanError("Reading was given up.")
            lines.append([as_meant(cell.strip()) for cell in line])
    except csv.Error as error:
        where = f"line {reader.line_num + 1}"
        hint = "Check the double quotes."
        raise ShiftplanError(f"{name} is not CSV ({where}: {error}).", hint) from None
    return lines


def _decoded(data: bytes, name: str) -> str:
    """Return *data* as text: UTF-8, or UTF-16 with the mark that spreadsheets begin it with."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise ShiftplanError(f"{name} is not UTF-8.", "Save it again as UTF-8 CSV.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ShiftplanError(
            f"{name} is not CSV: line {line} has a null character.", "Save it again as UTF-8 CSV."
        )
    return text


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
