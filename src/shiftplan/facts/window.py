"""The stretch of time a roster answers for."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from ..clock import day_start, slot_ceil, slot_floor
from .given import GivenFacts

_ONE = timedelta(days=1)


class Window(NamedTuple):
    """The stretch of instants this roster decides, and the end of its last shift.

    From *start* to *end* every shift that could be on duty is known. From *end* to *tail* shifts of
    the days after the horizon would be on duty too.
    """

    start: int
    end: int
    tail: int


def window_of(facts: GivenFacts) -> Window:
    """Return the window of the horizon; periods one after another meet without a seam.

    It ends with the first moment a shift of the day after could be on duty. It starts with the
    first moment a shift of the first day could be, or, where nothing is on record before, when the
    last shift of the day before must be over.
    """
    worked = {(p.site, code) for p in facts.people for code in facts.codes(p.name)}
    if not worked:
        return _whole_days(facts)

    after = facts.last + _ONE
    starts_after = min(facts.site_span(site, code, after)[0] for site, code in worked)
    last_end = max(facts.site_span(site, code, facts.last)[1] for site, code in worked)
    end = slot_floor(starts_after)
    return Window(_start(facts, worked, end), end, max(end, slot_ceil(last_end)))


def _start(facts: GivenFacts, worked: set[tuple[str, str]], end: int) -> int:
    """Return the first instant of the window, of which *end* is the end."""
    before = facts.first - _ONE
    if facts.history.knows(before):
        # The night before is on record, so the first slot that a new shift can reach is known.
        return slot_floor(min(facts.site_span(site, code, facts.first)[0] for site, code in worked))
    ended = slot_ceil(max(facts.site_span(site, code, before)[1] for site, code in worked))
    midnight = slot_floor(min(day_start(facts.first, site.timezone) for site in facts.sites))
    # Shifts of a day and more may be over after those of the day after the horizon begin.
    return min(max(ended, midnight), end)


def _whole_days(facts: GivenFacts) -> Window:
    """Return the window where nobody can work anything: the days that all sites share."""
    zones = [site.timezone for site in facts.sites]
    start = max(day_start(facts.first, zone) for zone in zones)
    end = max(start, min(day_start(facts.last + _ONE, zone) for zone in zones))
    return Window(slot_floor(start), slot_floor(end), slot_floor(end))
