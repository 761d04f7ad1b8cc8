"""Who could fill a gap, and what each would break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from ...clock import from_to, hours
from ...facts import Cell
from ...roster.coverage import Gap
from ...session import Candidate, Session
from ..cells import shift_in_words
from ..effects import effect_in_short, effect_lines


class StandIns(ModalScreen[dict[Cell, str] | None]):
    """Hands back the cell and the shift of whoever is chosen."""

    HELP = """
Who could fill the gap, the best first. Enter gives them the shift, Esc leaves all as it is.
"""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, session: Session, gap: Gap) -> None:
        super().__init__()
        self._session, self._gap = session, gap
        self._found: Sequence[Candidate] = ()

    def compose(self) -> ComposeResult:
        """Lay out the gap, who could fill it, and what the one under the cursor would break."""
        gap = self._gap
        short = gap.short or gap.below_target
        with Vertical(classes="dialog wide") as box:
            box.border_title = "Who could fill it"
            box.border_subtitle = "Enter gives the shift · Esc leaves it"
            span = from_to(gap.start, gap.end)
            yield Label(f"{gap.queue}: {short} short {span}", classes="title", markup=False)
            yield OptionList(id="choices")
            yield Static("", id="consequences")

    def on_mount(self) -> None:
        """Look for people."""
        # On a thread: everybody who is free is tried, each with what it would break.
        self.query_one(OptionList).loading = True
        self.run_worker(self._look, thread=True, exit_on_error=False)

    def _look(self) -> None:
        found = self._session.roster_edits.candidates(self._gap)
        self.app.call_from_thread(self._show, found)

    def _show(self, found: Sequence[Candidate]) -> None:
        if not self.is_attached:  # given up meanwhile
            return
        self._found = found
        options = self.query_one(OptionList)
        options.loading = False
        options.add_options([Option(self._line(c)) for c in found])
        options.highlighted = 0 if found else None
        options.focus()
        if not found:
            sentence = "Nobody who is free has the skill and a shift for it."
            self.query_one("#consequences", Static).update(sentence)

    def _line(self, candidate: Candidate) -> Text:
        who, day, code = candidate.who, candidate.day, candidate.code
        line = Text.assemble((who, "bold"), f"  {day:%a} ")
        roster = self._session.roster
        if roster is not None:
            shift = shift_in_words(roster.facts, who, code, day)
            line.append(f"{roster.at(who, day) or 'off'} → {code} {shift}  ")
        line.append(f"fills {hours(candidate.fills)}  ", "green")
        return line.append_text(effect_in_short(candidate.effect))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        lines = effect_lines(self._found[event.option_index].effect)
        self.query_one("#consequences", Static).update(Text("\n").join(lines))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        chosen = self._found[event.option_index]
        self.dismiss({(chosen.who, chosen.day): chosen.code})

    async def action_dismiss(self, result: dict[Cell, str] | None = None) -> None:
        """Leave the gap."""
        self.dismiss(None)
