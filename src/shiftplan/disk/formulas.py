"""Cells that a spreadsheet shows and never runs, and what they said before.

A text that begins like a formula is written behind an apostrophe, which is how spreadsheets mark
text themselves. A text that has such an apostrophe already gets one more, so that reading gives
back whatever was written.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

NUMBER = re.compile(r"-?(0|[1-9]\d{0,8})(\.\d{1,6})?")

_FORMULA = re.compile(r"[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n]\s*\S")
"""How a cell begins that a spreadsheet would run instead of show, or that is marked so already.

Some take the wide signs of Chinese and Japanese keyboards for the plain ones.
"""


def disarmed(text: str) -> str:
    """Return *text* so that a spreadsheet shows it and never runs it; numbers stay numbers."""
    return f"'{text}" if _is_armed(text) else text


def as_meant(cell: str) -> str:
    """Return a cell without the mark that ``disarmed`` put before it."""
    return cell[1:] if cell.startswith("'") and _is_armed(cell[1:]) else cell


def _is_armed(text: str) -> bool:
    # A dash alone, as for a day off, is nothing that could run.
    if text in ("", "-") or NUMBER.fullmatch(text):
        return False
    return _FORMULA.match(text) is not None


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table with a line that names its columns as CSV, of which no spreadsheet runs a
    cell.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (columns, *rows):
        writer.writerow(["" if cell is None else disarmed(str(cell)) for cell in row])
    return text.getvalue()
