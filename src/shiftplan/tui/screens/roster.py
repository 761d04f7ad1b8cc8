"""The roster: people × days, changed by hand, every change with its consequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ...facts import Cell
from ...session import News
from ..dialogs.choices import Choices
from ..dialogs.filter import NOBODY_LEFT_OUT, FilterDialog, People
from ..dialogs.find import Find
from ..dialogs.reading import Reading
from ..widgets.paint import View
from ..widgets.roster_grid import RosterGrid
from ..widgets.said import StatusLines
from ..words import at_cell, cell_line, effect_lines, finding_line, must_cells, short_day
from .page import Page


class RosterPage(Page):
    """Who works when."""

    NAME = "roster"
    AUTO_FOCUS = "#grid"
    HELP = """
# Roster

**Type a shift's code** to assign it to the cell or the range; **Delete** gives a day off. Below the grid
stand what the cell holds, and what the latest change breaks (×), mends (✓) and does to coverage; `c`
shows all of it. **Enter** lists what could stand in the cell, with the consequences of each.

Capital letters always mean shifts; small ones too, where they are no command. Select a range with Shift
and the arrows or with the mouse. `y` copies the range, or the person's whole week if there is none; `v`
puts it down at the cursor. `s` swaps two cells: press it on the one, then on the other.

