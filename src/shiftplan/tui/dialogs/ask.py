"""Ask for one text, or one choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
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
        said: str = "",
        known: Sequence[str] = (),
        check: Callable[[str], str] = lambda _: "",
    ) -> None:
        super().__init__()
        self._title, self._text, self._said, self._known, self._wrong = (
            title,
            text,
            said,
            known,
            check,
        )

    def compose(self) -> ComposeResult:
        """Lay out the question and the field."""
        with Vertical(classes="dialog") as box:
            box.border_title = self._title
            box.border_subtitle = "Enter · Esc gives up"
            if self._said:
                yield Label(self._said, classes="title", markup=False)
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
        width = max((len(name) for name, _ in self._choices), default=0)
        with Vertical(classes="dialog") as box:
            box.border_title = self._title
            box.border_subtitle = "Enter · Esc gives up"
            yield OptionList(
                *(
                    Option(
                        Text.assemble((f"{name:<{width}}  ", "bold"), (meaning, "dim")), id=f"n{k}"
                    )
                    for k, (name, meaning) in enumerate(self._choices)
                )
            )

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
