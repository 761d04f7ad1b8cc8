"""The database itself: connections, transactions and the version of its tables.

Whatever goes wrong there becomes one sentence. What is read and written in a transaction stands in
the modules whose names end in ``_rows``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..errors import StoreError
from .choice_table import ChoiceRow
from .link_table import LinkRow
from .place import StorePlace
from .published_tables import PublicationRow, make_missing
from .tables import SCHEMA, MetaRow, RosterRow
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


class Database:
    """One database; *wait* is how many seconds to wait for another program's lock."""

    def __init__(self, place: StorePlace, wait: float) -> None:
        self._place = place
        self._wait = wait

    @cached_property
    def _reader(self) -> Engine:
        """Connect without ever making a file."""
        if self._place.path is None:
            return self._writer
        # "rw" and not "ro": SQLite falls back by itself on a file it may only read, and "ro" could
        # not finish what a program that was killed has left half written.
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
                self._complete(session)
                yield session

    def _complete(self, session: Session) -> None:
        """Make the tables that an empty or older store lacks."""
        if self._version(session) < SCHEMA:
            make_missing(session.connection())
            session.merge(MetaRow(key="schema", value=str(SCHEMA)))

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

    def counts(self) -> tuple[int, ...]:
        """Return how many rows there are of what is only ever added, and of links revoked."""
        columns = [RosterRow.id, PublicationRow.id, LinkRow.id, LinkRow.revoked_at]
        with self.reading(SCHEMA) as session:
            if session is None:
                return ()
            # Stores from before links had choices have no such table.
            if inspect(session.connection()).has_table(ChoiceRow.__tablename__):
                columns.append(ChoiceRow.id)
            return tuple(session.scalar(select(func.count(c))) or 0 for c in columns)
