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
    """Heads on duty by slot of the window and by what they can serve, and what each queue gets of
    them.
    """

    facts: Facts
    able: Mapping[str, Able]
    heads: Mapping[int, Counter[Able]]
    slots: Mapping[int, tuple[Interval, ...]]
    missing: tuple[Counter[str], Counter[str]]
    """Person-minutes missing below the minimum and below the target, by queue."""

    @classmethod
    def of(cls, roster: Roster) -> RosterCoverage:
        """Count *roster* from scratch."""
        facts = roster.facts
        able = {
            p.name: frozenset(q for q, skill in facts.queues.items() if skill in p.skills)
            for p in facts.people
        }
        heads = {}
        for t, people in on_duty(
            (*roster.before, *roster.duties), facts.window.start, facts.window.end
        ).items():
            heads[t] = Counter(able[who] for who in people if able[who])
        slots = {t: _shared(facts, t, at) for t, at in heads.items()}
        return cls(facts, able, heads, slots, _missing((Counter(), Counter()), slots.values(), 1))

    def after(self, before: Roster, roster: Roster, touched: Iterable[str]) -> RosterCoverage:
        """Return the coverage of *roster*, which differs from *before* for the people *touched*
        alone.
        """
        heads = dict(self.heads)
        changed: set[int] = set()
        for who in touched:
            if not self.able[who]:
                continue
            was, is_now = self._on(before.timeline(who)), self._on(roster.timeline(who))
            for t in was ^ is_now:
                if t not in changed:
                    heads[t] = Counter(heads[t])
                heads[t][self.able[who]] += 1 if t in is_now else -1
                changed.add(t)
        fresh = {t: _shared(self.facts, t, heads[t]) for t in changed}
        less = _missing(self.missing, (self.slots[t] for t in changed), -1)
        missing = _missing(less, fresh.values(), 1)
        return RosterCoverage(self.facts, self.able, heads, {**self.slots, **fresh}, missing)

    def _on(self, duties: Iterable[Assignment]) -> set[int]:
        window = self.facts.window
        return {
            t
            for d in duties
            for t in range(
                max(window.start, slot_ceil(d.start)), min(window.end, slot_floor(d.end)), SLOT
            )
        }

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Every queue in every slot, by time and then by queue, as ``coverage.intervals`` has them."""
        return tuple(i for t in sorted(self.slots) for i in self.slots[t])


def cover_changes(
    before: RosterCoverage | None, after: RosterCoverage | None
) -> tuple[CoverageChange, ...]:
    """Return what differs, queue by queue, in person-minutes missing."""
    if before is None or after is None:
        return ()
    short, below = before.missing
    short_now, below_now = after.missing
    return tuple(
        CoverageChange(queue, short[queue], short_now[queue], below[queue], below_now[queue])
        for queue in dict.fromkeys((*before.facts.queues, *after.facts.queues))
        if (short[queue], below[queue]) != (short_now[queue], below_now[queue])
    )


def _missing(
    base: tuple[Counter[str], Counter[str]], slots: Iterable[tuple[Interval, ...]], sign: int
) -> tuple[Counter[str], Counter[str]]:
    """Return *base* with what is missing in *slots* added, or taken away where *sign* is -1."""
    short, below = Counter(base[0]), Counter(base[1])
    for found in slots:
        for i in found:
            short[i.queue] += sign * i.short * SLOT
            below[i.queue] += sign * i.below_target * SLOT
    return short, below


def _shared(facts: Facts, t: int, heads: Counter[Able]) -> tuple[Interval, ...]:
    """Return what each queue gets in the slot that starts at *t*."""
    wanted = tuple(sorted(facts.needs[t].items()))
    there = tuple(sorted(((a, n) for a, n in heads.items() if n), key=lambda h: sorted(h[0])))
    return tuple(
        Interval(queue, t, t + SLOT, need.minimum, need.target, need.maximum, staffed)
        for (queue, need), staffed in zip(wanted, allocate(there, wanted), strict=True)
    )
