"""Solve: a search for a better roster, watched live; nothing changes until it is adopted."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.validation import Integer
from textual.widgets import Button, Input, Label, ProgressBar, Static

from ...errors import count
from ...facts import Cell
from ...roster import Roster
from ..search import GoalProgress, Search
from ..widgets.goals import goals_table
from ..widgets.paint import View
from ..widgets.roster_grid import RosterGrid
from .page import Page

TICK = 0.25
"""Seconds between looks at what is new."""
SETTINGS = (("seconds", 60, 1, 86_400), ("workers", 2, 1, 64), ("seed", 0, 0, 10**9))
"""Each setting: its name, what it is unless changed, the least and the most."""


class SolvePage(Page):
    """A search, its goals, and the best roster so far."""

    NAME = "solve"
    AUTO_FOCUS = "#start"
    HELP = """
# Solve

`g` starts a search from the roster as it is; pinned cells stay. Goals are worked on in their
order: *found* is the best cost so far, *bound* what no roster can beat, *gap* the distance. Below
is the best roster so far, `≠` marks what differs from yours. `s` stops and keeps the best, `a`
adopts it, as one step that `u` takes back. You can go on working on other screens meanwhile.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "start", "Solve"),
        Binding("s", "stop", "Stop, keep best"),
        Binding("a", "adopt", "Adopt"),
        Binding("escape", "leave_field", "Leave the field", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seen = -1

    def body(self) -> ComposeResult:
        """Lay out the settings, the goals, and the roster so far."""
        with Horizontal(id="settings"):
            for key, value, least, most in SETTINGS:
                wrong = f"{key}: {least} to {most}"
                check = Integer(minimum=least, maximum=most, failure_description=wrong)
                yield Label(key)
                yield Input(str(value), type="integer", id=key, compact=True, validators=[check])
            yield Button("Solve", variant="primary", id="start", compact=True)
            yield Button("Stop", id="stop", compact=True)
            yield Button("Adopt", variant="success", id="adopt", compact=True)
        yield Static(id="outcome", markup=False)
        yield ProgressBar(id="time", show_eta=False, show_percentage=False)
        yield Static(id="goals")
        with Vertical(id="preview"):
            yield RosterGrid(id="best")

    def on_mount(self) -> None:
        """Look for news at intervals, so that many of them cost no more than few."""
        super().on_mount()
        self.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        if not self.is_current:
            return
        search = self.shell.search
        # Past its time the solver winds down; a bar that is full would look like the end.
        if search.running and search.elapsed < search.seconds:
            self.query_one(ProgressBar).update(total=search.seconds, progress=search.elapsed)
        if search.news != self._seen:
            self._seen = search.news
            self.draw()

    def draw(self) -> None:
        """Show how the search stands."""
        search, roster = self.shell.search, self.session.roster
        if roster is None or self.session.plan is None:
            return
        self._show_controls(search)
        goals = [search.goals.get(name, GoalProgress(name)) for name in self.session.plan.goals]
        now = self.shell.verdict.costs if self.shell.verdict else {}
        table = goals_table(goals, now, self.cost_words, search.running)
        self.query_one("#goals", Static).update(table)
        self._preview(search.best, roster)
        self.refresh_bindings()

    def _show_controls(self, search: Search) -> None:
        self.query_one("#start", Button).disabled = search.running
        self.query_one("#stop", Button).disabled = not search.running
        self.query_one("#adopt", Button).disabled = search.best is None
        self.query_one(ProgressBar).display = search.running
        outcome = search.outcome
        if search.running:
            outcome = "Searching; you can go on working on other screens."
        self.query_one("#outcome", Static).update(outcome)

    def _preview(self, best: Roster | None, roster: Roster) -> None:
        """Show the best roster so far, or the one on the screen while there is none."""
        box, grid = self.query_one("#preview"), self.query_one("#best", RosterGrid)
        if best is None:
            box.border_title = "Roster as it is"
            grid.show(View(roster, roster.facts.people))
            return
        changed = different(best, roster)
        verb = "differs" if len(changed) == 1 else "differ"
        box.border_title = f"Best so far: {count(len(changed), 'cell')} {verb} (≠)"
        grid.show(View(best, best.facts.people, changed=changed))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        search = self.shell.search
        possible = {
            "start": not search.running,
            "stop": search.running,
            "adopt": search.best is not None,
        }
        return possible.get(action, True)

    @on(Button.Pressed, "#start")
    @on(Input.Submitted)
    def action_start(self) -> None:
        """Start a search."""
        search, plan, roster = self.shell.search, self.session.plan, self.session.roster
        settings = self._settings()
        if settings is None or search.running or plan is None or roster is None:
            return
        search.start(plan, roster, settings["seconds"], settings["workers"], settings["seed"])
        # Out of the fields: there a letter would be typed and not stop the search.
        self.query_one("#best").focus()
        self.shell.look_again()

    def _settings(self) -> dict[str, int] | None:
        """Return what the fields hold, None after saying which of them is wrong."""
        found = {}
        for key, *_ in SETTINGS:
            field = self.query_one(f"#{key}", Input)
            checked = field.validate(field.value)
            if checked is not None and not checked.is_valid:
                self.notify(" ".join(checked.failure_descriptions), severity="error", markup=False)
                field.focus()
                return None
            found[key] = int(field.value)
        return found

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """End the search; the best roster so far is kept."""
        self.shell.search.stop()

    @on(Button.Pressed, "#adopt")
    def action_adopt(self) -> None:
        """Take the best roster in place of the current one."""
        best = self.shell.search.best
        if best is None:
            return
        if self.attempt(lambda: self.session.roster_edits.adopt(best, "Adopt the roster found")):
            self.notify("Adopted. u takes it back.", timeout=4)

    def action_leave_field(self) -> None:
        """Leave the field that is typed in."""
        self.query_one("#best").focus()


def different(a: Roster, b: Roster) -> frozenset[Cell]:
    """Return the cells in which two rosters differ."""
    # Days off are no items: a shift on one side only differs too.
    return frozenset(cell for cell, _ in a.cells.items() ^ b.cells.items())


SCREEN = SolvePage
