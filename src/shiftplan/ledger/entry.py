"""One line of a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntryKind = Literal["earn", "use", "expire", "cash-out", "carry", "adjust"]

ACCOUNTS = ("pto", "sick", "lieu")
"""Accounts of leave, in minutes; a line of the leave table with one of these kinds uses it."""

PREFIX = "fairness:"
"""What accounts of points begin with; what is counted follows, as in ``fairness:weekend``."""

OPENING = "opening"
"""The source of opening balances: what people had before the ledger began."""


@dataclass(frozen=True)
class LedgerEntry:
    """One line. *amount* adds to the balance: minutes of leave, hundredths of points."""

    account: str
    """``pto``, ``sick``, ``lieu``, ``fairness:night`` ..."""
    person: str
    day: date
    event: EntryKind
    amount: int
    reason: str
    source: str = ""
    """What it was booked for, such as a roster's uid; one source is booked once for each account.
    """
    expires: date | None = None
