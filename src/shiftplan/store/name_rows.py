"""Names of rosters in the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import inspect, select

from .database import Database
from .name_table import NameRow


def give(database: Database, roster_id: int, name: str) -> None:
    """Call a roster *name*."""
    with database.writing() as session:
        session.merge(NameRow(roster_id=roster_id, name=name))


def given(database: Database) -> Mapping[int, str]:
    """Return the names given so far, by the roster's id."""
    with database.reading() as session:
        # Stores from before there were names have no such table.
        if session is None or not inspect(session.connection()).has_table(NameRow.__tablename__):
            return {}
        return {row.roster_id: row.name for row in session.scalars(select(NameRow))}
