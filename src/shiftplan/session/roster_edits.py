"""Edits of the roster: who works when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from ..errors import ShiftplanError, count, nearest
from ..facts import Cell, Facts
from ..facts.names import canonical
from ..folder import read_roster
from ..roster import Roster
from ..roster.coverage import Gap
from .candidates import find_candidates, would_do
from .effects import quick
from .labels import assigned, day_words, where
from .state import State
from .steps import Steps
from .values import Candidate, Effect

Block = Mapping[tuple[int, int], str | None]
"""What was copied: shift codes by how many people and days on from the first cell."""


class RosterEdits:
    """What can be done to the roster: each edit is one undo step, or raises ``ShiftplanError``."""

    def __init__(self, state: State, steps: Steps) -> None:
        self._state: State = state
        self._steps: Steps = steps

    def assign(self, cells: Mapping[Cell, str | None], label: str = "") -> Effect:
        """Give each cell its shift code, or None for a day off."""
        cells = _as_named(cells)
        self._check(cells)
        return self._steps.do(label or assigned(cells), cells=cells)

    def preview(self, cells: Mapping[Cell, str | None]) -> Effect:
        """Return what ``assign`` would say at once, without doing it; what takes longer is
        ``pending``.
        """
        cells = _as_named(cells)
        self._check(cells)
        return would_do(self._state.known_judged(), cells, assigned(cells), quick)

    def pin(self, cells: Iterable[Cell], pinned: bool = True) -> Effect:
        """Pin cells as they are, days off too, or unpin them; a search leaves them alone."""
        wanted = tuple(_as_named(dict.fromkeys(cells)))
        self._check(dict.fromkeys(wanted))
        verb = "Pin" if pinned else "Unpin"
        return self._steps.do(f"{verb} {where(wanted)}", pins=dict.fromkeys(wanted, pinned))

    def swap(self, a: Cell, b: Cell) -> Effect:
        """Exchange what stands in two cells."""
        roster = self._state.known_roster()
        label = f"Swap {where((a,))} with {where((b,))}"
        return self.assign({a: roster.at(*b), b: roster.at(*a)}, label)

    def copy(self, cells: Sequence[Cell]) -> Block:
        """Return what stands in *cells*, for ``paste``."""
        roster = self._state.known_roster()
        self._check(dict.fromkeys(cells))
        row = _rows(roster.facts)
        top = min((row[who] for who, _ in cells), default=0)
        left = min((day for _, day in cells), default=roster.facts.first)
        block = {}
        for who, day in cells:
            block[row[who] - top, (day - left).days] = roster.at(who, day)
        return block

    def paste(self, block: Block, at: Cell) -> Effect:
        """Put a copied block down with its first cell at *at*.

        What falls outside the roster is left out; a shift the person there may not be given is an
        error.
        """
        self._check({at: None})
        facts = self._state.known_plan().facts
        top, left = _rows(facts)[at[0]], at[1]
        cells: dict[Cell, str | None] = {}
        for (down, right), code in block.items():
            row, day = top + down, left + timedelta(days=right)
            if row < len(facts.people) and facts.first <= day <= facts.last:
                cells[facts.people[row].name, day] = code
        return self.assign(cells, f"Paste {count(len(cells), 'cell')} at {where((at,))}")

    def copy_week(self, who: str, week: date, to: date) -> Effect:
        """Copy what *who* works in the week that holds *week* into the week that holds *to*."""
        self._check({(who, week): None, (who, to): None})
        roster = self._state.known_roster()
        source, target = _week_of(roster.facts, week), _week_of(roster.facts, to)
        cells = {(who, b): roster.at(who, a) for a, b in zip(source, target, strict=True)}
        label = f"{who}: the week of {day_words(source[0])} into {day_words(target[0])}"
        return self.assign(cells, label)

    def adopt(self, roster: Roster, label: str = "") -> Effect:
        """Take *roster* in place of the current one, with its pins; one step."""
        facts, current = self._state.known_plan().facts, self._state.current
        cells: dict[Cell, str | None] = {}
        for (who, day), code in current.cells.items():
            # Cells of days and people the plan has no more stay: an undo may bring them back.
            there = facts.has_person(who) and day in facts.days
            cells[who, day] = None if there else code
        cells |= roster.cells
        pins = dict.fromkeys(current.pins - roster.pinned, False)
        pins |= dict.fromkeys(roster.pinned, True)
        return self._steps.do(label or "Take a roster over", cells=cells, pins=pins)

    def adopt_file(self, path: Path) -> Effect:
        """Take the roster of a CSV file, one shift a line, in place of the current one.

        Raise ``BadInput`` with everything in it that does not fit the plan.
        """
        facts = self._state.known_plan().facts
        remarks: list[str] = []
        roster = read_roster(path, facts, remarks.append)
        self._state.remarks += remarks
        return self.adopt(roster, f"Roster from {path.name}")

    def candidates(self, gap: Gap) -> list[Candidate]:
        """Return who is off and could fill a part of *gap* with some shift, the best first."""
        return find_candidates(self._state.known_judged(), gap)

    def _check(self, cells: Mapping[Cell, str | None]) -> None:
        """Raise ``ShiftplanError`` unless each cell may hold its code."""
        facts = self._state.known_plan().facts
        for cell, code in cells.items():
            _check_cell(facts, cell)
            if code is not None:
                _check_code(facts, cell, code)


def _as_named(cells: Mapping[Cell, str | None]) -> Mapping[Cell, str | None]:
    """Return *cells* with people and codes as plans name them, whoever wrote them."""
    return {
        (canonical(who), day): None if code is None else canonical(code)
        for (who, day), code in cells.items()
    }


def _rows(facts: Facts) -> dict[str, int]:
    return {person.name: row for row, person in enumerate(facts.people)}


def _week_of(facts: Facts, day: date) -> Sequence[date]:
    return next(week for week in facts.weeks if day in week)


def _check_cell(facts: Facts, cell: Cell) -> None:
    who, day = cell
    if not facts.has_person(who):
        names = [person.name for person in facts.people]
        raise ShiftplanError(f"nobody is called '{who}'.", nearest(who, names))
    if not facts.first <= day <= facts.last:
        raise ShiftplanError(f"{day} is outside the horizon {facts.first} to {facts.last}.")


def _check_contract(facts: Facts, who: str, day: date, code: str) -> None:
    outside = facts.person(who).off_contract(day)
    if outside:
        raise ShiftplanError(
            f"{who} cannot work {code} on {day}, {outside}.",
            "Correct start_date or end_date in the people table, or take somebody else.",
        )


def _check_code(facts: Facts, cell: Cell, code: str) -> None:
    who, day = cell
    codes = facts.codes(who)
    if code in codes:
        _check_contract(facts, who, day, code)
        return
    if code in {shift.code for shift in facts.shifts}:
        why = f"{who} cannot work '{code}': it is for another site or requires other skills."
    else:
        why = f"'{code}' is no shift."
    raise ShiftplanError(why, nearest(code, codes))
