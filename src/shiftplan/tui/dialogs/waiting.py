"""Something that takes a while, which can be given up."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, LoadingIndicator


class Waiting(ModalScreen[bool]):
    """Says what is waited for; whoever shows it takes it away with ``dismiss(True)``.

    Hands back False if it was given up.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(False)", "Give up")]

    def __init__(self, title: str, what: str) -> None:
        super().__init__()
        self._title: str = title
        self._what: str = what

    def compose(self) -> ComposeResult:
        """Lay out what is waited for."""
        with Vertical(classes="dialog") as box:
            box.border_title = self._title
            box.border_subtitle = "Esc gives up"
            yield Label(self._what, classes="title", markup=False)
            yield LoadingIndicator()
