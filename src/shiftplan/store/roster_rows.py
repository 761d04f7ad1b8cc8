"""Rosters and their cells in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ..plan.result import Goal
from .database import Database
from .records import StoredCell, StoredRoster
from .tables import CellRow, RosterRow


def add(database: Database, record: StoredRoster, cells: Iterable[StoredCell]) -> StoredRoster:
    """Write one roster with its cells and return its record with the number it got."""
    with database.writing() as session:
        return add_in(session, record, cells)


def add_in(session: Session, record: StoredRoster, cells: Iterable[StoredCell]) -> StoredRoster:
    """Write one roster as a part of what *session* writes; see ``add``."""
    row = _row(record)
    session.add(row)
    session.flush()  # now it has its number
    values = [
        {"roster_id": row.id, "person": who, "date": day, "code": code, "pinned": pinned}
        for who, day, code, pinned in cells
    ]
    if values:
        session.execute(insert(CellRow), values)
    return replace(record, id=row.id)


def find(
    database: Database,
    *,
    id: int | None = None,
    team: str | None = None,
    first: date | None = None,
    last: date | None = None,
    on: date | None = None,
) -> list[StoredRoster]:
    """Return the rosters of that id, team, first and last day, *on* among their days.

    The newest comes first. What is None is not asked for.
    """
    wanted = select(RosterRow).order_by(RosterRow.id.desc())
    if on is not None:
        wanted = wanted.where(RosterRow.first <= on, RosterRow.last >= on)
    for column, value in (
        (RosterRow.id, id),
        (RosterRow.team, team),
        (RosterRow.first, first),
        (RosterRow.last, last),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    with database.reading() as session:
        return [_record(row) for row in session.scalars(wanted)] if session else []


def cells(database: Database, roster_id: int) -> list[StoredCell]:
    """Return the cells of one roster, by date and then by person."""
    wanted = (
        select(CellRow.person, CellRow.date, CellRow.code, CellRow.pinned)
        .where(CellRow.roster_id == roster_id)
        .order_by(CellRow.date, CellRow.person)
    )
    with database.reading() as session:
        rows = session.execute(wanted) if session else ()
        return [(who, day, code, pinned) for who, day, code, pinned in rows]


def _row(record: StoredRoster) -> RosterRow:
    values = {f.name: getattr(record, f.name) for f in fields(record) if f.name != "id"}
    values["weeks"] = record.weeks
    values["goals"] = [asdict(goal) for goal in record.goals]
    return RosterRow(**values)


def _record(row: RosterRow) -> StoredRoster:
    values = {f.name: getattr(row, f.name) for f in fields(StoredRoster)}
    values["goals"] = tuple(Goal(g["name"], g["cost"], g["bound"]) for g in row.goals)
    return StoredRoster(**values)
