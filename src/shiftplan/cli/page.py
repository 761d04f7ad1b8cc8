"""Stdout as a page: lines as they are, sentences wrapped, columns aligned."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from ..errors import visible_lines


class TextPage:
    """What a command prints for people; colour only where a terminal shows it."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, markup=False, emoji=False)

    @property
    def width(self) -> int:
        """Columns of the terminal, 80 where there is none."""
        return self._console.width

    def line(self, text: str | Text = "", style: str = "") -> None:
        """Print one line, however long."""
        if isinstance(text, str):
            text = visible_lines(text)
        else:
            text = text.copy()
            text.plain = visible_lines(text.plain)
        self._console.print(text, style=style, soft_wrap=True)

    def lines(self, texts: Iterable[str | Text]) -> None:
        """Print lines, however long."""
        for text in texts:
            self.line(text)

    def head(self, text: str) -> None:
        """Print an empty line, then *text* as a heading."""
        self.line()
        self.line(text, "bold")

    def sentence(self, text: str, indent: str = "") -> None:
        """Print *text* wrapped, every line but the first one step further in than *indent*."""
        self.lines(
            textwrap.wrap(
                text, max(40, self.width), initial_indent=indent, subsequent_indent=indent + "  "
            )
        )


def columns(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Return *rows* as lines with their columns aligned, those numbered in *right* to the right."""
    if not rows:
        return []
    to_right = set(right)
    widths = [max(cell_len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            " " * (w - cell_len(cell)) + cell if k in to_right else set_cell_size(cell, w)
            for k, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines
