"""The store's ledgers: lines are added and read, never changed."""

from __future__ import annotations

from collections.abc import Iterable

from ..facts import Facts
from ..ledger import LedgerEntry
from .access import StoreAccess


class LedgerStore:
    """Every line that was ever booked for the team."""

    def __init__(self, access: StoreAccess) -> None:
        self._access = access

    def append(self, facts: Facts, entries: Iterable[LedgerEntry]) -> None:
        """Book *entries* in the ledgers of the team, all of them or none.

        Decide on them in a block of ``Store.at_once``. Raise ``StoreError`` if one of them was
        booked before.
        """
        database = self._access.to_write()
        from . import ledger_rows

        ledger_rows.append(database, facts.team.name, entries)

    def entries(self, facts: Facts) -> tuple[LedgerEntry, ...]:
        """Return every line of the team's ledgers in the order of booking."""
        database = self._access.to_read()
        if database is None:
            return ()
        from . import ledger_rows

        return tuple(ledger_rows.entries(database, self._access.team(facts)))
