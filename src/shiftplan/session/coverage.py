"""Coverage of a roster that is being edited: only the slots an edit touches are counted again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..clock import SLOT, slot_ceil, slot_floor
from ..facts import Facts
from ..roster import Assignment, Roster
from ..roster.coverage import Able, Interval, on_duty, queues_of_people, staffing
from .values import CoverageChange

_NOBODY: Counter[Able] = Counter()


@dataclass(frozen=True)
class RosterCoverage:
    """Staff on duty by slot of the window and by the queues they can serve, and what each queue
    gets of them.
    """

    facts: Facts
    able: Mapping[str, Able]
    staff: Mapping[int, Counter[Able]]
    others: Mapping[int, Counter[Able]]
    """Those not on duty who may have been by a shift of a day that is not on record."""
    slots: Mapping[int, tuple[Interval, ...]]
    missing: tuple[Counter[str], Counter[str]]
    """Person-minutes missing below the minimum and below the target, by queue."""

    @classmethod
    def of(cls, roster: Roster) -> RosterCoverage:
        """Count *roster* from scratch."""
        facts = roster.facts
        able = queues_of_people(facts)
        assignments = (*roster.before, *roster.assignments)
        unknown = facts.could_have_worked
        staff, others, slots = {}, {}, {}
        for t, people in on_duty(assignments, facts.window.opens, facts.window.end).items():
            staff[t] = Counter(able[who] for who in people)
            if t in unknown:
                others[t] = Counter(able[who] for who in unknown[t] if who not in people)
            slots[t] = staffing(facts, t, staff[t], others.get(t, _NOBODY))
        missing = _missing((Counter(), Counter()), slots.values(), 1)
        return cls(facts, able, staff, others, slots, missing)

    def after(self, before: Roster, roster: Roster, touched: Iterable[str]) -> RosterCoverage:
        """Return the coverage of *roster*, which differs from *before* for the people *touched*
        alone.
        """
        staff, others = dict(self.staff), dict(self.others)
        unknown = self.facts.could_have_worked
        changed: set[int] = set()
        for who in touched:
            able = self.able[who]
            if not able:
                continue
            was, is_now = self._on(before.timeline(who)), self._on(roster.timeline(who))
            for t in was ^ is_now:
                if t not in changed:
                    # The coverage before keeps its own.
                    staff[t] = Counter(staff[t])
                    others[t] = Counter(others.get(t, _NOBODY))
                    changed.add(t)
                more = 1 if t in is_now else -1
                staff[t][able] += more
                if who in unknown.get(t, ()):
                    others[t][able] -= more
        fresh = {t: staffing(self.facts, t, staff[t], others[t]) for t in changed}
        less = _missing(self.missing, (self.slots[t] for t in changed), -1)
        missing = _missing(less, fresh.values(), 1)
        slots = {**self.slots, **fresh}
        return RosterCoverage(self.facts, self.able, staff, others, slots, missing)

    def _on(self, assignments: Iterable[Assignment]) -> set[int]:
        """Return the slots of the window that are wholly within *assignments*."""
        window = self.facts.window
        slots: set[int] = set()
        for assignment in assignments:
            first = max(window.opens, slot_ceil(assignment.start))
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
