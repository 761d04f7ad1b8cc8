"""What goes into a calendar, before it is written as iCalendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..clock import day_start
from ..facts import Facts
from ..publication.content import Kind
from ..roster import Assignment, Roster

PAST = timedelta(days=31)
"""How far back a calendar goes into what was worked before the horizon."""

_FOREVER = date.max - timedelta(days=1)
"""The last day that has a next one, which ends an event."""


@dataclass(frozen=True)
class CalendarEntry:
    """One thing to show: a shift, a day off, a run of leave, or a notice that there is none.

    *day* and *last* are local days, both included. *who* is empty in the notice for a whole *site*,
    and *site* too in that for the team.
    """

    kind: Kind
    who: str
    day: date
    last: date
    assignment: Assignment | None = None
    settled: bool = False
    """Not part of what a draft proposes: approved leave, and shifts worked before the horizon."""
    site: str = ""


def personal(roster: Roster, who: str, *, days_off: bool = True) -> list[CalendarEntry]:
    """Return what *who*'s calendar shows, by day; never nothing."""
    facts = roster.facts
    found = list(_leave(facts, who))
    assignments = {d.day: d for d in roster.timeline(who)}
    for day in facts.known_days:
        if day < facts.first - PAST:
            continue
        assignment, settled = assignments.get(day), day < facts.first
        if assignment:
            found.append(CalendarEntry("shift", who, day, day, assignment, settled))
        elif days_off and facts.due(who, day):
            found.append(CalendarEntry("off", who, day, day, None, settled))
    return sorted(found, key=lambda e: (e.day, e.kind)) or [_nothing(facts, who)]


def team(roster: Roster) -> list[CalendarEntry]:
    """Return what the team's calendar shows, by start: all shifts and leave, no days off."""
    return _together(roster, [p.name for p in roster.facts.people], "")


def at_site(roster: Roster, site: str) -> list[CalendarEntry]:
    """Return what the calendar of *site* shows, as the team's but of its own people."""
    return _together(roster, [p.name for p in roster.facts.people if p.site == site], site)


def everything(roster: Roster) -> list[CalendarEntry]:
    """Return every entry of every calendar once."""
    facts = roster.facts
    found: list[CalendarEntry] = []
    for person in facts.people:
        found += personal(roster, person.name)
    # Shared calendars show what people's own do; only the notice that there is nothing is theirs.
    for site in several_sites(facts):
        found += _notices(at_site(roster, site))
    return found + _notices(team(roster))


def _notices(entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    return [entry for entry in entries if entry.kind == "none"]


def several_sites(facts: Facts) -> tuple[str, ...]:
    """Return the sites that have a calendar of their own: none where there is one only.

    Its calendar would be the team's.
    """
    return tuple(s.name for s in facts.sites) if len(facts.sites) > 1 else ()


def _together(roster: Roster, people: Iterable[str], site: str) -> list[CalendarEntry]:
    facts = roster.facts
    found: list[CalendarEntry] = []
    for who in people:
        own = personal(roster, who, days_off=False)
        found += [entry for entry in own if entry.kind != "none"]
    if not found:
        return [_nothing(facts, "", site)]
    return sorted(found, key=lambda entry: (_start(facts, entry), entry.who, entry.kind))


def _start(facts: Facts, entry: CalendarEntry) -> int:
    return entry.assignment.start if entry.assignment else day_start(entry.day, facts.tz(entry.who))


def _nothing(facts: Facts, who: str, site: str = "") -> CalendarEntry:
    return CalendarEntry("none", who, facts.first, facts.last, site=site)


def _leave(facts: Facts, who: str) -> Iterator[CalendarEntry]:
    """Yield the runs of leave; where its kind changes within a run does not show."""
    runs: list[tuple[date, date]] = []
    for first, last in sorted(_employed_leave(facts, who)):
        if runs and (first - runs[-1][1]).days <= 1:
            begun, ended = runs[-1]
            runs[-1] = (begun, max(last, ended))
        else:
            runs.append((first, last))
    for first, last in runs:
        if last >= facts.first - PAST:
            yield CalendarEntry("leave", who, first, last, settled=True)


def _employed_leave(facts: Facts, who: str) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each row of leave, as far as *who* is employed then."""
    person = facts.person(who)
    begin, end = person.start_date or date.min, person.end_date or _FOREVER
    for row in facts.leave:
        if row.person != who:
            continue
        first, last = max(row.from_date, begin), min(row.to_date, end, _FOREVER)
        if first <= last:
            yield first, last
