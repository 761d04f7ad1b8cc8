"""Coverage of a roster that is being edited: only the slots an edit touches are counted again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..clock import SLOT, slot_ceil, slot_floor
from ..facts import Facts
from ..roster import Assignment, Roster
from ..roster.allocation import allocate
from ..roster.coverage import Interval, on_duty
from .values import CoverageChange

Able = frozenset[str]
"""The queues somebody can serve."""


@dataclass(frozen=True)
class RosterCoverage:
    """Staff on duty by slot of the window and by the queues they can serve, and what each queue
    gets of them.
    """

    facts: Facts
    able: Mapping[str, Able]
    staff: Mapping[int, Counter[Able]]
    slots: Mapping[int, tuple[Interval, ...]]
    missing: tuple[Counter[str], Counter[str]]
    """Person-minutes missing below the minimum and below the target, by queue."""

    @classmethod
    def of(cls, roster: Roster) -> RosterCoverage:
        """Count *roster* from scratch."""
        facts = roster.facts
        able = {}
        for person in facts.people:
            can_serve = (queue for queue, skill in facts.queues.items() if skill in person.skills)
            able[person.name] = frozenset(can_serve)
        assignments = (*roster.before, *roster.assignments)
        staff = {}
        for t, people in on_duty(assignments, facts.window.start, facts.window.end).items():
            # Those who can serve no queue count for none.
            staff[t] = Counter(able[who] for who in people if able[who])
        slots = {t: _shared(facts, t, there) for t, there in staff.items()}
        missing = _missing((Counter(), Counter()), slots.values(), 1)
        return cls(facts, able, staff, slots, missing)

    def after(self, before: Roster, roster: Roster, touched: Iterable[str]) -> RosterCoverage:
        """Return the coverage of *roster*, which differs from *before* for the people *touched*
        alone.
        """
        staff = dict(self.staff)
        changed: set[int] = set()
        for who in touched:
            able = self.able[who]
            if not able:
                continue
            was, is_now = self._on(before.timeline(who)), self._on(roster.timeline(who))
            for t in was ^ is_now:
                if t not in changed:
                    staff[t] = Counter(staff[t])  # the coverage before keeps its own
                    changed.add(t)
                staff[t][able] += 1 if t in is_now else -1
        fresh = {t: _shared(self.facts, t, staff[t]) for t in changed}
        less = _missing(self.missing, (self.slots[t] for t in changed), -1)
        missing = _missing(less, fresh.values(), 1)
        return RosterCoverage(self.facts, self.able, staff, {**self.slots, **fresh}, missing)

    def _on(self, assignments: Iterable[Assignment]) -> set[int]:
        """Return the slots of the window that are wholly within *assignments*."""
        window = self.facts.window
        slots: set[int] = set()
        for assignment in assignments:
            first = max(window.start, slot_ceil(assignment.start))
            end = min(window.end, slot_floor(assignment.end))
            slots.update(range(first, end, SLOT))
        return slots

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Every queue in every slot, by time and then by queue, as ``coverage.intervals``."""
        return tuple(i for t in sorted(self.slots) for i in self.slots[t])


def coverage_changes(
    before: RosterCoverage | None, after: RosterCoverage | None
) -> tuple[CoverageChange, ...]:
    """Return what differs, queue by queue, in person-minutes missing."""
    if before is None or after is None:
        return ()
    short, below = before.missing
    short_now, below_now = after.missing
    changes = []
    for queue in dict.fromkeys((*before.facts.queues, *after.facts.queues)):
        change = CoverageChange(
            queue, short[queue], short_now[queue], below[queue], below_now[queue]
        )
        if change.differs:
            changes.append(change)
    return tuple(changes)


def _missing(
    base: tuple[Counter[str], Counter[str]], slots: Iterable[tuple[Interval, ...]], sign: int
) -> tuple[Counter[str], Counter[str]]:
    """Return *base* with what is missing in *slots* added, or taken away where *sign* is -1."""
    short, below = Counter(base[0]), Counter(base[1])
    for found in slots:
        for interval in found:
            short[interval.queue] += sign * interval.short * SLOT
            below[interval.queue] += sign * interval.below_target * SLOT
    return short, below


def _shared(facts: Facts, t: int, staff: Counter[Able]) -> tuple[Interval, ...]:
    """Return what each queue gets in the slot that starts at *t*."""
    wanted = tuple(sorted(facts.needs[t].items()))
    # In one order, so that equal staff is the same question, which ``allocate`` remembers.
    there = tuple(sorted(((able, n) for able, n in staff.items() if n), key=lambda e: sorted(e[0])))
    return tuple(
        Interval(queue, t, t + SLOT, need.minimum, need.target, need.maximum, staffed)
        for (queue, need), staffed in zip(wanted, allocate(there, wanted), strict=True)
    )
