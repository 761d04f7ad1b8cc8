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

from ...clock import hours, to_local
from ...facts import Cell
from ...roster.coverage import Gap
from ...session import Candidate, Session
from ..words import effect_lines, shift_words, short_day, verdict_in_short


class StandIns(ModalScreen[dict[Cell, str] | None]):
    """Hands back the cell and the shift of whoever is chosen."""

    HELP = "Who could fill the gap, the best first. Enter gives them the shift, Esc leaves all as it is."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, session: Session, gap: Gap) -> None:
        super().__init__()
        self._session, self._gap = session, gap
        self._found: Sequence[Candidate] = ()

    def compose(self) -> ComposeResult:
        """Lay out the gap, who could fill it, and what the one under the cursor would break."""
        gap = self._gap
        start, end = to_local(gap.start, "UTC"), to_local(gap.end, "UTC")
        heads = gap.short or gap.below_target
        with Vertical(classes="dialog wide") as box:
            box.border_title = "Who could fill it"
            box.border_subtitle = "Enter gives the shift · Esc leaves it"
            words = f"{gap.queue}: {heads} short, {short_day(start.date())} {start:%H:%M}–{end:%H:%M} UTC"
            yield Label(words, classes="title")
            yield OptionList(id="choices")
            yield Static("", id="consequences")

    def on_mount(self) -> None:
        """Look for people on a thread."""
        self.query_one(OptionList).loading = True
        self.run_worker(self._look, thread=True, exit_on_error=False)

    def _look(self) -> None:
        found = self._session.roster_edits.candidates(self._gap)
        self.app.call_from_thread(self._show, found)

    def _show(self, found: Sequence[Candidate]) -> None:
        if not self.is_attached:
            return
        self._found = found
        options = self.query_one(OptionList)
        options.loading = False
        options.add_options([Option(self._line(c)) for c in found])
        options.highlighted = 0 if found else None
        options.focus()
        if not found:
            self.query_one("#consequences", Static).update(
                "Nobody who is free has the skill and a shift for it."
            )

    def _line(self, c: Candidate) -> Text:
        roster = self._session.roster
        words = shift_words(roster.facts, c.who, c.code, c.day) if roster else ""
        now = roster.at(c.who, c.day) if roster else None
        line = Text.assemble((c.who, "bold"), f"  {c.day:%a} {now or 'off'} → {c.code} {words}  ")
        return line.append(f"fills {hours(c.fills)}  ", "green").append_text(
            verdict_in_short(c.effect)
        )

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
