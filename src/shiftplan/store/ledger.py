"""Ledgers in the database: lines are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from ..ledger import LedgerEntry
from .tables import LedgerRow

if TYPE_CHECKING:
    from .database import Database

LEDGERS = 2
"""Version of the tables from which on there are ledgers."""


def append(database: Database, team: str, entries: Iterable[LedgerEntry]) -> None:
    """Add *entries*, all of them or none."""
    now = datetime.now(UTC)
    with database.writing() as session:
        session.add_all(LedgerRow(team=team, created_at=now, **asdict(entry)) for entry in entries)


def entries(database: Database, team: str | None = None) -> Sequence[LedgerEntry]:
    """Return every line in the order of booking; of *team* alone if it is given."""
    wanted = select(LedgerRow).order_by(LedgerRow.id)
    if team is not None:
        wanted = wanted.where(LedgerRow.team == team)
    with database.reading(LEDGERS) as session:
        rows = session.scalars(wanted) if session else ()
        return [
            LedgerEntry(**{f.name: getattr(row, f.name) for f in fields(LedgerEntry)})
            for row in rows
        ]
