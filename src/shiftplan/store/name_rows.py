"""Names of rosters in the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ForeignKey, String, Table, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from .database import Database
from .tables import Table as Base


class NameRow(Base):
    """The name of one roster."""

    __tablename__ = "roster_names"

    roster_id: Mapped[int] = mapped_column(
        ForeignKey("rosters.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(200))


def give(database: Database, roster_id: int, name: str) -> None:
    """Call a roster *name*."""
    with database.writing() as session:
        table = NameRow.__table__
        assert isinstance(table, Table)
        table.create(session.connection(), checkfirst=True)  # stores from before there were names
        session.merge(NameRow(roster_id=roster_id, name=name))


def given(database: Database) -> Mapping[int, str]:
    """Return the names given so far, by the roster's id."""
    with database.reading() as session:
        if session is None or not inspect(session.connection()).has_table(NameRow.__tablename__):
            return {}
        return {row.roster_id: row.name for row in session.scalars(select(NameRow))}
