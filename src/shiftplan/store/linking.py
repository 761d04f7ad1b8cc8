"""The store's part that keeps subscription links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import StoreError
from ..facts import Facts
from .place import Place

if TYPE_CHECKING:
    from .database import Database
    from .feeds import Feed, FeedKind

_CHANGES = slice(24, 28)
"""Where the head of an SQLite file counts the transactions that changed it (file format, §1.3)."""


class Linking:
    """What ``Store`` can do about links."""

    place: Place
    _create: bool

    if TYPE_CHECKING:

        @property
        def _database(self) -> Database: ...

        def _team(self, facts: Facts) -> str | None: ...

    def make_feed(self, facts: Facts, kind: FeedKind, subject: str = "") -> tuple[Feed, str]:
        """Make a link of a *kind* to the calendar of *subject*; return it with its secret, told this once."""
        self._to_write()
        from . import feeds

        return feeds.make(self._database, facts.team.name, kind, subject)

    def feeds(self, facts: Facts) -> tuple[Feed, ...]:
        """Return every link of the team in the order they were made, revoked ones too."""
        if self.place.empty():
            return ()
        from . import feeds

        return tuple(feeds.feeds(self._database, self._team(facts)))

    def revoke_feeds(self, ids: Iterable[int]) -> None:
        """Revoke the links numbered *ids*: from now on they lead nowhere."""
        self._to_write()
        from . import feeds

        feeds.revoke(self._database, list(ids))

    def state(self) -> object:
        """Return a value that is another after every change of the store, as cheaply as can be had.

        Raise ``StoreError`` if the file cannot be read.
        """
        path = self.place.path
        if path is None:
            return self._database.counts()
        try:
            with path.open("rb") as file:
                return file.read(_CHANGES.stop)[_CHANGES], path.stat().st_ino
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.place} cannot be read: {error.strerror}.") from None

    def _to_write(self) -> None:
        if not self._create:
            raise StoreError(f"{self.place} was opened for reading only.")
