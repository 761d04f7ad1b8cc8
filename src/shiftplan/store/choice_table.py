"""The table of how the calendars of links look."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Instant, Table


class ChoiceRow(Table):
    """How the calendar of one link looks from *chosen_at* on; a link without such a row looks as
    calendars do by default, and of several rows the newest counts.
    """

    __tablename__ = "link_choices"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), index=True)
    chosen_at: Mapped[datetime] = mapped_column(Instant)
    days_off: Mapped[bool]
    form: Mapped[str] = mapped_column(String(8))
    alarm: Mapped[int | None]
    """Minutes; None is no reminder."""
