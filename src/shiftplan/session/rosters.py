"""Edits of the roster: who works when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from ..clock import SLOT, slot_ceil, slot_floor
from ..errors import ShiftplanError, nearest
from ..facts import Cell, Person
from ..roster import Roster
from ..roster.coverage import Gap
from .core import Core, day_words
from .effects import Judged
from .settler import quick, tried
from .values import Candidate, Effect

Block = Mapping[tuple[int, int], str | None]
"""What was copied: shift codes by how many people and days on from the first cell."""


Told = Callable[[str, Judged, Judged, tuple[str, ...]], Effect]


class RosterEdits(Core):
    """What can be done to the roster: each edit is one undo step, or raises ``ShiftplanError``."""

    def assign(self, cells: Mapping[Cell, str | None], label: str = "") -> Effect:
        """Give each cell its shift code, or None for a day off."""
        for cell, code in cells.items():
            self._check_cell(cell, code)
        return self._do(label or self._label(cells), cells=cells)

    def preview(self, cells: Mapping[Cell, str | None]) -> Effect:
        """Return what ``assign`` would tell at once, without doing it; what takes longer is
        ``pending``.
        """
        for cell, code in cells.items():
            self._check_cell(cell, code)
        self._known_roster()
        assert self._judged is not None
        return self._would(self._judged, cells, self._label(cells), quick)

    def pin(self, cells: Iterable[Cell], pinned: bool = True) -> Effect:
        """Pin cells as they are, days off too, or unpin them; a search leaves pinned cells alone."""
        wanted = tuple(cells)
        for cell in wanted:
            self._check_cell(cell, None)
        verb = "Pin" if pinned else "Unpin"
        label = f"{verb} {self._where(wanted)}"
        return self._do(label, pins=dict.fromkeys(wanted, pinned))

    def swap(self, a: Cell, b: Cell) -> Effect:
        """Exchange what stands in two cells."""
        roster = self._known_roster()
        label = f"Swap {self._where((a,))} with {self._where((b,))}"
        return self.assign({a: roster.at(*b), b: roster.at(*a)}, label)

    def copy(self, cells: Sequence[Cell]) -> Block:
        """Return what stands in *cells*, for ``paste``."""
        roster = self._known_roster()
        order = self._order()
        for cell in cells:
            self._check_cell(cell, None)
        top = min((order[who] for who, _ in cells), default=0)
        left = min((day for _, day in cells), default=roster.facts.first)
        return {(order[who] - top, (day - left).days): roster.at(who, day) for who, day in cells}

    def paste(self, block: Block, at: Cell) -> Effect:
        """Put a copied block down with its first cell at *at*.

        What falls outside the roster is left out; a shift the person there may not be given is an
        error.
        """
        self._check_cell(at, None)
        facts, order = self._known_plan().facts, self._order()
        cells: dict[Cell, str | None] = {}
        for (down, right), code in block.items():
            row, day = order[at[0]] + down, at[1] + timedelta(days=right)
            if row < len(facts.people) and facts.first <= day <= facts.last:
                cells[facts.people[row].name, day] = code
        return self.assign(
            cells, f"Paste {len(cells)} cell{'s' * (len(cells) != 1)} at {self._where((at,))}"
        )

    def copy_week(self, who: str, week: date, to: date) -> Effect:
        """Copy what *who* works in the week that holds *week* into the week that holds *to*."""
        facts, roster = self._known_plan().facts, self._known_roster()
        self._check_cell((who, week), None)
        self._check_cell((who, to), None)
        source, target = (next(w for w in facts.weeks if day in w) for day in (week, to))
        cells = {(who, b): roster.at(who, a) for a, b in zip(source, target, strict=True)}
        return self.assign(
            cells, f"{who}: the week of {day_words(source[0])} into {day_words(target[0])}"
        )

    def adopt(self, roster: Roster, label: str = "") -> Effect:
        """Take *roster* in place of the current one, with its pins; one step."""
        facts = self._known_plan().facts
        outside = {
            c for c in self._state.cells if not (facts.has_person(c[0]) and c[1] in facts.days)
        }
        kept = {c: self._state.cells[c] for c in outside}  # of days and people the plan has no more
        cells: dict[Cell, str | None] = dict.fromkeys(self._state.cells)
        cells |= {**kept, **roster.cells}
        held = dict.fromkeys(self._state.pins - roster.pinned, False) | dict.fromkeys(
            roster.pinned, True
        )
        return self._do(label or "Take a roster over", cells=cells, pins=held)

    def candidates(self, gap: Gap) -> list[Candidate]:
        """Return who is off and could fill a part of *gap* with some shift, the best first.

        The best break the fewest musts, then fill the most, then cost the goals the least in their
        order. What they would do to rules about several people is not looked at.
        """
        self._known_roster()
        judged = self._judged
        assert judged is not None
        found = []
        for person in self._known_plan().facts.people:
            for fills, day, code in self._fillers(person, gap):
                effect = self._would(
                    judged, {(person.name, day): code}, f"{person.name}: {code}", tried
                )
                found.append(Candidate(person.name, day, code, fills, effect))
        goals = self._known_plan().goals

        def rank(candidate: Candidate) -> tuple[int, ...]:
            worse = dict.fromkeys(goals, 0)
            for change in candidate.effect.rules:
                worse[change.strength] += change.after - change.before
            must, *others = worse.values()
            return must, -candidate.fills, *others

        return sorted(found, key=rank)

    # -- inside ----------------------------------------------------------------------------------

    def _fillers(self, person: Person, gap: Gap) -> list[tuple[int, date, str]]:
        """Return the shift that fills most of *gap* on each day *person* is off: minutes, day,
        code.
        """
        facts, roster = self._known_plan().facts, self._known_roster()
        if facts.queues.get(gap.queue) not in person.skills:
            return []
        found = []
        for day in facts.days:
            if roster.works(person.name, day) or not facts.due(person.name, day):
                continue
            spans = [
                (facts.span(person.name, code, day), code) for code in facts.codes(person.name)
            ]
            fills = [(_overlap(span, gap), code) for span, code in spans]
            most, code = max(fills, key=lambda f: f[0], default=(0, ""))
            if most > 0:
                found.append((most, day, code))
        return found

    def _would(
        self, judged: Judged, cells: Mapping[Cell, str | None], label: str, told: Told
    ) -> Effect:
        touched = frozenset(who for who, _ in cells)
        roster = judged.roster.with_cells(cells)
        judged.judge.edited(judged.roster, roster, touched)
        after = Judged(judged.judge, roster, judged.numbers, judged, touched)
        return told(label, judged, after, tuple(sorted(touched)))

    def _order(self) -> Mapping[str, int]:
        return {p.name: k for k, p in enumerate(self._known_plan().facts.people)}

    def _check_cell(self, cell: Cell, code: str | None) -> None:
        """Raise ``ShiftplanError`` unless *cell* may hold *code*."""
        who, day = cell
        facts = self._known_plan().facts
        if not facts.has_person(who):
            raise ShiftplanError(
                f"nobody is called '{who}'.", nearest(who, (p.name for p in facts.people))
            )
        if not facts.first <= day <= facts.last:
            raise ShiftplanError(f"{day} is outside the horizon {facts.first} to {facts.last}.")
        if code is not None and code not in facts.codes(who):
            known = code in {s.code for s in facts.shifts}
            why = f"{who} cannot work '{code}': it is for another site or asks for other skills."
            raise ShiftplanError(
                why if known else f"'{code}' is no shift.", nearest(code, facts.codes(who))
            )

    def _label(self, cells: Mapping[Cell, str | None]) -> str:
        codes = set(cells.values())
        what = (codes.pop() or "off") if len(codes) == 1 else "several shifts"
        return f"{self._where(tuple(cells))}: {what}"

    def _where(self, cells: Sequence[Cell]) -> str:
        if len(cells) == 1:
            return f"{cells[0][0]}, {day_words(cells[0][1])}"
        people = {who for who, _ in cells}
        return f"{len(cells)} cells of {next(iter(people)) if len(people) == 1 else f'{len(people)} people'}"


def _overlap(span: tuple[int, int], gap: Gap) -> int:
    """Return the minutes of whole slots of *gap* inside *span*."""
    start, end = max(slot_ceil(span[0]), gap.start), min(slot_floor(span[1]), gap.end)
    return max(0, end - start) // SLOT * SLOT
