"""Tables out to spreadsheets and back: CSV and XLSX, by the ending of the file's name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

from ..disk import check_is_file, read_bytes
from ..disk.formulas import NUMBER, as_meant, csv_text
from ..errors import ShiftplanError
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


def read_table(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns of a table and its rows as text; lines with nothing in them are left out.

    Raise ``ShiftplanError`` if the file cannot be read.
    """
    try:
        check_is_file(path)
        lines = _csv_lines(read_bytes(path), path) if ending(path) == ".csv" else _xlsx_lines(path)
    except OSError as error:
        raise ShiftplanError(f"{path} cannot be read: {error.strerror or error}.") from None
    kept = [line for line in lines if any(line)]
    if not kept:
        raise ShiftplanError(f"{path} is empty.", "Its first line names the columns.")
    columns = _columns(kept[0], path)
    return columns, [_row(line, len(columns), path) for line in kept[1:]]


def _columns(line: Sequence[str], path: Path) -> tuple[str, ...]:
    columns = tuple(line)
    # Spreadsheets save more columns than have anything in them.
    while columns and not columns[-1]:
        columns = columns[:-1]
    if "" in columns or len(set(columns)) != len(columns):
        raise ShiftplanError(f"{path}: every column needs a name of its own in the first line.")
    return columns


def _row(line: Sequence[str], width: int, path: Path) -> tuple[str, ...]:
    """Return a line with as many cells as there are columns."""
    for cell in line[width:]:
        if cell:
            raise ShiftplanError(f"{path}: '{cell}' stands in a column without a name.")
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
                f"{path} is neither a .csv nor an .xlsx file.", "Give it one of these endings."
            )


def _csv_lines(data: bytes, path: Path) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ShiftplanError(f"{path} is not UTF-8.", "Save it again as UTF-8 CSV.") from None
    # Which character is between cells depends on the country the spreadsheet is set to.
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise ShiftplanError(f"{path} is not CSV ({error}).", "Check the double quotes.") from None
    return [[as_meant(cell.strip()) for cell in line] for line in lines]


def _xlsx_lines(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            return [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        finally:
            book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, TypeError) as error:
        raise ShiftplanError(f"{path} is no spreadsheet that can be read ({error}).") from None


def _text(value: Any) -> str:
    """Return what a cell holds as the tables of a plan write it."""
    if value is None:
        return ""
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    # A spreadsheet knows no dates without a time; midnight stands for the day.
    if isinstance(value, datetime) and value.time() != time(0):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
