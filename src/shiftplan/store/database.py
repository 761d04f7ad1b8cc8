"""The database itself: its transactions, in which what is decided on stays until it is written.

Whatever goes wrong there becomes one sentence. What is read and written in a transaction stands in
the modules whose names end in ``_rows``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property

from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..disk import make_folder
from . import engines
from .choice_table import ChoiceRow
from .link_table import LinkRow
from .new_file import make_file
from .place import StorePlace
from .published_tables import PublicationRow
from .schema import complete, version
from .tables import SCHEMA, RosterRow
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
        self._held: Session | None = None
        """The transaction under way that everything is read and written in."""

    @cached_property
    def _reader(self) -> Engine:
        if self._place.path is None:
            return engines.reading_from(self._writer)
        return engines.sqlite_reader(self._place.path, self._wait)

    @cached_property
    def _writer(self) -> Engine:
        if self._place.path is None:
            return engines.server(self._place, self._wait)
        return engines.sqlite_writer(self._place.path, self._wait)

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

    # -- transactions ----------------------------------------------------------------------------

    @contextmanager
    def reading(self, schema: int = 1) -> Iterator[Session | None]:
        """Yield a session, or None while the store has not the tables of version *schema* yet."""
        if self._held is not None:
            with self._sentences():
                yield self._held
            return
        self._place.empty()  # which raises for a file that can be no database
        with self._sentences(), Session(self._reader) as session:
            yield session if version(session, self._place) >= schema else None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose work is kept whole or not at all; make what is missing first."""
        with self.at_once() as session, self._sentences():
            yield session

    @contextmanager
    def at_once(self) -> Iterator[Session]:
        """Let nobody else write until the block ends, in which all reading and writing is one.

        What is read in it is what is written on. Inside another such block it is a part of that.
        An error of whatever kind undoes all of it.
        """
        if self._held is not None:
            yield self._held
            return
        session = self._begun()
        self._held = session
        try:
            yield session
        except BaseException:
            with suppress(*_TROUBLE):  # what went wrong first is what is to be told
                session.rollback()
            raise
        else:
            with self._sentences():
                session.commit()
        finally:
            self._held = None
            session.close()

    def _begun(self) -> Session:
        """Return a session in which nobody else can write; make what is missing first."""
        with self._sentences():
            self._make_file()
            session = Session(self._writer)
            try:
                if self._place.path is None:
                    engines.wait_for_turn(session, self._wait)
                complete(session, self._place)
            except BaseException:
                session.close()
                raise
            return session

    def _make_file(self) -> None:
        path = self._place.path
        if path is None:
            return
        if not self._place.shared:
            make_folder(path.parent)
        if self._place.empty():
            make_file(self._place, path)

    def examine(self) -> None:
        """Look through the whole database; raise ``StoreError`` for whatever is wrong with it."""
        with self.reading() as session:
            if session is None or self._place.path is None:
                return
            said = session.connection().exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if said != "ok":
                raise sqlite3.DatabaseError("malformed")

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
