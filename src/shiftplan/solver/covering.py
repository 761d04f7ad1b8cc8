"""Which shifts are on duty in which slots, whoever works them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from ..clock import SLOT, slot_ceil, slot_floor
from ..facts import Facts
from ..facts.shifts import LASTS_INTO
from ..rules.vocabulary import SiteShift

REACH = LASTS_INTO + 1
"""Days before the first on which a shift can start that is still on duty in the window.

One more than a shift lasts into: the window may begin by the clock of another site, whose date can
be a day ahead.
"""


def covering(facts: Facts) -> Mapping[int, frozenset[SiteShift]]:
    """Return, per slot of the window and its tail, the shifts on duty for the whole of it.

    In the tail a shift of the days after the horizon stands for the same cell a week earlier.
    """
    window = facts.window
    slots: dict[int, set[SiteShift]] = {}
    for start in range(window.start, window.tail, SLOT):
        slots[start] = set()
    worked = {(p.site, code) for p in facts.people for code in facts.codes(p.name)}
    for site, code in sorted(worked):
        for day, cell_day, opens in _days(facts):
            start, end = facts.site_span(site, code, day)
            first = max(opens, slot_ceil(start))
            until = min(window.tail, slot_floor(end))
            for slot in range(first, until, SLOT):
                slots[slot].add((site, cell_day, code))
    return {slot: frozenset(shifts) for slot, shifts in slots.items()}


def _days(facts: Facts) -> Iterator[tuple[date, date, int]]:
    """Yield each day a shift can start on, the day of its cell, and the instant it counts from."""
    for day in facts.known_days:
        if day >= facts.first - timedelta(days=REACH):
            yield day, day, facts.window.start
    week = timedelta(days=7)
    for day in facts.weeks[-1]:
        # The week after repeats the last one, and counts in the tail only.
        yield day + week, day, facts.window.end
