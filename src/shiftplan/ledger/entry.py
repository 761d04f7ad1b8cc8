"""One line of a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntryKind = Literal["earn", "use", "expire", "cash-out", "carry", "adjust"]

OPENING = "opening"
"""The source of what people brought along before the ledger began."""


@dataclass(frozen=True)
class LedgerEntry:
    """One line of a ledger. *amount* adds to the balance: minutes of leave, hundredths of points."""

    account: str
    """``pto``, ``sick``, ``lieu``, ``fairness:night`` ..."""
    person: str
    day: date
    event: EntryKind
    amount: int
    reason: str
    source: str = ""
    """What it was booked for, such as a roster's uid; a source is booked once for each account."""
    expires: date | None = None
