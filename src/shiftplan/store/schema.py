"""The version of a store's tables: found, made, and brought up from an older one."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from ..errors import StoreError
from . import (  # noqa: F401  # whatever has a table
    choice_table,
    guards,
    link_table,
    name_table,
    people_table,
    published_tables,
)
from .place import StorePlace
from .tables import ONCE, SCHEMA, CellRow, LedgerRow, MetaRow, RosterRow, Table

_SINCE_1 = (RosterRow.__tablename__, CellRow.__tablename__)
_SINCE_2 = ("ledger", "publications", "calendar_events", "feeds")


def version(session: Session, place: StorePlace) -> int:
    """Return the version of the tables, 0 where there are none.

    Raise ``StoreError`` for those of a newer program, and where one is missing.
    """
    there = {*inspect(session.connection()).get_table_names()}
    if MetaRow.__tablename__ not in there:
        # On a server, tables of the same names may be those of another program.
        if place.path is not None and there & {*Table.metadata.tables}:
            raise _damaged(place)
        return 0
    found = int(session.scalars(select(MetaRow.value).where(MetaRow.key == "schema")).one())
    if found > SCHEMA:
        raise StoreError(
            f"{place} was written by a newer shiftplan (its tables are version {found}, "
            f"this program knows {SCHEMA}).",
            "Update shiftplan.",
        )
    if not _tables(found) <= there:
        raise _damaged(place)
    return found


def _tables(version: int) -> set[str]:
    """Return the tables that every store of that *version* has."""
    if version == SCHEMA:
        return {*Table.metadata.tables}
    return {*_SINCE_1, *_SINCE_2} if version > 1 else {*_SINCE_1}


def _damaged(place: StorePlace) -> StoreError:
    hint = "Bring it back from a copy."
    if place.path is not None:
        hint = "Move it away, or bring it back from a copy."
    return StoreError(f"{place} is damaged: a table is missing.", hint)


def complete(session: Session, place: StorePlace) -> None:
    """Make the tables that an empty or older store lacks; whatever is in it stays."""
    if version(session, place) == SCHEMA:
        return
    connection = session.connection()
    _number_ledger_lines(connection)
    Table.metadata.create_all(connection)
    guards.put_up(connection)
    session.merge(MetaRow(key="schema", value=str(SCHEMA)))


def _number_ledger_lines(connection: Connection) -> None:
    """Give the lines of a ledger of version 2 their numbers, and keep them apart from then on.

    Lines booked twice in those days stay, as number 1 and number 2; the ledger reports them.
    """
    found = inspect(connection)
    table = LedgerRow.__tablename__
    if not found.has_table(table) or "number" in {c["name"] for c in found.get_columns(table)}:
        return
    same = "team, account, person, day, event, source, expires"
    numbered = f"SELECT id, row_number() OVER (PARTITION BY {same} ORDER BY id) AS n FROM {table}"
    for statement in (
        f"ALTER TABLE {table} ADD COLUMN number INTEGER NOT NULL DEFAULT 1",
        f"UPDATE {table} SET number = k.n FROM ({numbered}) AS k WHERE k.id = {table}.id",
    ):
        connection.exec_driver_sql(statement)
    indexes = LedgerRow.__table__.indexes  # type: ignore[attr-defined]
    next(index for index in indexes if index.name == ONCE).create(connection)
