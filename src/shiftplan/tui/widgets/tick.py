"""A box to tick."""

from __future__ import annotations

from textual.widgets import Checkbox


class Tick(Checkbox):
    """A checkbox whose state can be read without its colours."""

    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Mark it, or take the mark away."""
        # Textual draws the same X for both and tells them apart by colour alone.
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()
