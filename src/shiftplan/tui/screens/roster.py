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

from ...errors import count
from ...facts import Cell
from ...plan import Verdict
from ...roster import Roster
from ..cells import at_cell, broken_cells, cell_line, finding_line
from ..dates import short_day
from ..dialogs.choices import Choices
from ..dialogs.filter import EVERYBODY, FilterDialog, PeopleFilter
from ..dialogs.find import Find
from ..dialogs.reading import Reading
from ..effects import effect_lines
from ..widgets.paint import View
from ..widgets.roster_grid import RosterGrid
from ..widgets.status_lines import StatusLines
from .page import Page

Place = tuple[int, date, str]
"""A row of the grid, a day, and whose row it is: in this order breaches are gone through."""


class RosterPage(Page):
    """Who works when."""

    NAME = "roster"
    AUTO_FOCUS = "#grid"
    HELP = """
# Roster

**Type a shift's code** to assign it to the cell or the range; **Delete** gives a day off. Below
the grid stand what the cell holds, and what the latest change breaks (×), fixes (✓) and does to
coverage; `c` shows all of it. **Enter** lists what could stand in the cell, with the consequences
of each.

Capital letters always mean shifts; small ones too, where they are no command. Select a range with
Shift and the arrows or with the mouse. `y` copies the range, or the person's whole week if there
is none; `v` pastes it at the cursor. `s` swaps two cells: press it on the one, then on the other.

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
        Binding("c", "show_all", "Consequences", show=False),
        Binding("escape", "drop", "Drop range and filter", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._people: PeopleFilter = EVERYBODY
        self._swap: Cell | None = None
        """The first of two cells to be swapped."""
        self._block: Mapping[tuple[int, int], str | None] | None = None
        """What was copied: codes by rows down and days to the right."""
        self._week_of: Cell | None = None
        """Whose week was copied, and its first day; None if it was a range."""

    def body(self) -> ComposeResult:
        """Lay out the grid and the lines about the cell and the latest edit."""
        yield Static(id="filter-line", markup=False)
        yield RosterGrid(assign=self._assign, id="grid")
        yield StatusLines(id="status")

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
        findings = self.shell.verdict.findings if self.shell.verdict else ()
        coverage = self.shell.coverage
        signs = coverage.day_signs if coverage is not None else ()
        self.grid.show(View(roster, people, broken_cells(findings), coverage=signs))
        line = self.query_one("#filter-line", Static)
        line.display = self._people != EVERYBODY
        line.update(f"Shown: {self._people.description} ({len(people)}). Esc shows everybody.")
        self._show_status()

    def go(self, who: str, day: date | None = None) -> None:
        """Put the cursor on a person and a day, whom a filter hides too."""
        roster = self.session.roster
        if roster is not None and self._hides(who, roster):
            self._people = EVERYBODY
            self.draw()
        self.grid.go(who, day)
        self.grid.focus()

    def _hides(self, who: str, roster: Roster) -> bool:
        return all(person.name != who for person in self._people.of(roster))

    # -- the cell and the latest edit ------------------------------------------------------------

    @on(RosterGrid.Moved)
    def _show_status(self) -> None:
        roster, grid = self.session.roster, self.grid
        if roster is None or grid.cell is None:
            self.query_one(StatusLines).show([])
            return
        line = cell_line(roster, grid.cell)
        if len(grid.chosen) > 1:
            line = Text(f"{len(grid.chosen)} cells chosen, up to ").append_text(line)
        if self._swap is not None:
            who, day = self._swap
            swap = f"Swap {who} {short_day(day)} with … (s here, Esc gives up)  "
            line = Text(swap, "bold").append_text(line)
        self.query_one(StatusLines).show([line, *self._consequences(grid.cell)])

    def _consequences(self, cell: Cell) -> Sequence[Text]:
        """Return what the latest edit did, then what is wrong in the cell."""
        lines = []
        if self.session.roster is not None and not self.session.roster.cells:
            first = "Nobody works yet: type shift codes, or press 5 and then g to solve."
            lines.append(Text(first, "bold"))
        if self.shell.effect is not None:
            lines.append(Text(self.shell.effect.label, "bold"))
            lines += effect_lines(self.shell.effect)
        here = at_cell(self.shell.verdict.findings, cell) if self.shell.verdict else []
        if here:
            lines.append(Text("In this cell:", "bold"))
            lines += [finding_line(f) for f in here]
        return lines

    def action_show_all(self) -> None:
        """Show all there is to know about the cell and the latest edit."""
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
        # Pressed twice on one cell, the key gives up the swap.
        if self._swap is None or self._swap == cell:
            self._swap = None if self._swap else cell
        else:
            first, self._swap = self._swap, None
            self.attempt(lambda: self.session.roster_edits.swap(first, cell))
        self._show_status()

    def action_copy(self) -> None:
        """Remember what is chosen, or the person's week if it is one cell."""
        cells, roster = self.grid.chosen, self.session.roster
        if not cells or roster is None:
            return
        what = count(len(cells), "cell")
        self._week_of = None
        if not self.grid.has_range:
            who, day = cells[0]
            week = _week(roster, day)
            self._week_of = (who, week[0])
            cells = tuple((who, each) for each in week)
            what = f"the week of {who} from {short_day(week[0])}"
        self._block = self.session.roster_edits.copy(cells)
        self.notify(f"Copied {what}. v pastes it.", timeout=3, markup=False)

    def action_paste(self) -> None:
        """Paste what was copied: a week at the start of this week, else at the cursor."""
        cell, block, roster = self.grid.cell, self._block, self.session.roster
        if block is None:
            self.notify("Nothing is copied yet: choose cells and press y.", timeout=3)
        elif cell is not None and roster is not None:
            who, day = cell
            # A week goes onto a week, wherever in it the cursor is.
            if self._week_of is not None:
                day = _week(roster, day)[0]
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
            dialog = FilterDialog(self.session.plan.facts, self._people)
            self.app.push_screen(dialog, self._filtered)

    def _filtered(self, people: PeopleFilter | None) -> None:
        if people is not None:
            self._people = people
            self.draw()

    def action_drop(self) -> None:
        """Give up the swap, else the range, else the filter."""
        if self._swap is not None:
            self._swap = None
            self._show_status()
        elif self.grid.has_range:
            self.grid.drop_range()
        elif self._people != EVERYBODY:
            self._filtered(EVERYBODY)

    def action_next_breach(self) -> None:
        """Go to the next cell in which something is broken: hard rules if any is, else goals."""
        verdict, cell, view = self.shell.verdict, self.grid.cell, self.grid.view
        if verdict is None or cell is None or view is None:
            return
        places = _places(verdict, view)
        if not places:
            self.notify("Nothing is broken in a cell that is shown.", timeout=3)
            return
        who, day = cell
        here = (view.row_of[who], day, who)
        # After the last place comes the first again.
        _, day, who = min((place for place in places if place > here), default=min(places))
        self.grid.go(who, day)


def _week(roster: Roster, day: date) -> tuple[date, ...]:
    return next(week for week in roster.facts.weeks if day in week)


def _places(verdict: Verdict, view: View) -> set[Place]:
    """Return the cells in sight of a filter in which something is broken."""
    places = set()
    for finding in verdict.hard_breaches or verdict.findings:
        who, day = finding.breach.who, finding.breach.day
        # What is about several people, or about no day of its own, stands in no cell.
        if who is not None and day is not None and who in view.row_of:
            places.add((view.row_of[who], day, who))
    return places


SCREEN = RosterPage
