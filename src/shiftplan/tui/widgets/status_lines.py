"""A few lines of text in a fixed place: what does not fit is counted, not lost."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

NARROW = 8
"""Columns below which there is nothing to read."""


class StatusLines(Static):
    """Lines that change with every key; drawing them never moves anything else."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: tuple[Text, ...] = ()

    def show(self, lines: Sequence[Text]) -> None:
        """Show *lines*, as many as fit."""
        if tuple(lines) != self.lines:
            self.lines = tuple(lines)
            self._fill()

    def on_resize(self) -> None:
        """Fit them in anew."""
        self._fill()

    def _fill(self) -> None:
        width, height = self.content_size
        if width < NARROW or not height:
            return
        shown: list[Text] = []
        used = 0
        for number, line in enumerate(self.lines):
            more = len(self.lines) - number
            rows = max(1, len(line.wrap(self.app.console, width)))
            # The last line may fill the last row; before it, a row is kept to count the rest.
            room = height - 1 if more > 1 else height
            # The first line is shown in any case: half of it is better than nothing.
            if used + rows > room and number > 0:
                shown.append(Text(f"… {more} more: c shows them", "dim"))
                break
            shown.append(line)
            used += rows
        # Without layout: a key press must not have the whole screen laid out anew.
        self.update(Text("\n").join(shown), layout=False)
