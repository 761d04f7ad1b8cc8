"""Ledger lines in the database: they are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime

from sqlalchemy import select

from ..ledger import LedgerEntry
from .database import Database
from .tables import LedgerRow

LEDGERS = 2
"""Version of the tables from which on there are ledgers."""


def append(database: Database, team: str, entries: Iterable[LedgerEntry]) -> None:
    """Add *entries*, all of them or none."""
    now = datetime.now(UTC)
    with database.writing() as session:
        session.add_all(row_of(entry, team, now) for entry in entries)


def row_of(entry: LedgerEntry, team: str, now: datetime) -> LedgerRow:
    """Return the row of *entry* as it is booked *now*."""
    return LedgerRow(team=team, created_at=now, **asdict(entry))


def entries(database: Database, team: str | None = None) -> list[LedgerEntry]:
    """Return every line in the order of booking; of *team* alone if it is given."""
    wanted = select(LedgerRow).order_by(LedgerRow.id)
    if team is not None:
        wanted = wanted.where(LedgerRow.team == team)
    with database.reading(LEDGERS) as session:
        return [_entry(row) for row in session.scalars(wanted)] if session else []


def _entry(row: LedgerRow) -> LedgerEntry:
    return LedgerEntry(**{f.name: getattr(row, f.name) for f in fields(LedgerEntry)})
