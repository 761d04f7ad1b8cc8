"""Spreadsheet files; texts are never taken for formulas."""

from __future__ import annotations

import io
import re
from typing import Any

import xlsxwriter


class Book:
    """A workbook being made; styles asked for twice are the same."""

    def __init__(self) -> None:
        self._memory = io.BytesIO()
        texts = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._made = xlsxwriter.Workbook(self._memory, {"in_memory": True, **texts})
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

    def data(self) -> bytes:
        """Return the file; nothing can be added after."""
        self._made.close()
        return self._memory.getvalue()
