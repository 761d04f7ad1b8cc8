"""What each calendar link shows at one moment."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from ..calendars import file_names, person_calendar, site_calendar, site_file_names, team_calendar
from ..calendars.notice import notice
from ..plan import Plan
from ..publication import Event
from ..reports.web import coverage_page, nothing_page
from ..roster import Roster
from ..store import CalendarLink, Store
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
            self._by_person[event.content.who].append(event)

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
        team = self._facts.team.name
        if link.kind == "person":
            theirs = self._by_person.get(link.subject, ())
            return person_calendar(theirs, link.subject, team=team, at=self._at)
        if link.kind == "site":
            return site_calendar(self._events, link.subject, team=team, at=self._at)
        return team_calendar(self._events, team=team, at=self._at)

    def _coverage(self) -> str:
        version = self._store.publications.newest(self._facts)
        if version is None:
            return nothing_page(self._facts)
        # The plan may have changed since: what it no longer knows is left out of the page.
        stored = self._store.rosters.roster(version.roster_id, self._facts, strict=False)
        about = f"version {version.number}, published {version.published_at:%Y-%m-%d %H:%M} UTC"
        roster = Roster(self._facts, stored.cells)
        return coverage_page(roster, about=about, required=self._plan.requirements(roster))


def _file_name(link: CalendarLink) -> str:
    """Return the name a client may save the calendar by, without its ending."""
    if link.kind == "person":
        return file_names([link.subject])[link.subject].removesuffix(".ics")
    if link.kind == "site":
        return site_file_names([link.subject])[link.subject].removesuffix(".ics")
    return "team"
