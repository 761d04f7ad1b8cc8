"""The store's part that publishes: versions in, versions and calendar events out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..clock import tz_version
from ..errors import StoreError
from ..facts import Facts
from ..publication import Content, Event, Publication, Standing
from ..roster import Roster
from .place import StorePlace
from .records import RosterState, StoredRoster

if TYPE_CHECKING:
    from ..ledger import LedgerEntry
    from .database import Database, StoredCell


class Publishing:
    """What ``Store`` can do about publications."""

    place: StorePlace
    _create: bool

    if TYPE_CHECKING:

        @property
        def _database(self) -> Database: ...

        def _team(self, facts: Facts) -> str | None: ...

    def standing(self, facts: Facts, contents: Sequence[Content] = ()) -> Standing:
        """Return what stands published for the days of *facts*, before *contents* are."""
        if self.place.empty():
            return Standing(facts.first, facts.last)
        from . import publications

        team = self._team(facts)
        return publications.standing(self._database, team, facts.first, facts.last, contents)

    def publish(
        self,
        roster: Roster,
        contents: Sequence[Content],
        *,
        author: str,
        digest: str,
        expects: int,
        message: str = "",
        musts: int = 0,
        entries: Sequence[LedgerEntry] = (),
        uid: str = "",
        at: datetime | None = None,
    ) -> Publication:
        """Publish *roster* as a new version whose calendars say *contents*, all at once or not at
        all.

        *expects* is the number of the newest version its author has seen: if there is a newer one by now,
        raise ``StoreError``. *musts* are those it breaks all the same, *entries* are booked in the ledgers
        with it; *uid* is what they name as their source.
        """
        if not self._create:
            raise StoreError(f"{self.place} was opened for reading only.")
        from . import publications

        now = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        record = recorded(roster, "published", now, digest, uid=uid)
        edition = publications.Edition(
            record, cells_of(roster), contents, author, message, musts, expects, entries
        )
        return publications.publish(self._database, self._team(roster.facts), edition)

    def publications(self, facts: Facts) -> tuple[Publication, ...]:
        """Return every version of the team's, of whatever days, the newest first."""
        if self.place.empty():
            return ()
        from . import publications

        return tuple(publications.publications(self._database, self._team(facts)))

    def publication(self, facts: Facts, number: int | None = None) -> Publication | None:
        """Return the version called *number*, or the newest of the days of *facts*, or None."""
        found = self.publications(facts)
        if number is not None:
            return next((p for p in found if p.number == number), None)
        return next((p for p in found if p.first <= facts.last and p.last >= facts.first), None)

    def drafts(self, facts: Facts) -> tuple[StoredRoster, ...]:
        """Return the drafts of this horizon, the newest first."""
        if self.place.empty():
            return ()
        found = self._database.rosters(team=self._team(facts), first=facts.first, last=facts.last)
        return tuple(r for r in found if r.state == "draft")

    def events(self, facts: Facts, at: datetime, who: str | None = None) -> tuple[Event, ...]:
        """Return the events of the published calendars that files made at *at* may hold, or
        *who*'s.
        """
        if self.place.empty():
            return ()
        from . import publications

        return tuple(publications.recent_events(self._database, self._team(facts), at, who))


def recorded(
    roster: Roster,
    state: RosterState,
    at: datetime,
    digest: str,
    solver: str = "",
    seed: int = 0,
    *,
    uid: str = "",
) -> StoredRoster:
    """Return the record of *roster* as made at the instant *at*, without what a search said of it."""
    return StoredRoster(
        id=0,
        uid=uid or uuid.uuid4().hex,
        team=roster.facts.team.name,
        state=state,
        created_at=at,
        first=roster.facts.first,
        last=roster.facts.last,
        digest=digest,
        tz_version=tz_version(),
        solver_version=solver,
        seed=seed,
        status="",
        seconds=0.0,
        goals=(),
    )


def cells_of(roster: Roster) -> list[StoredCell]:
    """Return the cells of *roster* that have a shift or are pinned, by date and person."""
    cells = sorted({*roster.cells, *roster.pinned}, key=lambda c: (c[1], c[0]))
    return [(*c, roster.cells.get(c), c in roster.pinned) for c in cells]
