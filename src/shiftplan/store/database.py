"""The only place that speaks SQL. Whatever goes wrong there becomes one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from datetime import date
from functools import cached_property

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..errors import StoreError
from ..plan.result import Goal
from .link_table import LinkRow
from .place import StorePlace
from .published_tables import PublicationRow, make_missing
from .records import StoredRoster
from .tables import SCHEMA, CellRow, MetaRow, RosterRow
from .trouble import sentence

_TROUBLE = (
    SQLAlchemyError,
    sqlite3.Error,
    OSError,
    ImportError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a database, its file, its driver or a damaged row can raise."""

StoredCell = tuple[str, date, str | None, bool]
"""Person, local date, code (None: a day off) and whether it is pinned."""


class Database:
    """Rosters and their cells as rows; *wait* is how many seconds to wait for another program's
    lock.
    """

    def __init__(self, place: StorePlace, wait: float) -> None:
        self._place = place
        self._wait = wait

    @cached_property
    def _reader(self) -> Engine:
        """Connect without ever making a file; SQLite itself falls back on a file it may only read."""
        if self._place.path is None:
            return self._writer
        return self._sqlite("rw", "BEGIN", "PRAGMA query_only = ON")

    @cached_property
    def _writer(self) -> Engine:
        if self._place.path is None:
            return create_engine(make_url(self._place.url))
        return self._sqlite("rwc", "BEGIN IMMEDIATE", "PRAGMA foreign_keys = ON")

    def _sqlite(self, mode: str, begin: str, pragma: str) -> Engine:
        assert self._place.path is not None
        address = f"{self._place.path.absolute().as_uri()}?mode={mode}"

        def connect() -> sqlite3.Connection:
            made = sqlite3.connect(address, uri=True, timeout=self._wait, isolation_level=None)
            made.execute(pragma)
            return made

        def start(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
        event.listen(engine, "begin", start)
        return engine

    def close(self) -> None:
        """Let go of every connection."""
        for name in ("_reader", "_writer"):
            engine = self.__dict__.pop(name, None)
            if engine is not None:
                engine.dispose()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except _TROUBLE as error:
            raise sentence(self._place, error) from None

    @contextmanager
    def reading(self, schema: int = 1) -> Iterator[Session | None]:
        """Yield a session, or None while the store has not the tables of version *schema* yet."""
        with self._sentences(), Session(self._reader) as session:
            yield session if self._version(session) >= schema else None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose work is kept whole or not at all; make what is missing first."""
        with self._sentences():
            path = self._place.path
            if path is not None and not self._place.shared:
                path.parent.mkdir(exist_ok=True)
            with Session(self._writer) as session, session.begin():
                if self._version(session) < SCHEMA:
                    make_missing(session.connection())
                    session.merge(MetaRow(key="schema", value=str(SCHEMA)))
                yield session

    def _version(self, session: Session) -> int:
        """Return the version of the tables, 0 where there are none."""
        if not inspect(session.connection()).has_table(MetaRow.__tablename__):
            return 0
        found = int(session.scalars(select(MetaRow.value).where(MetaRow.key == "schema")).one())
        if found > SCHEMA:
            raise StoreError(
                f"{self._place} was written by a newer shiftplan (its tables are version {found}, "
                f"this program knows {SCHEMA}).",
                "Update shiftplan.",
            )
        return found

    # -- rows ------------------------------------------------------------------------------------

    def add(self, record: StoredRoster, cells: Iterable[StoredCell]) -> StoredRoster:
        """Write one roster with its cells and return its record with the id it got."""
        with self.writing() as session:
            return self.insert(session, record, cells)

    @staticmethod
    def insert(session: Session, record: StoredRoster, cells: Iterable[StoredCell]) -> StoredRoster:
        """Write one roster with its cells in *session* and return its record with the id it got."""
        row = _row(record)
        session.add(row)
        session.flush()
        values = [
            {"roster_id": row.id, "person": who, "date": day, "code": code, "pinned": pinned}
            for who, day, code, pinned in cells
        ]
        if values:
            session.execute(insert(CellRow), values)
        return replace(record, id=row.id)

    def rosters(
        self,
        *,
        id: int | None = None,
        team: str | None = None,
        first: date | None = None,
        last: date | None = None,
        on: date | None = None,
    ) -> Sequence[StoredRoster]:
        """Return the rosters with the given id, team, first and last day, and with *on* among their
        days.

        The newest comes first.
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
        with self.reading() as session:
            return [_record(row) for row in session.scalars(wanted)] if session else []

    def counts(self) -> tuple[int, ...]:
        """Return how many rows there are of what is only ever added, and of links revoked."""
        columns = (RosterRow.id, PublicationRow.id, LinkRow.id, LinkRow.revoked_at)
        with self.reading(SCHEMA) as session:
            return (
                tuple(session.scalar(select(func.count(c))) or 0 for c in columns)
                if session
                else ()
            )

    def cells(self, roster_id: int) -> Sequence[StoredCell]:
        """Return the cells of one roster, by date and then by person."""
        wanted = (
            select(CellRow.person, CellRow.date, CellRow.code, CellRow.pinned)
            .where(CellRow.roster_id == roster_id)
            .order_by(CellRow.date, CellRow.person)
        )
        with self.reading() as session:
            rows = session.execute(wanted) if session else ()
            return [(who, day, code, pinned) for who, day, code, pinned in rows]


def _row(record: StoredRoster) -> RosterRow:
    values = {f.name: getattr(record, f.name) for f in fields(record) if f.name != "id"}
    return RosterRow(
        **{**values, "weeks": record.weeks, "goals": [asdict(g) for g in record.goals]}
    )


def _record(row: RosterRow) -> StoredRoster:
    values = {f.name: getattr(row, f.name) for f in fields(StoredRoster)}
    goals = tuple(Goal(g["name"], g["cost"], g["bound"]) for g in row.goals)
    return StoredRoster(**{**values, "goals": goals})
