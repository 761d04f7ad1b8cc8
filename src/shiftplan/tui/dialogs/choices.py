"""What could stand in one cell, and what each choice would break."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from ...errors import ShiftplanError
from ...facts import Cell
from ...session import Effect, Session
from ..cells import cell_line, shift_in_words
from ..effects import effect_in_short, effect_lines

Choice = tuple[Cell, str | None]


class Choices(ModalScreen[Choice | None]):
    """Hands back which of the shifts a person can work on a day was chosen."""

    HELP = """
Arrows show what each choice would break, fix and cost; Enter takes it, Esc leaves all as it is.
"""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave as it is")]

    def __init__(self, session: Session, cell: Cell) -> None:
        super().__init__()
        self._session, self._cell = session, cell
        self._effects: dict[str | None, Effect] = {}
        roster = session.roster
        assert roster is not None
        who, day = cell
        self._roster, self._now = roster, roster.at(who, day)
        self._codes: list[str | None] = [*roster.facts.codes_on(who, day), None]

    def compose(self) -> ComposeResult:
        """Lay out the cell, the choices, and the consequences of the one under the cursor."""
        with Vertical(classes="dialog") as box:
            box.border_title = "Choices"
            box.border_subtitle = "Enter takes it · Esc leaves it"
            yield Label(cell_line(self._roster, self._cell), classes="title")
            yield OptionList(*(self._option(code) for code in self._codes), id="choices")
            yield Static("", id="consequences")

    def on_mount(self) -> None:
        """Judge every choice."""
        # On a thread: each is a roster of its own, and the list can be read meanwhile.
        options = self.query_one(OptionList)
        options.highlighted = self._codes.index(self._now) if self._now in self._codes else 0
        self.run_worker(self._judge, thread=True, exit_on_error=False)

    def _judge(self) -> None:
        for code in self._codes:
            if get_current_worker().is_cancelled:
                return
            try:
                effect = self._session.roster_edits.preview({self._cell: code})
            except ShiftplanError:
                continue  # such as a shift outside the contract: it cannot be assigned anyway
            self.app.call_from_thread(self._judged, code, effect)

    def _judged(self, code: str | None, effect: Effect) -> None:
        if not self.is_attached:  # answered meanwhile
            return
        self._effects[code] = effect
        options = self.query_one(OptionList)
        options.replace_option_prompt_at_index(self._codes.index(code), self._prompt(code))
        if options.highlighted is not None and self._codes[options.highlighted] == code:
            self._show(options.highlighted)

    def _option(self, code: str | None) -> Option:
        return Option(self._prompt(code), id=code or "off")

    def _prompt(self, code: str | None) -> Text:
        who, day = self._cell
        words = shift_in_words(self._roster.facts, who, code, day) if code else "day off"
        shown = code or "·"
        column = set_cell_size(shown, max(4, cell_len(shown)))
        line = Text.assemble((column, "bold"), f"{words}  ")
        if code == self._now:
            return line.append("as it is", "dim")
        effect = self._effects.get(code)
        return line.append_text(effect_in_short(effect)) if effect else line.append("…", "dim")

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show(event.option_index)

    def _show(self, index: int) -> None:
        code = self._codes[index]
        effect = self._effects.get(code)
        text = Text()
        # What stands there already breaks and fixes nothing.
        if effect is not None and code != self._now:
            text = Text("\n").join(effect_lines(effect))
        self.query_one("#consequences", Static).update(text)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        code = self._codes[event.option_index]
        self.dismiss(None if code == self._now else (self._cell, code))

    async def action_dismiss(self, result: Choice | None = None) -> None:
        """Leave the cell as it is."""
        self.dismiss(None)
