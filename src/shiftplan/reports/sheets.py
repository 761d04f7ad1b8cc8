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

from ..errors import ShiftplanError
from .workbook import Book

Ending = Literal[".csv", ".xlsx"]

NUMBER = re.compile(r"-?(0|[1-9]\d{0,8})(\.\d{1,6})?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would run instead of show, or that is marked so already."""


def plain(text: str) -> str:
    """Return *text* so that a spreadsheet reading CSV shows it and never runs it."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


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
            if NUMBER.fullmatch(cell):
                sheet.write_number(line, column, float(cell))
            elif DATE.fullmatch(cell) and (day := _date(cell)):
                sheet.write_datetime(line, column, day, book.style(num_format="yyyy-mm-dd"))
            elif cell:
                sheet.write_string(line, column, cell)
    return book.data()


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file whose cells no spreadsheet runs."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [[plain(c) for c in row] for row in (columns, *rows)]
    )
    return text.getvalue().encode("utf-8")


def read_table(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns of a table and its rows as text; lines with nothing in them are left out.

    Raise ``ShiftplanError`` if the file cannot be read.
    """
    try:
        lines = _csv_lines(path.read_bytes(), path) if ending(path) == ".csv" else _xlsx_lines(path)
    except OSError as error:
        raise ShiftplanError(f"{path} cannot be read: {error.strerror or error}.") from None
    kept = [line for line in lines if any(line)]
    if not kept:
        raise ShiftplanError(f"{path} is empty.", "Its first line names the columns.")
    columns = tuple(kept[0])
    while columns and not columns[-1]:
        columns = columns[:-1]
    if "" in columns or len(set(columns)) != len(columns):
        raise ShiftplanError(f"{path}: every column needs a name of its own in the first line.")
    width = len(columns)
    for line in kept[1:]:
        if any(line[width:]):
            raise ShiftplanError(
                f"{path}: '{next(filter(None, line[width:]))}' stands in a column without a name."
            )
    return columns, [tuple((*line, *[""] * width)[:width]) for line in kept[1:]]


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
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise ShiftplanError(f"{path} is not CSV ({error}).", "Check the double quotes.") from None
    return [[_unquoted(cell.strip()) for cell in line] for line in lines]


def _unquoted(cell: str) -> str:
    """Return a cell without the mark ``plain`` puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


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
    if isinstance(value, datetime):
        whole = value.time() == time(0)
        return f"{value:%Y-%m-%d}" if whole else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
