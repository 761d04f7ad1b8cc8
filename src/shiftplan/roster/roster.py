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
    """At most one shift code per person and local day of the horizon; no cell is a day off."""

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
        """Return a copy with *changes* made; the timelines of everybody else are taken over."""
        cells = dict(self.cells)
        added: list[Assignment] = []
        for (who, day), code in changes.items():
            if code is None:
                cells.pop((who, day), None)
            else:
                cells[who, day] = code
                added.append(self._assignment(who, day, code))
        made = Roster(self.facts, MappingProxyType(cells), self.pinned)
        # What the copy would find by itself, found from what is known here: planners edit a roster
        # cell by cell, and each edit is judged at once.
        made.__dict__["_timelines"] = self._timelines_with(changes, added)
        made.__dict__["before"] = self.before
        made.__dict__["assignments"] = self._assignments_with(changes, added)
        return made

    def _timelines_with(
        self, changes: Mapping[Cell, str | None], added: Iterable[Assignment]
    ) -> Mapping[str, tuple[Assignment, ...]]:
        """Return the timelines once *changes* are made, which bring those *added*."""
        lines = dict(self._timelines)
        for who in {name for name, _ in changes}:
            line = [d for d in lines[who] if (who, d.day) not in changes]
            line += (d for d in added if d.who == who)
            lines[who] = tuple(sorted(line, key=_day))
        return lines

    def _assignments_with(
        self, changes: Mapping[Cell, str | None], added: Iterable[Assignment]
    ) -> tuple[Assignment, ...]:
        """Return the assignments once *changes* are made, which bring those *added*."""
        touched = {who for who, _ in changes}
        kept = [
            d for d in self.assignments if d.who not in touched or (d.who, d.day) not in changes
        ]
        for assignment in added:
            insort(kept, assignment, key=_day_and_person)
        return tuple(kept)

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
        made.__dict__["assignments"] = mine
        return made

    def with_pinned(self, cells: Iterable[Cell]) -> Roster:
        """Return a copy with exactly *cells* pinned."""
        made = Roster(self.facts, self.cells, frozenset(cells))
        for name in ("_timelines", "before", "assignments"):  # pins change none of them
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
    def assignments(self) -> tuple[Assignment, ...]:
        """Every assignment of the horizon, by date and then by person."""
        found = (self._assignment(who, day, code) for (who, day), code in self.cells.items())
        return tuple(sorted(found, key=_day_and_person))

    @cached_property
    def before(self) -> tuple[Assignment, ...]:
        """Every assignment on record before the horizon, of people who are still here."""
        found: list[Assignment] = []
        for (who, day), code in self.facts.history.cells.items():
            if self.facts.has_person(who) and day < self.facts.first:
                found.append(self._assignment(who, day, code))
        return tuple(sorted(found, key=_day_and_person))

    @cached_property
    def _timelines(self) -> Mapping[str, tuple[Assignment, ...]]:
        lines: dict[str, list[Assignment]] = {p.name: [] for p in self.facts.people}
        for assignment in (*self.before, *self.assignments):
            lines[assignment.who].append(assignment)
        return {who: tuple(line) for who, line in lines.items()}

    def timeline(self, who: str) -> tuple[Assignment, ...]:
        """Return the assignments of *who* by date, those on record before the horizon first."""
        return self._timelines[who]

    def overlaps(self) -> tuple[tuple[Assignment, Assignment], ...]:
        """Return the pairs of one person's assignments that run at the same time, the later in the
        horizon.
        """
        found: list[tuple[Assignment, Assignment]] = []
        for line in self._timelines.values():
            for k, later in enumerate(line):
                if later.day < self.facts.first:
                    continue  # on record: nothing can be done about it
                # The longest shift reaches the day after the next.
                near = line[max(0, k - 3) : k]
                found += ((sooner, later) for sooner in near if later.start < sooner.end)
        return tuple(found)

    def outside_contracts(self) -> tuple[Assignment, ...]:
        """Return the assignments of the horizon on days that no contract of their person covers."""
        people = (person for person in self.facts.people if person.limited)
        names = {person.name for person in people}
        if not names:
            return ()
        return tuple(
            assignment
            for assignment in self.assignments
            if assignment.who in names
            and not self.facts.person(assignment.who).employed(assignment.day)
        )

    def under_contract(self) -> Roster:
        """Return the roster without the shifts outside their person's contract."""
        outside = self.outside_contracts()
        if not outside:
            return self
        return self.with_cells({(found.who, found.day): None for found in outside})

    def _assignment(self, who: str, day: date, code: str) -> Assignment:
        return Assignment(who, day, self.facts.shift(code), *self.facts.span(who, code, day))


def _day(assignment: Assignment) -> date:
    return assignment.day


def _day_and_person(assignment: Assignment) -> tuple[date, str]:
    return assignment.day, assignment.who


def following(facts: Facts, rotas: Rotation) -> Roster:
    """Return the roster in which everyone works what *rotas* say, and who is in none has no shift.

    Leave, the end of a contract and pins go before; so does a shift that is not over yet, on record
    or of this roster.
    """
    pins = {(pin.person, pin.date): pin.shift or None for pin in facts.pins}
    on_record = _last_ends(facts)
    cells: dict[Cell, str] = {}
    for p in facts.people:
        free_from = on_record.get(p.name, 0)
        for day in facts.days:
            code = pins.get((p.name, day), _by_rota(facts, rotas, p.name, day))
            if code is None or code not in facts.codes_on(p.name, day):
                continue
            start, end = facts.span(p.name, code, day)
            if start >= free_from:
                cells[p.name, day] = code
                free_from = end
    return Roster(facts, cells)


def _by_rota(facts: Facts, rotas: Rotation, who: str, day: date) -> str | None:
    """Return what *who* works on *day* by the rota, None on leave and outside the contract."""
    return rotas.at(who, day) if facts.due(who, day) else None


def _last_ends(facts: Facts) -> Mapping[str, int]:
    """Return the instant at which each person's last shift on record ends."""
    found: dict[str, int] = {}
    for (who, day), code in facts.history.cells.items():
        if facts.has_person(who):
            found[who] = max(found.get(who, 0), facts.span(who, code, day)[1])
    return found
