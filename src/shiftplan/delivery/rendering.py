"""What each calendar link shows at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from ..calendars import file_names, person_calendar, site_calendar, site_file_names, team_calendar
from ..calendars.notice import notice
from ..plan import Plan
from ..publication import Event
from ..reports.web import coverage_page, nothing_page
from ..roster import Roster
from ..store import CalendarLink, Store
from .choices import style_of
from .server import Document


class LinkRenderer:
    """Makes the documents of the instant *at* from what is published."""

    def __init__(self, store: Store, plan: Plan, at: datetime) -> None:
        facts = plan.facts
        self._store = store
        self._plan = plan
        self._facts = facts
        self._at = at
        self._events = store.publications.events(facts, at)
        self._by_person: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self._events:
            self._by_person[event.content.key].append(event)

    def document(self, link: CalendarLink) -> Document:
        """Return what *link* shows."""
        if link.kind == "coverage":
            return Document(self._coverage().encode(), self._at, "coverage")
        try:
            body = self._calendar(link)
        except KeyError:
            # Nothing was published yet, and an empty calendar would make some clients give up.
            body = notice(self._facts, link.subject, link.created_at)
        return Document(body, self._at, _file_name(link))

    def _calendar(self, link: CalendarLink) -> bytes:
        """Return the calendar of *link*; raise ``KeyError`` if there is nothing in it yet."""
        team, style = self._facts.team.name, style_of(link.choices)
        if link.kind == "person":
            return person_calendar(
                known_to(link, self._by_person.get(link.person, ())),
                link.subject,
                team=team,
                at=self._at,
                person=link.person,
                days_off=link.choices.days_off,
                style=style,
            )
        events = known_to(link, self._events)
        if link.kind == "site":
            return site_calendar(events, link.subject, team=team, at=self._at, style=style)
        return team_calendar(events, team=team, at=self._at, style=style)

    def _coverage(self) -> str:
        version = self._store.publications.newest(self._facts)
        if version is None:
            return nothing_page(self._facts)
        # The plan may have changed since: what it no longer knows is left out of the page.
        stored = self._store.rosters.roster(version.roster_id, self._facts, strict=False)
        about = f"version {version.number}, published {version.published_at:%Y-%m-%d %H:%M} UTC"
        roster = Roster(self._facts, stored.cells)
        return coverage_page(roster, about=about, required=self._plan.requirements(roster))


def known_to(link: CalendarLink, events: Iterable[Event]) -> list[Event]:
    """Return *events* without those that were cancelled before *link* could show them."""
    made = link.created_at.replace(microsecond=0)  # as publications are: a second is not halved
    # With other choices days off may have come into it only then.
    chosen = link.chosen_at.replace(microsecond=0) if link.chosen_at else made
    found = []
    for event in events:
        since = chosen if event.content.kind == "off" else made
        stamp = event.own if link.kind == "person" else event.shared
        if event.live or stamp.modified >= since:
            found.append(event)
    return found


def _file_name(link: CalendarLink) -> str:
    """Return the name a client may save the calendar by, without its ending."""
    if link.kind == "person":
        return file_names([link.subject])[link.subject].removesuffix(".ics")
    if link.kind == "site":
        return site_file_names([link.subject])[link.subject].removesuffix(".ics")
    return "team"
