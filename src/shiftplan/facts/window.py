"""The stretch of time a roster answers for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..clock import day_start, slot_ceil, slot_floor
from .given import GivenFacts
from .shifts import LASTS_INTO

_ONE = timedelta(days=1)

SiteDay = tuple[str, date]
"""A day at a site."""
SiteCode = tuple[str, str]
"""A site and the code of a shift that somebody there can work."""


class Window(NamedTuple):
    """The stretch of instants this roster decides, and the end of its last shift.

    From *start* to *end* every shift that could be on duty is known. From *end* to *tail* shifts of
    the days after the horizon would be on duty too. From *opens* to *start* this roster's shifts
    could be on duty beside those of days before that are not on record: coverage shows what of it
    is decided all the same, and rules look at none of it.
    """

    start: int
    end: int
    tail: int
    opens: int
    recorded: bool
    """Whether all shifts of the days before that could reach into it are on record."""


def window_of(facts: GivenFacts) -> Window:
    """Return the window of the horizon; periods one after another meet without a seam.

    It ends with the first moment a shift of the day after could be on duty. It starts with the
    first moment a shift of the first day could be, or, where not all is on record before, when the
    last shift of the day before that nobody knows must be over.
    """
    worked = {(p.site, code) for p in facts.people for code in facts.codes(p.name)}
    if not worked:
        return _whole_days(facts)

    after = facts.last + _ONE
    starts_after = min(facts.site_span(site, code, after)[0] for site, code in worked)
    last_end = max(facts.site_span(site, code, facts.last)[1] for site, code in worked)
    end = slot_floor(starts_after)
    opens = slot_floor(min(facts.site_span(site, code, facts.first)[0] for site, code in worked))
    # Shifts of a day and more may be over after those of the day after the horizon begin.
    start = min(_start(facts, worked, opens), end)
    recorded = _begins_on_record(facts) and start == opens
    return Window(start, end, max(end, slot_ceil(last_end)), min(opens, start), recorded)


def _start(facts: GivenFacts, worked: Iterable[SiteCode], opens: int) -> int:
    """Return the first instant from which on all shifts are known; from *opens* on this roster's
    could be on duty.
    """
    ended = max(_unrecorded_ends(facts, worked), default=opens)
    if _begins_on_record(facts):
        # The night before is on record, so the first slot that a new shift can reach is known.
        return max(opens, slot_ceil(ended))
    midnight = slot_floor(min(day_start(facts.first, site.timezone) for site in facts.sites))
    return max(slot_ceil(ended), midnight)


def _begins_on_record(facts: GivenFacts) -> bool:
    """Say whether the day before the first is on record, if only for some site."""
    return facts.history.knows(facts.first - _ONE) or not unrecorded_days(facts)


def _unrecorded_ends(facts: GivenFacts, worked: Iterable[SiteCode]) -> Iterator[int]:
    """Yield when each shift that nobody knows of must be over."""
    unrecorded = unrecorded_days(facts)
    for site, code in worked:
        for at, day in unrecorded:
            if at == site:
                yield facts.site_span(site, code, day)[1]


def unrecorded_days(facts: GivenFacts) -> tuple[SiteDay, ...]:
    """Return the days before the first, site by site, of which nobody knows who worked.

    They go back as far as a shift can reach into the horizon. A site none of whose people has a
    line on record is not on record, unless the whole record has none: then nobody worked. Where
    everyone of a site is outside their contract or on leave, nobody did either.
    """
    if facts.history.none:
        return ()
    here = _sites_on_record(facts)
    found: list[SiteDay] = []
    for back in range(1, LASTS_INTO + 2):
        day = facts.first - back * _ONE
        due = {person.site for person in facts.people if facts.due(person.name, day)}
        for site in facts.sites:
            on_record = site.name in here and facts.history.knows(day)
            if site.name in due and not on_record:
                found.append((site.name, day))
    return tuple(found)


def _sites_on_record(facts: GivenFacts) -> frozenset[str]:
    """Return the sites of whose people there is a line on record, all where there is no line."""
    names = filter(facts.has_person, facts.history.people)
    found = frozenset(facts.person(name).site for name in names)
    return found or frozenset(site.name for site in facts.sites)


def _whole_days(facts: GivenFacts) -> Window:
    """Return the window where nobody can work anything: the days that all sites share."""
    zones = [site.timezone for site in facts.sites]
    start = max(day_start(facts.first, zone) for zone in zones)
    end = max(start, min(day_start(facts.last + _ONE, zone) for zone in zones))
    opens = slot_floor(start)
    return Window(opens, slot_floor(end), slot_floor(end), opens, recorded=True)