`F4` publishes the roster, after showing what changes for whom.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,backspace,full_stop", "off", "Off", key_display="Del"),
        Binding("p", "pin", "Pin"),
        Binding("s", "swap", "Swap"),
        Binding("y,ctrl+c", "copy", "Copy", key_display="y", show=False),
        Binding("v,ctrl+v", "paste", "Paste", key_display="v", show=False),
        Binding("slash", "find", "Find", key_display="/"),
        Binding("x", "next_breach", "Next×"),
        Binding("f4", "app.publish", "Publish", key_display="F4"),
        Binding("f", "filter", "Filter"),
        Binding("c", "all_said", "Consequences", show=False),
        Binding("escape", "drop", "Drop range and filter", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._people = NOBODY_LEFT_OUT
        self._swap: Cell | None = None
        self._block: Mapping[tuple[int, int], str | None] | None = None
        self._week_of: tuple[str, date] | None = None

    def body(self) -> ComposeResult:
        """Lay out the grid and what is said about it."""
        yield Static(id="filter-line")
        yield RosterGrid(assign=self._assign, id="grid")
        yield StatusLines(id="said")

    @property
    def grid(self) -> RosterGrid:
        """The grid."""
        return self.query_one(RosterGrid)

    def draw(self) -> None:
        """Show the roster."""
        roster = self.session.roster
        if roster is None:
            return
        people = self._people.of(roster)
        cover = self.shell.cover
        findings = self.shell.verdict.findings if self.shell.verdict else ()
        self.grid.show(
            View(roster, people, must_cells(findings), cover=cover.strips if cover else ())
        )
        line = self.query_one("#filter-line", Static)
        line.display = self._people != NOBODY_LEFT_OUT
        line.update(f"Shown: {self._people.words()} ({len(people)}). Esc shows everybody.")
        self._say()

    def changed(self, change: News) -> None:
        """Draw anew; only what is said if nothing else is different."""
        self.follow()

    def go(self, who: str, day: date | None = None) -> None:
        """Put the cursor on a person and a day, whom a filter hides too."""
        if self.session.roster is not None and who not in {
            p.name for p in self._people.of(self.session.roster)
        }:
            self._people = NOBODY_LEFT_OUT
            self.draw()
        self.grid.go(who, day)
        self.grid.focus()

    # -- what is said ----------------------------------------------------------------------------

    @on(RosterGrid.Moved)
    def _say(self) -> None:
        roster, grid = self.session.roster, self.grid
        if roster is None or grid.cell is None:
            self.query_one(StatusLines).show([])
            return
        line = cell_line(roster, grid.cell)
        if len(grid.chosen) > 1:
            line = Text(f"{len(grid.chosen)} cells chosen, up to ").append_text(line)
        if self._swap is not None:
            before = (
                f"Swap {self._swap[0]} {short_day(self._swap[1])} with … (s here, Esc gives up)  "
            )
            line = Text(before, "bold").append_text(line)
        self.query_one(StatusLines).show([line, *self._consequences(grid.cell)])

    def _consequences(self, cell: Cell) -> Sequence[Text]:
        """Return what the latest edit did, then what is wrong in the cell."""
        lines = []
        if self.session.roster is not None and not self.session.roster.cells:
            lines.append(
                Text("Nobody works yet: type shift codes, or press 5 and then g to solve.", "bold")
            )
        if self.shell.effect is not None:
            lines.append(Text(self.shell.effect.label, "bold"))
            lines += effect_lines(self.shell.effect)
        here = at_cell(self.shell.verdict.findings, cell) if self.shell.verdict else []
        if here:
            lines.append(Text("In this cell:", "bold"))
            lines += [finding_line(f) for f in here]
        return lines

    def action_all_said(self) -> None:
        """Show all that is said about the cell and the latest edit."""
        self.app.push_screen(Reading("Cell and latest edit", self.query_one(StatusLines).lines))

    # -- changing it -----------------------------------------------------------------------------

    def action_off(self) -> None:
        """Give a day off."""
        self._assign(None)

    def _assign(self, code: str | None) -> None:
        cells = dict.fromkeys(self.grid.chosen, code)
        if cells:
            self.attempt(lambda: self.session.roster_edits.assign(cells))

    def action_pin(self) -> None:
        """Pin what is chosen, or unpin it if all of it is pinned."""
        roster, cells = self.session.roster, self.grid.chosen
        if roster is not None and cells:
            pinned = not all(cell in roster.pinned for cell in cells)
            self.attempt(lambda: self.session.roster_edits.pin(cells, pinned))

    def action_swap(self) -> None:
        """Swap the two cells chosen, or this one with the one named before."""
        cell, chosen = self.grid.cell, self.grid.chosen
        if cell is None:
            return
        if len(chosen) == 2:
            self._swap, cell = chosen[0], chosen[1]
        if self._swap is None or self._swap == cell:
            self._swap = None if self._swap else cell
        else:
            first, self._swap = self._swap, None
            self.attempt(lambda: self.session.roster_edits.swap(first, cell))
        self._say()

    def action_copy(self) -> None:
        """Remember what is chosen, or the person's week if it is one cell."""
        cells, roster = self.grid.chosen, self.session.roster
        if not cells or roster is None:
            return
        what = f"{len(cells)} cells"
        self._week_of = None
        if not self.grid.has_range:
            who, day = cells[0]
            week = next(w for w in roster.facts.weeks if day in w)
            self._week_of, cells = (who, week[0]), tuple((who, d) for d in week)
            what = f"the week of {who} from {short_day(week[0])}"
        self._block = self.session.roster_edits.copy(cells)
        self.notify(f"Copied {what}. Put it down with v.", timeout=3, markup=False)

    def action_paste(self) -> None:
        """Put down what was copied: a week at the start of this week, else at the cursor."""
        cell, block, roster = self.grid.cell, self._block, self.session.roster
        if block is None:
            self.notify("Nothing is copied yet: choose cells and press y.", timeout=3)
        elif cell is not None and roster is not None:
            who, day = cell
            if self._week_of is not None:
                day = next(w for w in roster.facts.weeks if day in w)[0]
            self.attempt(lambda: self.session.roster_edits.paste(block, (who, day)))

    @on(RosterGrid.Opened)
    def _choices(self) -> None:
        cell = self.grid.cell
        if cell is not None:
            self.app.push_screen(Choices(self.session, cell), self._chosen)

    def _chosen(self, choice: tuple[Cell, str | None] | None) -> None:
        if choice is not None:
            cell, code = choice
            self.attempt(lambda: self.session.roster_edits.assign({cell: code}))

    # -- finding one's way -----------------------------------------------------------------------

    def action_find(self) -> None:
        """Jump to somebody by typing their name."""
        if self.session.plan is not None:
            names = [p.name for p in self.session.plan.facts.people]
            self.app.push_screen(Find(names), lambda name: self.go(name) if name else None)

    def action_filter(self) -> None:
        """Show some people only."""
        if self.session.plan is not None:
            self.app.push_screen(
                FilterDialog(self.session.plan.facts, self._people), self._filtered
            )

    def _filtered(self, people: People | None) -> None:
        if people is not None:
            self._people = people
            self.draw()

    def action_drop(self) -> None:
        """Give up the swap, else the range, else the filter."""
        if self._swap is not None:
            self._swap = None
            self._say()
        elif self.grid.has_range:
            self.grid.drop_range()
        elif self._people != NOBODY_LEFT_OUT:
            self._filtered(NOBODY_LEFT_OUT)

    def action_next_breach(self) -> None:
        """Go to the next cell in which something is wrong: musts if any is broken, else goals."""
        verdict, cell = self.shell.verdict, self.grid.cell
        if verdict is None or cell is None or self.grid.view is None:
            return
        rows, places = self.grid.view.row_of, set()
        for finding in verdict.hard_breaches or verdict.findings:
            who, day = finding.breach.who, finding.breach.day
            if who is not None and who in rows and day is not None:
                places.add((rows[who], day, who))
        if not places:
            self.notify("Nothing is broken in a cell that is shown.", timeout=3)
            return
        here = (rows[cell[0]], cell[1], cell[0])
        _, day, who = min((p for p in places if p > here), default=min(places))
        self.grid.go(who, day)


SCREEN = RosterPage
