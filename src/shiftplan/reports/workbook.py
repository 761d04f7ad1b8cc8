"""Spreadsheet files, written whole or not at all; texts are never taken for formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter

from ..folder.write import write_bytes


class Book:
    """A workbook being made; styles asked for twice are the same."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, title: str) -> Any:
        """Return a new sheet; its name is *title* as far as a spreadsheet allows it."""
        name = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or "table"
        return self._made.add_worksheet(name)

    def style(self, **keys: Any) -> Any:
        """Return the format with *keys*."""
        key = tuple(sorted(keys.items()))
        if key not in self._styles:
            self._styles[key] = self._made.add_format(keys)
        return self._styles[key]


@contextmanager
def workbook(path: Path) -> Iterator[Book]:
    """Yield a book that is written to *path* at the end. Raise ``CannotWrite``."""
    memory = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    made = xlsxwriter.Workbook(memory, options)
    yield Book(made)
    made.close()
    write_bytes(path, memory.getvalue())
