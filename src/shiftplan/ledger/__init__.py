"""What the team owes its people and they the team: lines that are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence

from ..plan import Plan
from ..roster import Roster
from . import fairness, leave
from .entry import OPENING, EntryKind, LedgerEntry

__all__ = ["OPENING", "EntryKind", "LedgerEntry", "book"]


def book(
    plan: Plan, roster: Roster, entries: Sequence[LedgerEntry], source: str
) -> list[LedgerEntry]:
    """Return the lines to append for *roster* when it is published, given all the *entries* there
    are.

    *source* names it, as its uid in the store does. Leave earned and used, days in lieu and points
    of fairness are booked for its days. Booked a second time it adds nothing, and another roster
    for the same days adds lines that correct what was booked for them.
    """
    return [
        *leave.book(plan, roster, entries, source),
        *fairness.book(plan, roster, entries, source),
    ]
