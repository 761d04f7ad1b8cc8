"""The table of people whose names alone do not say who they are."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Table


class PersonRow(Table):
    """Somebody whose name alone does not say who they are."""

    __tablename__ = "people"

    team: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """What the other tables have as person, or as subject of a link."""
    id: Mapped[str] = mapped_column(String(200))
    """As the plan last had it; empty where it gives none."""
    name: Mapped[str]
    """As the plan last had it."""
    first: Mapped[str]
    """The name when the row was made; no two of a team have the same."""
