"""The tables of what was published: versions that never change, and the events of the calendars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, JSON, Connection, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Instant, Table


class PublicationRow(Table):
    """One version: what was published, by whom, and what it changed."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("team", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str]
    number: Mapped[int]
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"), unique=True)
    author: Mapped[str]
    message: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(Instant)
    first: Mapped[date]
    last: Mapped[date]
    digest: Mapped[str]
    tz_version: Mapped[str]
    musts: Mapped[int]
    supersedes: Mapped[int | None]
    """Number of the version before it of some of the same days."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    shifts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class EventRow(Table):
    """One event of the published calendars; it stays when cancelled, so its UID is never reused."""

    __tablename__ = "calendar_events"
    __table_args__ = (
        Index("events_by_end", "team", "last"),
        Index("events_by_person", "team", "person", "last"),
    )

    uid: Mapped[str] = mapped_column(String(80), primary_key=True)
    team: Mapped[str]
    person: Mapped[str]
    kind: Mapped[str] = mapped_column(String(12))
    first_day: Mapped[date]
    """The day it was first published for."""
    last: Mapped[date]
    status: Mapped[str] = mapped_column(String(12))
    created: Mapped[datetime] = mapped_column(Instant)
    sequence: Mapped[int]
    modified: Mapped[datetime] = mapped_column(Instant)
    shared_sequence: Mapped[int]
    """Revision in the calendars of team and site, which say less."""
    shared_modified: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


def _fixed(name: str, table: str, deed: str, when: str = "") -> None:
    """Keep every program, however it is written, from doing *deed* to rows of *table*."""
    trigger = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER IF NOT EXISTS {name}_no_{deed.lower()} BEFORE {deed} ON {table} {when} "
        "BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END"
    )
    event.listen(Table.metadata, "after_create", trigger.execute_if(dialect="sqlite"))


_PUBLISHED = "WHEN EXISTS (SELECT 1 FROM publications WHERE roster_id = OLD.{})"

_fixed("calendar_events", "calendar_events", "DELETE")
for _deed in ("UPDATE", "DELETE"):
    _fixed("publications", "publications", _deed)
    _fixed("published_cells", "cells", _deed, _PUBLISHED.format("roster_id"))
    _fixed("published_rosters", "rosters", _deed, _PUBLISHED.format("id"))


def make_missing(connection: Connection) -> None:
    """Make every table of the store that is not there yet."""
    Table.metadata.create_all(connection)
