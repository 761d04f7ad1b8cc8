"""The store's ledgers: lines are added and read, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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

        with database.at_once():
            people = self._access.people_to_write(facts)
            kept = [replace(entry, person=people.key(entry.person)) for entry in entries]
            ledger_rows.append(database, facts.team.name, kept)

    def entries(self, facts: Facts) -> tuple[LedgerEntry, ...]:
        """Return every line of the team's ledgers in the order of booking, by today's names."""
        database = self._access.to_read()
        if database is None:
            return ()
        from . import ledger_rows

        people = self._access.people(facts)
        kept = ledger_rows.entries(database, self._access.team(facts))
        return tuple(replace(line, person=people.name(line.person)) for line in kept)
