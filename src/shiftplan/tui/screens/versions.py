"""Versions: every roster kept, and what differs between any two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ...errors import ShiftplanError, count
from ...plan.amounts import CostWords, title
from ...publication import Publication
from ...rules import MUST
from ...session import PersonDifference, Version
from ..dates import short_day
from ..dialogs.ask import Ask
from ..widgets.paint import View
from ..widgets.roster_grid import RosterGrid
from .page import Page

NOW = "the roster on the screen"
LOOKS = {"published": "green", "superseded": "dim"}


class VersionsPage(Page):
    """Rosters kept so far."""

    NAME = "versions"
    AUTO_FOCUS = "#versions"
    HELP = """
# Versions

Every roster kept for these days, the newest first. The cursor's version is compared with the
roster on the screen, or with the one marked by `m`. Below stands what differs, person by person;
`g` shows it as marks (`≠`) in the grid instead. `n` keeps the roster under a name, `l` takes a
kept one in place of it (one step, `u` takes it back).

`F4` publishes the roster on the screen, after showing what changes for whom; a published version
has a number, and a newer one of the same days supersedes it. `F8` makes and revokes calendar
links, which show what is published.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "keep", "Keep as"),
        Binding("l", "load", "Load"),
        Binding("f4", "app.publish", "Publish", key_display="F4"),
        Binding("f8", "app.links", "Links", key_display="F8"),
        Binding("m", "mark", "Compare with"),
        Binding("g", "grid", "List or grid"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._base: int | None = None
        """The version marked to compare with; None for the roster on the screen."""
        self._in_grid: bool = False
        self._versions: tuple[Version, ...] = ()

    def body(self) -> ComposeResult:
        """Lay out the versions, and what differs."""
        yield OptionList(id="versions")
        yield Static(id="compared")
        yield OptionList(id="differences")
        yield RosterGrid(id="difference-grid")

    @property
    def kept(self) -> OptionList:
        """The list of versions."""
        return self.query_one("#versions", OptionList)

    def draw(self) -> None:
        """Show the versions, and the difference."""
        self._versions = self.session.versions.all()
        at = self.kept.highlighted
        self.kept.clear_options()
        words = self.cost_words  # once, however many versions there are
        self.kept.add_options([Option(self._line(v, words)) for v in self._versions])
        self.kept.border_title = f"{len(self._versions)} kept"
        self.kept.highlighted = min(at or 0, len(self._versions) - 1) if self._versions else None
        self._compare()

    def _line(self, version: Version, words: CostWords) -> Text:
        line = Text("◆ " if version.id == self._base else "  ")
        line.append(f"{version.made:%Y-%m-%d %H:%M} UTC  ")
        line.append(f"{version.state:<10}  ", LOOKS.get(version.state, ""))
        line.append(_name(version), "bold" if version.name or version.publication else "")
        if version.publication is not None:
            line.append_text(_published(version.publication))
        # A version keeps numbers alone; the rules of today say which of them are money.
        for goal, cost in version.costs.items():
            look = "bold red" if goal == MUST else ""
            line.append(f"  {title(goal)} {words.cost(goal, cost)}", look if cost else "dim")
        return line

    @on(OptionList.OptionHighlighted, "#versions")
    def _compare(self) -> None:
        """Show what differs between the version under the cursor and what it is compared with."""
        chosen, compared = self._chosen, self.query_one("#compared", Static)
        differences = self.query_one("#differences", OptionList)
        grid = self.query_one("#difference-grid", RosterGrid)
        differences.display, grid.display = not self._in_grid, self._in_grid
        differences.clear_options()
        if chosen is None:
            compared.update("Nothing is kept yet: n keeps the roster as it is under a name.")
            grid.display = False
            return
        found = self._difference(chosen)
        compared.update(self._in_short(chosen, found))
        differences.add_options([Option(_person_line(d)) for d in found])
        self._mark_in_grid(grid, found)

    def _in_short(self, chosen: Version, found: Sequence[PersonDifference]) -> Text:
        """Return what is compared with what, and how much of it differs."""
        base = next((_name(v) for v in self._versions if v.id == self._base), NOW)
        amount = "nothing differs"
        if found:
            cells = sum(len(d.changes) for d in found)
            verb = "differs" if cells == 1 else "differ"
            people = count(len(found), "person", "people")
            amount = f"{people}, {count(cells, 'cell')} {verb}"
        return Text.assemble((_name(chosen), "bold"), " → ", (base, "bold"), f": {amount}")

    def _difference(self, chosen: Version) -> tuple[PersonDifference, ...]:
        if chosen.id == self._base:
            return ()
        try:
            return self.session.versions.difference(chosen.id, self._base)
        except ShiftplanError as error:
            self.notify(str(error), severity="error", markup=False)
            return ()

    def _mark_in_grid(self, grid: RosterGrid, found: Sequence[PersonDifference]) -> None:
        """Mark what differs in the roster on the screen, among the people it differs for."""
        roster = self.session.roster
        if roster is None or not self._in_grid:
            return
        who = {d.who for d in found}
        people = tuple(person for person in roster.facts.people if person.name in who)
        changed = frozenset((d.who, day) for d in found for day, _, _ in d.changes)
        grid.show(View(roster, people, changed=changed))

    @property
    def _chosen(self) -> Version | None:
        at = self.kept.highlighted
        return self._versions[at] if at is not None and at < len(self._versions) else None

    # -- keys ------------------------------------------------------------------------------------

    def action_keep(self) -> None:
        """Keep the roster as it is under a name."""

        def given(name: str | None) -> None:
            if name is not None and name.strip():
                self.attempt(lambda: self.session.versions.keep(name.strip()))

        self.app.push_screen(Ask("Keep as", help="A name to find this roster by:"), given)

    def action_load(self) -> None:
        """Take the version under the cursor in place of the roster on the screen."""
        chosen = self._chosen
        if chosen is not None and self.attempt(lambda: self.session.versions.load(chosen.id)):
            self.notify(f"Loaded {_name(chosen)}. u takes it back.", timeout=4, markup=False)

    def action_mark(self) -> None:
        """Compare with the version under the cursor; again: with the roster on the screen."""
        chosen = self._chosen
        if chosen is not None:
            self._base = None if self._base == chosen.id else chosen.id
            self.draw()

    def action_grid(self) -> None:
        """Show differences as a list, or as marks in the grid."""
        self._in_grid = not self._in_grid
        self._compare()


def _name(version: Version) -> str:
    if version.publication is not None:
        return f"version {version.publication.number}"
    return version.name or f"draft {version.id}"


def _published(made: Publication) -> Text:
    """Return who published a version, why, and how often it breaks hard rules."""
    line = Text(f" by {made.author}")
    if made.message:
        line.append(f": {made.message}")
    if made.musts:
        broken = count(made.musts, "hard-rule breach", "hard-rule breaches")
        line.append(f"  {broken}", "bold red")
    return line


def _person_line(difference: PersonDifference) -> Text:
    line = Text.assemble((difference.who, "bold"))
    for day, before, after in difference.changes:
        line.append(f"  {short_day(day)}: {before} → {after};")
    return line


SCREEN = VersionsPage
