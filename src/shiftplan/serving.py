"""What subscription links show, made from store and plan, and made anew when either changes."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from .calendars import file_names, person_calendar, site_calendar, site_file_names, team_calendar
from .calendars.notice import notice
from .calendars.server import Document, What
from .errors import ShiftplanError
from .facts import Facts
from .folder import load
from .publication import Event
from .reports.web import coverage_page, nothing_page
from .roster import Roster
from .store import Store, open_store
from .store.feeds import Feed, digest_of

LOG = logging.getLogger("shiftplan.serve")


class _Shown(NamedTuple):
    """What is shown while store, plan and date stay as they are, by the hash of each link's secret."""

    state: object
    documents: Mapping[tuple[What, str], Document]


class Links:
    """The documents behind the links of one plan folder."""

    def __init__(self, root: Path) -> None:
        """Read the plan in *root*; raise ``BadInput`` or ``PlanNotFound`` if it is not right."""
        self._root = root
        self._store = open_store(root, create=False)
        self._facts, self._read = load(root).plan.facts, _written(root)
        self._shown = _Shown(object(), {})
        self._making = asyncio.Lock()

    async def document(self, what: What, secret: str) -> Document | None:
        """Return what the link with *secret* shows, or None if there is no such link, or not any more."""
        shown = await self._current()
        return shown.documents.get((what, digest_of(secret)))

    async def healthy(self) -> bool:
        """Say whether documents can be had."""
        try:
            await self._current()
        except Exception as error:
            LOG.error("not healthy: %s", type(error).__name__)
            return False
        return True

    async def _current(self) -> _Shown:
        """Return what is shown now; all documents are made at once, so none takes longer than another."""
        if self._shown.state != self._state():
            async with self._making:
                state = self._state()
                if self._shown.state != state:
                    documents = await asyncio.to_thread(self._documents)
                    self._shown = _Shown(state, documents)
        return self._shown

    def _state(self) -> object:
        return self._store.state(), _written(self._root), datetime.now(UTC).date()

    def _documents(self) -> dict[tuple[What, str], Document]:
        self._reread()
        with self._store as store:
            facts = store.with_border(self._facts)
            now = datetime.combine(datetime.now(UTC).date(), datetime.min.time(), UTC)
            shelf = _Shelf(store, facts, now)
            live = [f for f in store.feeds(facts) if f.revoked_at is None]
            return {
                ("page" if f.kind == "coverage" else "calendar", f.digest): shelf.document(f) for f in live
            }

    def _reread(self) -> None:
        """Take in a changed plan; one that is wrong is told, and the one before stays."""
        written = _written(self._root)
        if written == self._read:
            return
        try:
            self._facts = load(self._root).plan.facts
        except ShiftplanError:
            LOG.warning(
                "the plan folder has problems: what was read before stays ('shiftplan check' tells them)"
            )
        self._read = written


class _Shelf:
    """Documents of one moment."""

    def __init__(self, store: Store, facts: Facts, at: datetime) -> None:
        self._store, self._facts, self._at = store, facts, at
        self._events = store.events(facts, at)
        self._by_person: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self._events:
            self._by_person[event.content.who].append(event)

    def document(self, feed: Feed) -> Document:
        """Return what *feed* shows."""
        if feed.kind == "coverage":
            return self._coverage(feed)
        try:
            body, changed = self._calendar(feed)
        except KeyError:  # nothing was published yet: an empty calendar would make some clients give up
            body, changed = notice(self._facts, feed.subject, feed.created_at), [feed.created_at]
        return Document(body, max(changed), self._file(feed))

    def _calendar(self, feed: Feed) -> tuple[bytes, list[datetime]]:
        team = self._facts.team.name
        if feed.kind == "person":
            own = self._by_person.get(feed.subject, [])
            return person_calendar(own, feed.subject, team=team, at=self._at), [e.own.modified for e in own]
        changed = [e.shared.modified for e in self._events]
        if feed.kind == "site":
            return site_calendar(self._events, feed.subject, team=team, at=self._at), changed
        return team_calendar(self._events, team=team, at=self._at), changed

    def _file(self, feed: Feed) -> str:
        if feed.kind == "person":
            return file_names([feed.subject])[feed.subject].removesuffix(".ics")
        if feed.kind == "site":
            return site_file_names([feed.subject])[feed.subject].removesuffix(".ics")
        return "team"

    def _coverage(self, feed: Feed) -> Document:
        version = self._store.publication(self._facts)
        if version is None:
            page, changed = nothing_page(self._facts), feed.created_at
        else:
            roster = self._store.roster(version.roster_id, self._facts, strict=False)
            about = f"version {version.number}, published {version.published_at:%Y-%m-%d %H:%M} UTC"
            page, changed = (
                coverage_page(Roster(self._facts, roster.cells), about=about),
                version.published_at,
            )
        return Document(page.encode(), changed, "coverage")


def _written(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells that a file of the plan folder was written: names, times and sizes."""
    found = []
    for path in sorted(root.iterdir()):
        if path.suffix in (".toml", ".csv"):
            found.append((path.name, path.stat().st_mtime_ns, path.stat().st_size))
    return tuple(found)
