"""Export: calendars, roster and coverage as files."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ..exports import EXPORTS, export
from ..widgets.keys import enter
from .page import Page


class ExportPage(Page):
    """What can be written for others."""

    NAME = "export"
    AUTO_FOCUS = "#exports"
    HELP = """
# Export

**Enter** on a line asks for a file or folder and writes it; a browser downloads it. What is
written is the roster as it is on the screen, unsaved changes included; but for the published
calendars, which are those of the newest version. The palette (`Ctrl+P`) has the same. `F8` makes
and revokes calendar links, which show what is published.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "app.publish", "Publish", key_display="F4"),
        Binding("f8", "app.links", "Links", key_display="F8"),
    ]

    def body(self) -> ComposeResult:
        """Lay out the exports."""
        yield Static(id="export-state")
        width = max(len(e.title) for e in EXPORTS)
        options = []
        for choice in EXPORTS:
            line = Text.assemble((f"{choice.title:<{width}}  ", "bold"), (choice.purpose, "dim"))
            options.append(Option(line))
        yield enter(OptionList(*options, id="exports"), "Write")

    def draw(self) -> None:
        """Say what state is written."""
        state = "with its unsaved changes" if self.session.unsaved else "as saved"
        self.query_one("#export-state", Static).update(
            f"The roster as it is on the screen, {state}. Enter writes:"
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        export(self.app, self.session, event.option_index)


SCREEN = ExportPage
