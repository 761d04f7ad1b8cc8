"""The tables of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, String, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA = 3
"""Version of these tables. A program refuses a store written by a newer one, and completes an older
one, with the first thing it writes.

Version 2 added ledgers and what was published, version 3 the numbers of ledger lines, what
links show, and who people are whatever their names.
"""


ONCE = "ledger_once"
"""The index that refuses to book the same twice."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite has no zones of its own."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Drop the zone after moving to UTC."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put UTC back."""
        return value.replace(tzinfo=UTC) if value else None


class Table(DeclarativeBase):
    """What every table has in common."""


class MetaRow(Table):
    """What the program notes about the store itself."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]


class RosterRow(Table):
    """One roster: its horizon, its inputs and what the search reported of it."""

    __tablename__ = "rosters"
    __table_args__ = (Index("rosters_by_horizon", "last", "first"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    team: Mapped[str]
    state: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(Instant)
    first: Mapped[date]
    last: Mapped[date]
    weeks: Mapped[int]
    digest: Mapped[str]
    tz_version: Mapped[str]
    solver_version: Mapped[str]
    seed: Mapped[int]
    status: Mapped[str]
    seconds: Mapped[float]
    goals: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """``name``, ``cost`` and ``bound`` of each goal, in order."""


class CellRow(Table):
    """One cell of a roster: a shift, or a day off that is pinned."""

    __tablename__ = "cells"

    roster_id: Mapped[int] = mapped_column(
        ForeignKey("rosters.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(primary_key=True)
    date: Mapped[date] = mapped_column(primary_key=True)
    code: Mapped[str | None]
    """None is a day off."""
    pinned: Mapped[bool]


class LedgerRow(Table):
    """One line of an append-only ledger: never changed, never removed; another line corrects it."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index("ledger_by_account", "team", "account", "person"),
        Index(
            ONCE,
            *("team", "account", "person", "day", "event", "source", "number"),
            text("coalesce(expires, '0001-01-01')"),  # one NULL is not as good as another
            unique=True,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str]
    account: Mapped[str] = mapped_column(String(60))
    person: Mapped[str]
    day: Mapped[date]
    event: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int]
    expires: Mapped[date | None]
    source: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
    number: Mapped[int] = mapped_column(default=1, server_default="1", deferred=True)
    """Which it is of the lines that are the same but for amount and reason, counted from 1.

    Only corrections have more than one; stores of version 2 have no such column yet.
    """
