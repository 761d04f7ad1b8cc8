"""Opening balances of leave: what people had before the ledger began, by the plan's table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..facts import Facts, LeaveBalance
from .entry import OPENING, LedgerEntry


def opening_lines(facts: Facts, who: str, booked: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Return the lines that bring the ledger of *who* to what the table of balances begins with."""
    have: dict[tuple[str, date | None], int] = {}
    for line in booked:
        if line.source == OPENING:
            key = line.account, line.expires
            have[key] = have.get(key, 0) + line.amount

    found: list[LedgerEntry] = []
    for row in facts.leave_balances:
        if row.person == who:
            known = have.get((row.account, row.last_day))
            found += _line(row, known)
    return found


def _line(row: LeaveBalance, known: int | None) -> list[LedgerEntry]:
    """Return the line that brings what is *known*, None if nothing is, to the balance of *row*."""
    account, who, day, expires = row.account, row.person, row.date, row.last_day
    if known is None:
        if not row.balance:
            return []
        reason = "opening balance"
        return [LedgerEntry(account, who, day, "carry", row.balance, reason, OPENING, expires)]
    if row.balance == known:
        return []
    reason = "the table of balances was changed"
    amount = row.balance - known
    return [LedgerEntry(account, who, day, "adjust", amount, reason, OPENING, expires)]
