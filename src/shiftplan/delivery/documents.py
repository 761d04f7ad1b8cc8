"""What subscription links show, made from store and plan, and made anew when either changes."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from ..calendars import file_names, person_calendar, site_calendar, site_file_names, team_calendar
from ..calendars.notice import notice
from ..errors import BadInput, ShiftplanError, StoreError
from ..facts import Facts
from ..folder.load import examine
from ..publication import Event
from ..reports.web import coverage_page, nothing_page
from ..roster import Roster
from ..store import Store, open_store
from ..store.links import CalendarLink, digest_of
from ..store.store import WAIT
from .server import Document, DocumentKind

LOG = logging.getLogger("shiftplan.serve")


class _Shown(NamedTuple):
    """What is shown while store, plan and date stay as they are, by the hash of each link's secret."""

    state: object
    documents: Mapping[tuple[DocumentKind, str], Document]


class LinkedDocuments:
    """The documents behind the links of one plan folder."""

    def __init__(self, root: Path, *, wait: float = WAIT) -> None:
        """Read the plan in *root*; raise ``BadInput`` or ``PlanNotFound`` if it is not right.

        *wait* is how many seconds to wait for a locked store.
        """
        self._root = root
        self._store = open_store(root, create=False, wait=wait)
        self._names: frozenset[str] = frozenset()
        self._read, self._facts = _written(root, self._names), self._load()
        self._shown = _Shown(object(), {})
        self._stored = False
        self._making: asyncio.Task[None] | None = None

    async def document(self, what: DocumentKind, secret: str) -> Document | None:
        """Return what the link with *secret* shows, or None if there is no such link, or not any
        more.

        Raise ``StoreError`` or ``OSError`` if that cannot be seen now.
        """
        shown = await self._current()
        return shown.documents.get((what, digest_of(secret)))

    async def healthy(self) -> bool:
        """Say whether documents can be had."""
        try:
            await self._current()
        except (ShiftplanError, OSError) as error:
            LOG.error("not healthy: %s", error)
            return False
        return True

    async def _current(self) -> _Shown:
        """Return what is shown now; all documents are made at once, so none takes longer than
        another.

        Whoever asks while they are made waits for the same making, and for its failure: a store
        that is locked costs everybody one wait, not one after another.
        """
        while self._shown.state != await self._state():
            if self._making is None or self._making.done():
                self._making = asyncio.create_task(self._make())
                self._making.add_done_callback(lambda task: task.cancelled() or task.exception())
            await asyncio.shield(self._making)
        return self._shown

    async def _make(self) -> None:
        state = await self._state()
        documents = await asyncio.to_thread(self._documents)
        before, now = self._shown.documents, datetime.now(UTC)
        self._shown = _Shown(
            state, {key: _since(before.get(key), made, now) for key, made in documents.items()}
        )

    async def _state(self) -> object:
        """Return what tells whether anything changed; raise ``StoreError`` if the store is gone."""
        if self._store.place.path is None:  # a server may take its time
            stored = await asyncio.to_thread(self._store.state)
        else:
            stored = self._store.state()
        if stored is None and self._stored:
            raise StoreError(f"{self._store.place} is gone.", "Bring it back.")
        self._stored = stored is not None
        return stored, _written(self._root, self._names), datetime.now(UTC).date()

    def _documents(self) -> dict[tuple[DocumentKind, str], Document]:
        self._reread()
        with self._store as store:
            facts = store.with_border(self._facts)
            now = datetime.combine(datetime.now(UTC).date(), datetime.min.time(), UTC)
            shelf = _Shelf(store, facts, now)
            live = [f for f in store.feeds(facts) if f.revoked_at is None]
            return {
                ("page" if f.kind == "coverage" else "calendar", f.digest): shelf.document(f)
                for f in live
            }

    def _reread(self) -> None:
        """Take in a changed plan; one that is wrong is told, and the one before stays."""
        written = _written(self._root, self._names)
        if written == self._read:
            return
        try:
            self._facts = self._load()
        except ShiftplanError:
            LOG.warning(
                "the plan folder has problems: what was read before stays ('shiftplan check' tells them)"
            )
        self._read = written

    def _load(self) -> Facts:
        found = examine(self._root)
        self._names |= frozenset(found.files)
        if found.loaded is None:
            raise BadInput(found.problems)
        return found.loaded.plan.facts


def _since(before: Document | None, made: Document, now: datetime) -> Document:
    """Return *made* as modified when its bytes were first shown, in a second of their own.

    Dates in the events would not do: a calendar also changes when old events leave it.
    """
    if before is None:
        return replace(made, modified=now)
    if before.tag == made.tag:
        return replace(made, modified=before.modified)
    return replace(made, modified=max(now, before.modified + timedelta(seconds=1)))


class _Shelf:
    """Documents of one moment."""

    def __init__(self, store: Store, facts: Facts, at: datetime) -> None:
        self._store, self._facts, self._at = store, facts, at
        self._events = store.events(facts, at)
        self._by_person: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self._events:
            self._by_person[event.content.who].append(event)

    def document(self, feed: CalendarLink) -> Document:
        """Return what *feed* shows."""
        if feed.kind == "coverage":
            return Document(self._coverage().encode(), self._at, "coverage")
        try:
            body = self._calendar(feed)
        except (
            KeyError
        ):  # nothing was published yet: an empty calendar would make some clients give up
            body = notice(self._facts, feed.subject, feed.created_at)
        return Document(body, self._at, self._file(feed))

    def _calendar(self, feed: CalendarLink) -> bytes:
        team = self._facts.team.name
        if feed.kind == "person":
            return person_calendar(
                self._by_person.get(feed.subject, ()), feed.subject, team=team, at=self._at
            )
        if feed.kind == "site":
            return site_calendar(self._events, feed.subject, team=team, at=self._at)
        return team_calendar(self._events, team=team, at=self._at)

    def _file(self, feed: CalendarLink) -> str:
        if feed.kind == "person":
            return file_names([feed.subject])[feed.subject].removesuffix(".ics")
        if feed.kind == "site":
            return site_file_names([feed.subject])[feed.subject].removesuffix(".ics")
        return "team"

    def _coverage(self) -> str:
        version = self._store.publication(self._facts)
        if version is None:
            return nothing_page(self._facts)
        roster = self._store.roster(version.roster_id, self._facts, strict=False)
        about = f"version {version.number}, published {version.published_at:%Y-%m-%d %H:%M} UTC"
        return coverage_page(Roster(self._facts, roster.cells), about=about)


def _written(root: Path, names: Iterable[str]) -> tuple[tuple[str, int, int], ...]:
    """Return what tells that a file of the plan folder was written: names, times and sizes.

    *names* are files known to belong to it, which may lie in folders of its own.
    """
    found = []
    for path in sorted({*root.glob("*.toml"), *root.glob("*.csv"), *(root / n for n in names)}):
        try:
            known = path.stat()
        except FileNotFoundError:  # an editor puts the new file in the place of the old one
            continue
        found.append((str(path), known.st_mtime_ns, known.st_size))
    return tuple(found)
