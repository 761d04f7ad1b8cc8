"""Cover of roster after roster: only slots in which an edit changes who is on duty are shared out anew."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..clock import SLOT, slot_ceil, slot_floor, to_local
from ..coverage import Gap, Interval, allocate, gaps
from ..facts import Cell, Facts
from ..roster import Roster

NOTHING, MET, OVER, WANTING = " ", ".", "+", "-"
LINES = 3
"""Queues that have a line of their own under the dates; more are shown as one."""


def sign(i: Interval) -> str:
    """Return how an interval is staffed: ``1`` to ``9`` heads short, ``-`` only the minimum, ``.``, ``+``."""
    if i.short:
        return str(min(9, i.short))
    if i.below_target:
        return WANTING
    if not i.target:
        return NOTHING
    return OVER if i.staffed > i.target else MET


def badness(mark: str) -> int:
    """Return how bad a sign is, for finding the worst of several."""
    return int(mark) if mark.isdigit() else {NOTHING: -4, OVER: -3, MET: -2, WANTING: -1}[mark]


@dataclass(frozen=True, eq=False)
class Cover:
    """Cover of one roster."""

    roster: Roster
    intervals: tuple[Interval, ...]

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Stretches below the minimum, worst first."""
        return gaps(self.intervals)

    @cached_property
    def by_slot(self) -> Mapping[tuple[str, int], Interval]:
        """Each interval by its queue and start."""
        return {(i.queue, i.start): i for i in self.intervals}

    @cached_property
    def strips(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """For each queue, the worst sign of each day by the clock at home."""
        facts = self.roster.facts
        home = next((s.timezone for s in facts.sites if s.name == facts.team.home), facts.sites[0].timezone)
        day_of = {t: (to_local(t, home).date() - facts.first).days for t in {i.start for i in self.intervals}}
        queues = sorted(facts.queues)
        names = {q: q for q in queues} if len(queues) <= LINES else dict.fromkeys(queues, "all queues")
        worst: dict[str, list[str]] = {n: [NOTHING] * len(facts.days) for n in names.values()}
        for i in self.intervals:
            day, line = day_of[i.start], worst[names[i.queue]]
            if 0 <= day < len(line):
                line[day] = max(line[day], sign(i), key=badness)
        return tuple((name, tuple(signs)) for name, signs in worst.items())


class Coverer:
    """Works out the cover of one roster after another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._facts: Facts | None = None
        self._cells: Mapping[Cell, str] = {}
        self._heads: dict[int, Counter[frozenset[str]]] = {}
        self._slots: dict[int, tuple[Interval, ...]] = {}

    def cover(self, roster: Roster) -> Cover:
        """Return the cover of *roster*. Safe to call from several threads."""
        with self._lock:
            return self._cover(roster)

    def _cover(self, roster: Roster) -> Cover:
        if roster.facts is not self._facts:
            self._begin(roster)
        before, after = self._cells.items(), roster.cells.items()
        touched: set[int] = set()
        for (who, day), code in before - after:
            touched |= self._count(roster.facts.span(who, code, day), who, -1)
        for (who, day), code in after - before:
            touched |= self._count(roster.facts.span(who, code, day), who, 1)
        self._cells = dict(roster.cells)
        for t in touched if self._slots else self._heads:
            self._slots[t] = self._shared_out(t)
        return Cover(roster, tuple(i for t in self._heads for i in self._slots[t]))

    def _begin(self, roster: Roster) -> None:
        facts = self._facts = roster.facts
        self._able = {
            p.name: frozenset(q for q, s in facts.queues.items() if s in p.skills) for p in facts.people
        }
        self._cells, self._slots = {}, {}
        self._heads = {t: Counter() for t in range(facts.window.start, facts.window.end, SLOT)}
        for duty in roster.before:
            self._count((duty.start, duty.end), duty.who, 1)

    def _count(self, span: tuple[int, int], who: str, heads: int) -> set[int]:
        able, touched = self._able[who], set()
        if able:
            for t in range(slot_ceil(span[0]), slot_floor(span[1]), SLOT):
                if t in self._heads:
                    self._heads[t][able] += heads
                    touched.add(t)
        return touched

    def _shared_out(self, t: int) -> tuple[Interval, ...]:
        assert self._facts is not None
        wanted = tuple(sorted(self._facts.needs[t].items()))
        heads = ((able, n) for able, n in self._heads[t].items() if n)
        staffed = allocate(tuple(sorted(heads, key=lambda h: sorted(h[0]))), wanted)
        return tuple(
            Interval(queue, t, t + SLOT, need.minimum, need.target, need.maximum, count)
            for (queue, need), count in zip(wanted, staffed, strict=True)
        )
