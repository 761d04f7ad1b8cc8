"""The table of calendar links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Instant, Table


class LinkRow(Table):
    """One link: whose calendar it shows, and the hash of the secret in it."""

    __tablename__ = "feeds"  # what stores on people's disks call it
    __table_args__ = (
        Index("feeds_by_team", "team", "kind", "subject"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str]
    kind: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
