"""The store's part that keeps subscription links."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import StoreError
from ..facts import Facts
from .place import StorePlace

if TYPE_CHECKING:
    from .database import Database
    from .links import CalendarLink, LinkKind

_CHANGES = slice(24, 28)
"""Where the head of an SQLite file counts the transactions that changed it (file format, §1.3)."""


def _ahead(path: Path) -> tuple[int, int] | None:
    """Return time and size of the write-ahead log, which holds changes where somebody has turned it
    on.
    """
    try:
        found = path.with_name(f"{path.name}-wal").stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


class Linking:
    """What ``Store`` can do about links."""

    place: StorePlace
    _create: bool

    if TYPE_CHECKING:

        @property
        def _database(self) -> Database: ...

        def _team(self, facts: Facts) -> str | None: ...

    def make_feeds(
        self, facts: Facts, wanted: Iterable[tuple[LinkKind, str]], revoke: Iterable[int] = ()
    ) -> list[tuple[CalendarLink, str]]:
        """Make links of a kind to the calendar of a subject; return each with its secret, told this
        once.

        Those numbered *revoke* lead nowhere from then on. All of it happens, or nothing.
        """
        self._to_write()
        from . import links as feeds

        return feeds.make(self._database, facts.team.name, wanted, list(revoke))

    def feeds(self, facts: Facts) -> tuple[CalendarLink, ...]:
        """Return every link of the team in the order they were made, revoked ones too."""
        if self.place.empty():
            return ()
        from . import links as feeds

        return tuple(feeds.feeds(self._database, self._team(facts)))

    def state(self) -> object:
        """Return a value that is another after every change of the store, as cheaply as can be had.

        It is None while there is no file. Raise ``StoreError`` if the file cannot be read.
        """
        path = self.place.path
        if path is None:
            return self._database.counts()
        try:
            with path.open("rb") as file:
                found = os.fstat(file.fileno())
                return (
                    file.read(_CHANGES.stop)[_CHANGES],
                    found.st_ino,
                    found.st_mtime_ns,
                    _ahead(path),
                )
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.place} cannot be read: {error.strerror}.") from None

    def _to_write(self) -> None:
        if not self._create:
            raise StoreError(f"{self.place} was opened for reading only.")
