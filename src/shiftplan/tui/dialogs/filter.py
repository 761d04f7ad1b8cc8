"""Whom the roster shows: by site, skill, shift worked, and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Select

from ...facts import Facts, Person
from ...roster import Roster


@dataclass(frozen=True)
class People:
    """A choice of people; what is empty lets everybody through."""

    site: str = ""
    skill: str = ""
    shift: str = ""
    """A code, a family or a kind they work at least once."""
    name: str = ""

    def of(self, roster: Roster) -> tuple[Person, ...]:
        """Return the people chosen."""
        codes = roster.facts.select(self.shift)
        working = (
            {who for (who, _), code in roster.cells.items() if code in codes}
            if self.shift
            else set()
        )
        return tuple(
            p
            for p in roster.facts.people
            if (not self.site or p.site == self.site)
            and (not self.skill or self.skill in p.skills)
            and (not self.shift or p.name in working)
            and self.name.lower() in p.name.lower()
        )

    def words(self) -> str:
        """Return the choice in words."""
        parts = [self.site, f"skill {self.skill}" if self.skill else ""]
        parts += [
            f"working {self.shift}" if self.shift else "",
            f"'{self.name}'" if self.name else "",
        ]
        return ", ".join(filter(None, parts)) or "everybody"


NOBODY_LEFT_OUT = People()


class FilterDialog(ModalScreen[People | None]):
    """Hands back whom to show."""

    HELP = "Choose by site, skill, shift and name; what is left open lets everybody through."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Give up")]

    def __init__(self, facts: Facts, people: People) -> None:
        super().__init__()
        self._facts, self._people = facts, people

    def compose(self) -> ComposeResult:
        """Lay out a choice for each."""
        facts = self._facts
        skills = sorted({s for p in facts.people for s in p.skills})
        shifts = dict.fromkeys(s.family for s in facts.shifts) | dict.fromkeys(
            s.kind for s in facts.shifts
        )
        with Vertical(classes="dialog") as box:
            box.border_title = "Show only"
            yield from self._choice("site", [s.name for s in facts.sites], self._people.site)
            yield from self._choice("skill", skills, self._people.skill)
            yield from self._choice("shift", shifts, self._people.shift)
            with Horizontal(classes="field"):
                yield Label("name")
                yield Input(
                    self._people.name, placeholder="part of a name", id="name", compact=True
                )
            with Horizontal(classes="buttons"):
                yield Button("Show", variant="primary", id="show", compact=True)
                yield Button("Everybody", id="all", compact=True)

    def _choice(self, key: str, values: Iterable[str], now: str) -> ComposeResult:
        values = list(values)
        with Horizontal(classes="field"):
            yield Label(key)
            options = [("any", ""), *((v, v) for v in values)]
            chosen = now if now in values else ""
            yield Select(options, value=chosen, allow_blank=False, id=key, compact=True)

    @on(Button.Pressed, "#show")
    @on(Input.Submitted)
    def _show(self) -> None:
        chosen = {
            key: str(self.query_one(f"#{key}", Select).value) for key in ("site", "skill", "shift")
        }
        self.dismiss(People(**chosen, name=self.query_one(Input).value.strip()))

    @on(Button.Pressed, "#all")
    def _all(self) -> None:
        self.dismiss(NOBODY_LEFT_OUT)
