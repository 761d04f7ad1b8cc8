"""Ledger lines in the database: they are added, never changed, and none is booked twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..errors import StoreError
from ..ledger import LedgerEntry
from .database import Database
from .tables import ONCE, LedgerRow

LEDGERS = 2
"""Version of the tables from which on there are ledgers."""

_ONCE = ("account", "person", "day", "event", "source", "expires")
"""What two lines of one booking never have in common, but for corrections."""


def append(
    database: Database, team: str, entries: Iterable[LedgerEntry], at: datetime | None = None
) -> None:
    """Add *entries*, booked at the instant *at* or else now, all of them or none.

    Raise ``StoreError`` if one of them was booked before. Corrections may repeat each other: what
    is corrected and corrected back may have to be corrected once more.
    """
    now = at or datetime.now(UTC)
    with database.writing() as session:
        for entry in entries:
            number = _corrections(session, team, entry) + 1 if entry.event == "adjust" else 1
            session.add(LedgerRow(team=team, created_at=now, number=number, **asdict(entry)))
        try:
            session.flush()
        except IntegrityError as error:
            if ONCE not in str(error.orig):
                raise
            raise StoreError(
                "Somebody else has booked the same meanwhile.",
                "Book again; what is booked already is left out.",
            ) from None


def _corrections(session: Session, team: str, entry: LedgerEntry) -> int:
    """Return how many lines there are that are the same as *entry* but for amount and reason."""
    wanted = select(func.count(LedgerRow.id)).where(LedgerRow.team == team)
    for name in _ONCE:
        column, value = getattr(LedgerRow, name), getattr(entry, name)
        wanted = wanted.where(column.is_(None) if value is None else column == value)
    return session.scalar(wanted) or 0


def entries(database: Database, team: str | None = None) -> list[LedgerEntry]:
    """Return every line in the order of booking; of *team* alone if it is given."""
    wanted = select(LedgerRow).order_by(LedgerRow.id)
    if team is not None:
        wanted = wanted.where(LedgerRow.team == team)
    with database.reading(LEDGERS) as session:
        return [_entry(row) for row in session.scalars(wanted)] if session else []


def _entry(row: LedgerRow) -> LedgerEntry:
    return LedgerEntry(**{f.name: getattr(row, f.name) for f in fields(LedgerEntry)})
