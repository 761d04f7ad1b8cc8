"""The store as the rest of the program sees it: one object that has its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..facts import Facts
from ..ledger import LedgerEntry
from ..plan.result import Result
from ..publication import Content, Publication, Standing
from ..roster import Roster
from . import fingerprint
from .access import StoreAccess
from .calendar_link import CalendarLink, LinkKind
from .ledger import LedgerStore
from .links import LinkStore
from .place import StorePlace, place_of
from .publications import PublicationStore
from .record import PlanRecord
from .records import StoredRoster
from .rosters import RosterStore

WAIT = 5.0
"""Seconds to wait for another program to finish writing."""


def open_store(root: Path, create: bool = True, *, wait: float = WAIT) -> Store:
    """Open the store of the plan folder *root*, to read and, with *create*, to save.

    Nothing is made before the first save: reading a folder without a store finds no rosters.
    Everything a store does raises ``StoreError`` if the database is locked, damaged, newer than
    this program or not to be reached.
    """
    return Store(place_of(root), create=create, wait=wait)


class Store:
    """What one team has on record. Use it in a ``with`` block."""

    place: StorePlace
    rosters: RosterStore
    publications: PublicationStore
    ledger: LedgerStore
    links: LinkStore
    record: PlanRecord

    def __init__(self, place: StorePlace, *, create: bool = True, wait: float = WAIT) -> None:
        self.place = place
        self._access = StoreAccess(place, create=create, wait=wait)
        self.rosters = RosterStore(self._access)
        self.publications = PublicationStore(self._access)
        self.ledger = LedgerStore(self._access)
        self.links = LinkStore(self._access)
        self.record = PlanRecord(self.rosters, self.ledger)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._access.close()

    def fingerprint(self) -> object:
        """Return a value that is another after every change of the store, cheaply.

        It is None while there is no file. Raise ``StoreError`` if the file cannot be read.
        """
        if self.place.path is None:
            return self._access.database.counts()
        return fingerprint.of_file(self.place.path)

    # -- until the session calls the parts ---------------------------------------------------------

    def save_draft(
        self, made: Result | Roster, *, digest: str, solver: str = "", seed: int = 0
    ) -> StoredRoster:
        return self.rosters.save_draft(made, digest=digest, solver=solver, seed=seed)

    def list_rosters(self) -> tuple[StoredRoster, ...]:
        return self.rosters.all()

    def latest(self, facts: Facts) -> StoredRoster | None:
        return self.rosters.latest(facts)

    def roster(self, id: int, facts: Facts, *, strict: bool = True) -> Roster:
        return self.rosters.roster(id, facts, strict=strict)

    def give_name(self, id: int, name: str) -> None:
        self.rosters.give_name(id, name)

    def names(self) -> Mapping[int, str]:
        return self.rosters.names()

    def with_border(self, facts: Facts) -> Facts:
        return self.record.added_to(facts)

    def feeds(self, facts: Facts) -> tuple[CalendarLink, ...]:
        return self.links.all(facts)

    def make_feeds(
        self, facts: Facts, wanted: Iterable[tuple[LinkKind, str]], revoke: Iterable[int] = ()
    ) -> list[tuple[CalendarLink, str]]:
        return self.links.make(facts, wanted, revoke)

    def publish(self, roster: Roster, contents: Sequence[Content], **more: Any) -> Publication:
        return self.publications.publish(roster, contents, **more)

    def standing(self, facts: Facts, contents: Sequence[Content] = ()) -> Standing:
        return self.publications.standing(facts, contents)

    def entries(self, facts: Facts) -> tuple[LedgerEntry, ...]:
        return self.ledger.entries(facts)
