"""CSV tables: rows of cells with their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..disk.formulas import as_meant
from ..errors import nearest
from ..facts.names import canonical
from .report import Place, Report

MOST_ROWS = 250_000
"""Rows of the longest table; a year of two shifts a day for hundreds of people has fewer."""


@dataclass(frozen=True)
class CsvRow:
    """One line of a table; cells left empty are not there."""

    place: Place
    cells: dict[str, str]
    whole: bool = True
    """Whether the line could be read; if not, its cells may say what was lost."""


def read_rows(
    text: str,
    file: str,
    columns: Sequence[str],
    needed: Collection[str],
    report: Report,
    *,
    ignored: Collection[str] = (),
) -> list[CsvRow] | None:
    """Return the rows of a CSV text, not empty, whose first line names the columns.

    Return None, after reporting why, if the header cannot be used.
    """
    records = _records(text, file, report)
    line, first = next(records, (1, []))
    if first is None:
        return None
    header = [canonical(as_meant(cell.strip())) for cell in first]
    before = len(report.problems)
    _check_header(header, (*columns, *ignored), needed, Place(file, line), report)
    if len(report.problems) > before:
        return None
    rows: list[CsvRow] = []
    for line, cells in records:
        if len(rows) == MOST_ROWS:
            report.add(file, line, "", f"the table has more than {MOST_ROWS:,} rows", "Split it.")
            return None
        row = _row(Place(file, line), header, cells, ignored)
        if cells is not None and not row.whole:
            _report_length(row.place, len(cells), len(header), report)
        rows.append(row)
    return rows


def _row(
    place: Place, header: Sequence[str], cells: Sequence[str] | None, ignored: Collection[str]
) -> CsvRow:
    """Return a line as a row; *cells* is None where it could not be read."""
    kept: dict[str, str] = {}
    for name, cell in zip(header, cells or (), strict=False):
        if cell.strip() and name not in ignored:
            kept[name] = as_meant(cell.strip()).strip()
    whole = cells is not None and len(cells) == len(header)
    return CsvRow(place, kept, whole)


def _report_length(place: Place, cells: int, columns: int, report: Report) -> None:
    if cells > columns:
        how, hint = "many", "Put a text that holds a comma in double quotes."
    else:
        how, hint = "few", "Add the commas."
    message = f"too {how} cells: {cells}, and the first line names {columns} columns"
    report.at(place, (), message, hint)


def _records(text: str, file: str, report: Report) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the line on which each record begins, and its cells; empty lines are passed over.

    What cannot be read ends the text: it is reported and yielded as None.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        # A quoted cell may hold line breaks, so a record begins after the last line of the one
        # before.
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = 'Check the double quotes; write " inside as "".'
            report.add(file, line, "", f"not a CSV line ({error})", hint)
            yield line, None
            return
        # Spreadsheets leave lines of nothing but commas behind.
        if any(cell.strip() for cell in cells):
            yield line, cells


def _check_header(
    header: Sequence[str],
    known: Collection[str],
    needed: Collection[str],
    place: Place,
    report: Report,
) -> None:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        message = "the columns are not separated by commas"
        report.at(place, (), message, "Save it as comma-separated CSV.")
        return
    _check_names(header, known, place, report)
    for name in needed:
        if name not in header:
            message = f"the column '{name}' is missing"
            report.at(place, (name,), message, f"Known: {', '.join(known)}.")


def _check_names(
    header: Sequence[str], known: Collection[str], place: Place, report: Report
) -> None:
    for k, name in enumerate(header):
        if not name:
            report.at(place, (), f"column {k + 1} has no name", "Name it or delete it.")
        elif name not in known:
            hint = nearest(name, known) or f"Known: {', '.join(sorted(known))}."
            report.at(place, (name,), f"unknown column '{name}'", hint)
        elif name in header[:k]:
            report.at(place, (name,), f"the column '{name}' is there twice", "Delete one of them.")
