"""The newest roster booked in the ledgers, whatever else is going on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .. import ledger
from ..errors import ShiftplanError
from ..facts import Facts
from ..folder import Loaded
from ..ledger import LedgerEntry
from ..store import Store, StoredRoster, open_plan


class Booked(NamedTuple):
    """A roster on record, and the lines that booking it added."""

    roster: StoredRoster
    lines: Sequence[LedgerEntry]


def book_newest(store: Store, loaded: Loaded) -> Booked:
    """Book the newest roster of the plan's days, the published one or else a draft.

    Whoever books or publishes at the same time comes before or after, so nothing is booked twice.
    Raise ``ShiftplanError`` if there is no roster of these days yet.
    """
    # Looked for first, so that nothing is made where there is nothing to book.
    _newest(store, loaded.plan.facts)
    with store.at_once():
        plan = open_plan(loaded, store).plan
        stored = _newest(store, plan.facts)
        roster = store.rosters.roster(stored.id, plan.facts)
        lines = ledger.book(plan, roster, store.ledger.entries(plan.facts), stored.uid)
        store.ledger.append(plan.facts, lines)
    return Booked(stored, lines)


def _newest(store: Store, facts: Facts) -> StoredRoster:
    # What people really worked is what was published, even if there are newer drafts.
    found = store.rosters.published(facts) or store.rosters.latest(facts)
    if found is None:
        raise ShiftplanError(
            f"There is no roster from {facts.first} to {facts.last} in {store.place} yet.",
            "Run 'shiftplan solve' first.",
        )
    return found
