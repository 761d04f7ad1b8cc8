"""Whom the roster shows: by site, skill, shift worked, and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Select

from ...facts import Facts, Person
from ...roster import Roster


@dataclass(frozen=True)
class PeopleFilter:
    """A choice of people; what is empty lets everybody through."""

    site: str = ""
    skill: str = ""
    shift: str = ""
    """A code, a family or a kind they work at least once."""
    name: str = ""

    def of(self, roster: Roster) -> tuple[Person, ...]:
        """Return the people chosen."""
        working = self._working(roster)
        return tuple(p for p in roster.facts.people if self._matches(p, working))

    def _working(self, roster: Roster) -> set[str]:
        """Return who works the shift chosen."""
        if not self.shift:
            return set()
        codes = roster.facts.select(self.shift)
        return {who for (who, _), code in roster.cells.items() if code in codes}

    def _matches(self, person: Person, working: set[str]) -> bool:
        if self.site and person.site != self.site:
            return False
        if self.skill and self.skill not in person.skills:
            return False
        if self.shift and person.name not in working:
            return False
        return self.name.lower() in person.name.lower()

    @property
    def description(self) -> str:
        """The choice in words."""
        parts = (
            self.site,
            f"skill {self.skill}" if self.skill else "",
            f"working {self.shift}" if self.shift else "",
            f"'{self.name}'" if self.name else "",
        )
        return ", ".join(part for part in parts if part) or "everybody"


EVERYBODY = PeopleFilter()


class FilterDialog(ModalScreen[PeopleFilter | None]):
    """Hands back whom to show."""

    HELP = "Choose by site, skill, shift and name; what is left open lets everybody through."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Give up")]

    def __init__(self, facts: Facts, people: PeopleFilter) -> None:
        super().__init__()
        self._facts, self._people = facts, people

    def compose(self) -> ComposeResult:
        """Lay out a choice for each."""
        facts = self._facts
        skills = sorted({skill for person in facts.people for skill in person.skills})
        # Families and kinds, not codes: a family may have a code a site.
        families = dict.fromkeys(shift.family for shift in facts.shifts)
        shifts = families | dict.fromkeys(shift.kind for shift in facts.shifts)
        with Vertical(classes="dialog") as box:
            box.border_title = "Show only"
            yield from self._choice("site", [s.name for s in facts.sites], self._people.site)
            yield from self._choice("skill", skills, self._people.skill)
            yield from self._choice("shift", shifts, self._people.shift)
            with Horizontal(classes="field"):
                yield Label("name")
                name = self._people.name
                yield Input(name, placeholder="part of a name", id="name", compact=True)
            with Horizontal(classes="buttons"):
                yield Button("Show", variant="primary", id="show", compact=True)
                yield Button("Everybody", id="all", compact=True)

    def _choice(self, key: str, values: Iterable[str], now: str) -> ComposeResult:
        values = list(values)
        with Horizontal(classes="field"):
            yield Label(key)
            options = [(Content("any"), ""), *((Content(v), v) for v in values)]
            # An edit of the plan may have taken away what was chosen before.
            chosen = now if now in values else ""
            yield Select(options, value=chosen, allow_blank=False, id=key, compact=True)

    @on(Button.Pressed, "#show")
    @on(Input.Submitted)
    def _show(self) -> None:
        site, skill, shift = (self._chosen(key) for key in ("site", "skill", "shift"))
        self.dismiss(PeopleFilter(site, skill, shift, self.query_one(Input).value.strip()))

    def _chosen(self, key: str) -> str:
        return str(self.query_one(f"#{key}", Select).value)

    @on(Button.Pressed, "#all")
    def _all(self) -> None:
        self.dismiss(EVERYBODY)
