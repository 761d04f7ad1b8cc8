"""Add a row to a table: a form that follows from its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button

from ..fields import Field
from ..widgets.form import Form

RowCells = Mapping[str, str]


class RowForm(ModalScreen[RowCells | None]):
    """Hands back the texts of the cells that are not empty."""

    HELP = "Each cell is checked as you type. Ctrl+S adds the row, Esc gives up."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Add it", priority=True),
        Binding("escape", "dismiss", "Give up"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: Callable[[RowCells], Iterable[tuple[str, str]]],
    ) -> None:
        super().__init__()
        self._title, self._fields, self._check = title, fields, check

    def compose(self) -> ComposeResult:
        """Lay out a field for each column."""
        with Vertical(classes="dialog tall") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Ctrl+S adds it · Esc gives up"
            yield Form(self._fields, {}, self._wrong)
            with Horizontal(classes="buttons"):
                yield Button("Add", variant="primary", id="keep", compact=True)
                yield Button("Give up", id="leave", compact=True)

    def _wrong(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        # Tables are checked as text: each cell by itself, as it would stand in the file.
        return self._check(self.query_one(Form).texts)

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Hand the cells back if nothing is wrong with them."""
        form = self.query_one(Form)
        form.check()
        if form.problems:
            form.first_wrong()
        else:
            self.dismiss({key: text for key, text in form.texts.items() if text})

    @on(Button.Pressed, "#leave")
    async def action_dismiss(self, result: RowCells | None = None) -> None:
        """Give up."""
        self.dismiss(None)
