"""Ask for one text, or one choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option


class Ask(ModalScreen[str | None]):
    """Hands back what was typed; *check* says what is wrong with it, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Give up")]

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        help: str = "",
        known: Sequence[str] = (),
        check: Callable[[str], str] = lambda _: "",
    ) -> None:
        """*text* is there to begin with, *help* stands above, *known* values are suggested."""
        super().__init__()
        self._title: str = title
        self._text: str = text
        self._help: str = help
        self._known: Sequence[str] = known
        self._wrong: Callable[[str], str] = check

    def compose(self) -> ComposeResult:
        """Lay out the question and the field."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Enter · Esc gives up"
            if self._help:
                yield Label(self._help, classes="title", markup=False)
            suggest = SuggestFromList(self._known, case_sensitive=False) if self._known else None
            yield Input(self._text, suggester=suggest)
            yield Static(id="wrong", markup=False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.query_one("#wrong", Static).update(self._wrong(event.value))

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        if not self._wrong(event.value):
            self.dismiss(event.value)

    async def action_dismiss(self, result: str | None = None) -> None:
        """Give up."""
        self.dismiss(None)


class Pick(ModalScreen[str | None]):
    """Hands back the name of the line chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Give up")]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], now: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._now = title, choices, now

    def compose(self) -> ComposeResult:
        """Lay out the choices: a name and what it means."""
        width = max((cell_len(name) for name, _ in self._choices), default=0)
        with Vertical(classes="dialog") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Enter · Esc gives up"
            options = []
            for number, (name, meaning) in enumerate(self._choices):
                line = Text.assemble((f"{set_cell_size(name, width)}  ", "bold"), (meaning, "dim"))
                options.append(Option(line, id=f"n{number}"))
            yield OptionList(*options)

    def on_mount(self) -> None:
        """Begin with what holds now."""
        names = [name for name, _ in self._choices]
        self.query_one(OptionList).highlighted = names.index(self._now) if self._now in names else 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])

    async def action_dismiss(self, result: str | None = None) -> None:
        """Give up."""
        self.dismiss(None)
