"""The store as the rest of the program sees it: one object that has its parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from . import fingerprint
from .access import StoreAccess
from .ledger import LedgerStore
from .links import LinkStore
from .place import StorePlace, place_of
from .publications import PublicationStore
from .record import PlanRecord
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
        self.record = PlanRecord(self._access, self.rosters, self.ledger)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._access.close()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let nobody else write to the store until the block ends.

        What is read in it stays so until it is written on, and all that is written in it is kept
        whole or not at all. Raise ``StoreError`` if somebody else goes on writing for too long.
        """
        with self._access.to_write().at_once():
            yield

    def examine(self) -> None:
        """Raise ``StoreError`` if the database cannot be read, or not all of it."""
        database = self._access.to_read()
        if database is not None:
            database.examine()

    def fingerprint(self) -> object:
        """Return a value that is another after every change of the store, cheaply.

        It is None while there is no file. Raise ``StoreError`` if the file cannot be read.
        """
        if self.place.path is None:
            return self._access.database.counts()
        return fingerprint.of_file(self.place.path)
