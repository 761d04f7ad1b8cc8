"""What calendar links show, made from store and plan, and made anew when either changes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from ..errors import ShiftplanError, StoreError
from ..store import CalendarLink, open_plan, open_store
from ..store.calendar_link import digest_of
from ..store.store import WAIT
from .plan_folder import WatchedFolder
from .rendering import LinkRenderer
from .server import Document, DocumentKind

LOG = logging.getLogger("shiftplan.serve")

Documents = Mapping[tuple[DocumentKind, str], Document]
"""Every document there is, by its kind and the hash of the secret in its link."""


class _Shown(NamedTuple):
    """What is shown while store, plan and date stay in this *state*."""

    state: object
    documents: Documents


class LinkedDocuments:
    """The documents behind the calendar links of one plan folder."""

    def __init__(self, root: Path, *, wait: float = WAIT) -> None:
        """Read the plan in *root*; raise ``BadInput`` or ``PlanNotFound`` if it is not right.

        *wait* is how many seconds to wait for a locked store.
        """
        self._folder = WatchedFolder(root)
        self._store = open_store(root, create=False, wait=wait)
        self._store_was_there = False
        self._shown = _Shown(object(), {})
        self._making: asyncio.Task[None] | None = None

    async def document(self, what: DocumentKind, secret: str) -> Document | None:
        """Return what the link with *secret* shows; None if there is no such link, or no longer.

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

    # -- making ----------------------------------------------------------------------------------

    async def _current(self) -> _Shown:
        """Return what is shown now.

        All documents are made at once, so none takes longer than another. Whoever asks while they
        are made waits for the same making, and for its failure: a store that is locked costs
        everybody one wait, not one after another.
        """
        while self._shown.state != await self._state():
            if self._making is None or self._making.done():
                self._making = asyncio.create_task(self._make())
                self._making.add_done_callback(_look_at_failure)
            # Shielded: one client who hangs up does not take the making from the others.
            await asyncio.shield(self._making)
        return self._shown

    async def _make(self) -> None:
        # The state is taken first: what is written during the making makes it begin again.
        state = await self._state()
        made = await asyncio.to_thread(self._documents)
        now = datetime.now(UTC)
        before = self._shown.documents
        dated = {key: _dated(new, before.get(key), now) for key, new in made.items()}
        self._shown = _Shown(state, dated)

    async def _state(self) -> object:
        """Return a value that is another once anything changed.

        Raise ``StoreError`` if the store is gone.
        """
        if self._store.place.path is None:
            # A database server may take its time, and others are served meanwhile.
            stored = await asyncio.to_thread(self._store.fingerprint)
        else:
            stored = self._store.fingerprint()
        if stored is None and self._store_was_there:
            raise StoreError(f"{self._store.place} is gone.", "Bring it back.")
        self._store_was_there = stored is not None
        # What is long over leaves the calendars, so they change with the date too.
        return stored, self._folder.written(), datetime.now(UTC).date()

    def _documents(self) -> Documents:
        """Return every document, dated the beginning of this day."""
        self._folder.reread()
        today = datetime.now(UTC).date()
        midnight = datetime.combine(today, datetime.min.time(), UTC)
        with self._store as store:
            plan = open_plan(self._folder.loaded, store).plan
            renderer = LinkRenderer(store, plan, midnight)
            return {_key(link): renderer.document(link) for link in store.links.live(plan.facts)}


def _key(link: CalendarLink) -> tuple[DocumentKind, str]:
    return ("page" if link.kind == "coverage" else "calendar", link.digest)


def _look_at_failure(task: asyncio.Task[None]) -> None:
    """Take note of how *task* ended, lest asyncio report a failure nobody waited for."""
    if not task.cancelled():
        task.exception()


def _dated(made: Document, before: Document | None, now: datetime) -> Document:
    """Return *made* as modified when its bytes were first shown, in a second of their own.

    Dates in the events would not do: a calendar also changes when old events leave it.
    """
    if before is None:
        return replace(made, modified=now)
    if before.tag == made.tag:
        return replace(made, modified=before.modified)
    # Clients compare whole seconds: two states within one second would look the same to them.
    return replace(made, modified=max(now, before.modified + timedelta(seconds=1)))
