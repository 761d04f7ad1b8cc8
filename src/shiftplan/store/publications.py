"""The store's publications: versions in, versions and calendar events out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..facts import Facts
from ..ledger import LedgerEntry
from ..publication import Content, Event, Publication, Standing
from ..roster import Roster
from .access import StoreAccess
from .records import cells_of, record_of


class PublicationStore:
    """Every version that was published, and the events of the calendars that follow them."""

    def __init__(self, access: StoreAccess) -> None:
        self._access = access

    # -- publishing ------------------------------------------------------------------------------

    def standing(self, facts: Facts, contents: Sequence[Content] = ()) -> Standing:
        """Return what stands published for the days of *facts*, before *contents* are."""
        database = self._access.to_read()
        if database is None:
            return Standing(facts.first, facts.last)
        from . import publication_rows

        team, whose = self._access.team(facts), self._access.people(facts).whose
        return publication_rows.standing(database, team, facts.first, facts.last, contents, whose)

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
        """Publish *roster* as a new version whose calendars say *contents*, whole or not at all.

        *expects* is the number of the newest version its author has seen: if there is a newer one
        by now, raise ``StoreError``. *musts* counts the hard rules it breaks all the same,
        *entries* are booked in the ledgers with it; *uid* is what they name as their source.
        """
        database = self._access.to_write()
        from . import publication_rows

        now = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        with database.at_once():
            people = self._access.people_to_write(roster.facts)
            edition = publication_rows.Edition(
                roster=record_of(roster, "published", now, digest, uid=uid),
                cells=cells_of(roster, people.key),
                contents=contents,
                author=author,
                message=message,
                musts=musts,
                expects=expects,
                entries=[replace(entry, person=people.key(entry.person)) for entry in entries],
                whose=people.whose,
            )
            return publication_rows.publish(database, self._access.team(roster.facts), edition)

    def note_people(self, facts: Facts) -> None:
        """Note who the people of *facts* are on record, as publishing does."""
        self._access.people_to_write(facts)

    # -- versions --------------------------------------------------------------------------------

    def all(self, facts: Facts) -> tuple[Publication, ...]:
        """Return every version of the team's, of whatever days, the newest first."""
        database = self._access.to_read()
        if database is None:
            return ()
        from . import publication_rows

        whose = self._access.people(facts).whose
        found = publication_rows.publications(database, self._access.team(facts))
        return tuple(_by_key(version, whose) for version in found)

    def newest(self, facts: Facts) -> Publication | None:
        """Return the newest version that has any of the days of *facts*, or None."""
        for version in self.all(facts):
            if version.first <= facts.last and version.last >= facts.first:
                return version
        return None

    def numbered(self, facts: Facts, number: int) -> Publication | None:
        """Return the version of that *number*, of whatever days, or None."""
        return next((p for p in self.all(facts) if p.number == number), None)

    # -- events ----------------------------------------------------------------------------------

    def events(self, facts: Facts, at: datetime, who: str | None = None) -> tuple[Event, ...]:
        """Return the events that calendars made at the instant *at* may hold, or *who*'s alone."""
        database = self._access.to_read()
        if database is None:
            return ()
        from . import publication_rows

        team, people = self._access.team(facts), self._access.people(facts)
        kept = people.kept(who) if who is not None else None
        return tuple(publication_rows.recent_events(database, team, at, kept, people.whose))


def _by_key(version: Publication, whose: Callable[[str], str]) -> Publication:
    """Return *version* with the keys of people who were kept by a name when it was made."""
    shifts = []
    for shift in version.shifts:
        key = whose(shift.key)
        shifts.append(shift if key == shift.key else replace(shift, person=key))
    return replace(version, shifts=tuple(shifts))
