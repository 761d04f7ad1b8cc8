"""CSV tables: rows of cells with their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..errors import nearest
from .report import Place, Report


@dataclass(frozen=True)
class CsvRow:
    """One line of a table; cells left empty are not there."""

    place: Place
    cells: dict[str, str]
    whole: bool = True
    """Whether the line could be read; if not, its cells may help to tell what was lost."""


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
    before = len(report.problems)
    records = _records(text, file, report)
    line, header = next(records, (1, []))
    if header is not None:
        header = [cell.strip() for cell in header]
        _check_header(header, (*columns, *ignored), needed, file, line, report)
    if header is None or len(report.problems) > before:
        return None
    rows = []
    for line, cells in records:
        named = zip(header, (cell.strip() for cell in cells or ()), strict=False)
        kept = {name: cell for name, cell in named if cell and name not in ignored}
        rows.append(
            CsvRow(Place(file, line), kept, cells is not None and len(cells) == len(header))
        )
        if cells is not None and len(cells) != len(header):
            how = "many" if len(cells) > len(header) else "few"
            message = (
                f"too {how} cells: {len(cells)}, and the first line names {len(header)} columns"
            )
            hint = (
                "Put a text that holds a comma in double quotes."
                if how == "many"
                else "Add the commas."
            )
            report.add(file, line, "", message, hint)
    return rows


def _records(text: str, file: str, report: Report) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the line on which each record begins, and its cells; empty lines are passed over.

    What cannot be read ends the text: it is reported and yielded as None.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report.add(
                file,
                line,
                "",
                f"not a CSV line ({error})",
                'Check the double quotes; write " inside as "".',
            )
            yield line, None
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _check_header(
    header: Sequence[str],
    known: Collection[str],
    needed: Collection[str],
    file: str,
    line: int,
    report: Report,
) -> None:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        report.add(
            file,
            line,
            "",
            "the columns are not separated by commas",
            "Save it as comma-separated CSV.",
        )
        return
    for k, name in enumerate(header):
        if name not in known:
            what = f"unknown column '{name}'" if name else f"column {k + 1} has no name"
            report.add(
                file, line, name, what, nearest(name, known) if name else "Name it or delete it."
            )
        elif name in header[:k]:
            report.add(
                file, line, name, f"the column '{name}' is there twice", "Delete one of them."
            )
    for name in needed:
        if name not in header:
            report.add(
                file, line, name, f"the column '{name}' is missing", f"Known: {', '.join(known)}."
            )
