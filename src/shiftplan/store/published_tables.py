"""The tables of what was published: versions that never change, and the events of the calendars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
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
