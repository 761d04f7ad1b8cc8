"""Who works which shift on which day: an immutable value over the facts."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from ..facts import Cell, Facts, Rotation, ShiftType


@dataclass(frozen=True)
class Assignment:
    """One shift of one person; *start* and *end* are instants."""

    who: str
    day: date
    shift: ShiftType
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Roster:
    """At most one shift code per person and local day of the horizon; a missing cell is a day off."""

    facts: Facts
    cells: Mapping[Cell, str] = field(default_factory=lambda: MappingProxyType({}))
    pinned: frozenset[Cell] = frozenset()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Roster):
            return NotImplemented
        return self.cells == other.cells and self.pinned == other.pinned

    def __hash__(self) -> int:
        return hash((frozenset(self.cells.items()), self.pinned))

    def with_cell(self, who: str, day: date, code: str | None) -> Roster:
        """Return a copy in which *who* works *code* on *day*, or is off if it is None."""
        cells = dict(self.cells)
        if code is None:
            cells.pop((who, day), None)
        else:
            cells[who, day] = code
        return Roster(self.facts, MappingProxyType(cells), self.pinned)

    def with_cells(self, changes: Mapping[Cell, str | None]) -> Roster:
        """Return a copy with *changes* made; the timelines of everybody else are carried over."""
        cells = dict(self.cells)
        for cell, code in changes.items():
            if code is None:
                cells.pop(cell, None)
            else:
                cells[cell] = code
        made = Roster(self.facts, MappingProxyType(cells), self.pinned)
        added = [
            made._duty(who, day, code) for (who, day), code in changes.items() if code is not None
        ]
        who = {name for name, _ in changes}
        lines = dict(self._timelines)
        for name in who:
            kept = [d for d in lines[name] if (name, d.day) not in changes]
            lines[name] = tuple(
                sorted((*kept, *(d for d in added if d.who == name)), key=lambda d: d.day)
            )
        made.__dict__["_timelines"] = lines
        made.__dict__["before"] = self.before
        rest = [d for d in self.duties if d.who not in who or (d.who, d.day) not in changes]
        for duty in added:
            insort(rest, duty, key=lambda d: (d.day, d.who))
        made.__dict__["duties"] = tuple(rest)
        return made

    def alone(self, who: str) -> Roster:
        """Return the roster of *who* alone, as if nobody else were there: for rules that judge one
        person.
        """
        line = self._timelines[who]
        mine = tuple(d for d in line if d.day >= self.facts.first)
        cells = MappingProxyType({(who, d.day): d.shift.code for d in mine})
        made = Roster(self.facts, cells, frozenset(c for c in self.pinned if c[0] == who))
        made.__dict__["_timelines"] = {who: line}
        made.__dict__["before"] = tuple(d for d in line if d.day < self.facts.first)
        made.__dict__["duties"] = mine
        return made

    def with_pinned(self, cells: Iterable[Cell]) -> Roster:
        """Return a copy with exactly *cells* pinned."""
        made = Roster(self.facts, self.cells, frozenset(cells))
        for name in ("_timelines", "before", "duties"):  # pins change none of them
            if name in self.__dict__:
                made.__dict__[name] = self.__dict__[name]
        return made

    def at(self, who: str, day: date) -> str | None:
        """Return the code *who* works on *day*, looking into history before the horizon; None is
        off.
        """
        return (self.facts.history.cells if day < self.facts.first else self.cells).get((who, day))

    def works(self, who: str, day: date) -> bool:
        """Say whether *who* works on *day*, on record or in this roster."""
        return self.at(who, day) is not None

    @cached_property
    def duties(self) -> tuple[Assignment, ...]:
        """Every duty of the horizon, by date and then by person."""
        found = (self._duty(who, day, code) for (who, day), code in self.cells.items())
        return tuple(sorted(found, key=lambda d: (d.day, d.who)))

    @cached_property
    def before(self) -> tuple[Assignment, ...]:
        """Every duty on record before the horizon, of people who are still here."""
        cells = self.facts.history.cells.items()
        found = (
            self._duty(w, d, c)
            for (w, d), c in cells
            if self.facts.has_person(w) and d < self.facts.first
        )
        return tuple(sorted(found, key=lambda d: (d.day, d.who)))

    @cached_property
    def _timelines(self) -> Mapping[str, tuple[Assignment, ...]]:
        lines: dict[str, list[Assignment]] = {p.name: [] for p in self.facts.people}
        for duty in (*self.before, *self.duties):
            lines[duty.who].append(duty)
        return {who: tuple(duties) for who, duties in lines.items()}

    def timeline(self, who: str) -> tuple[Assignment, ...]:
        """Return the duties of *who* by date, those on record before the horizon first."""
        return self._timelines[who]

    def overlaps(self) -> tuple[tuple[Assignment, Assignment], ...]:
        """Return the pairs of one person's duties that run at the same time, the later in the
        horizon.
        """
        return tuple(
            (a, b)
            for line in self._timelines.values()
            for k, b in enumerate(line)
            for a in line[max(0, k - 3) : k]
            if b.day >= self.facts.first and b.start < a.end
        )

    def _duty(self, who: str, day: date, code: str) -> Assignment:
        return Assignment(who, day, self.facts.shift(code), *self.facts.span(who, code, day))


def following(facts: Facts, rotas: Rotation) -> Roster:
    """Return the roster in which everyone works what *rotas* say, and who is in none has no shift.

    Leave, the end of a contract and pins go before; so does a shift that is not over yet, on record
    or of this roster.
    """
    pins = {(pin.person, pin.date): pin.shift or None for pin in facts.pins}
    over = dict.fromkeys((p.name for p in facts.people), 0)
    for (who, day), code in facts.history.cells.items():
        if who in over:
            over[who] = max(over[who], facts.span(who, code, day)[1])
    cells: dict[Cell, str] = {}
    for p in facts.people:
        for day in facts.days:
            by_rota = rotas.at(p.name, day) if facts.due(p.name, day) else None
            found = pins.get((p.name, day), by_rota)
            if found and found in facts.codes(p.name):
                start, end = facts.span(p.name, found, day)
                if start >= over[p.name]:
                    cells[p.name, day], over[p.name] = found, end
    return Roster(facts, cells)
