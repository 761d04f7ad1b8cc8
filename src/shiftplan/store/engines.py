"""Connections to a database: to a file of SQLite, or to a PostgreSQL server."""

from __future__ import annotations

import math
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.orm import Session

from .place import StorePlace, server_of

KEPT = 1
"""Connections to a server that a program keeps open while it uses a store."""
MORE = 4
"""Connections it may open beside those for a moment; `docs/postgres.md` says so too."""

_LOCK = 0x73686966
"""What everybody who writes into a store on a server takes first; spells "shif"."""

_SHORTEST_WAIT = 0.001
"""Seconds; to a server 0 would mean to wait for ever."""


def sqlite_reader(path: Path, wait: float) -> Engine:
    """Connect to the file at *path* and never change it."""
    # "rw" and not "ro": SQLite falls back by itself on a file it may only read, and "ro" could
    # not finish what a program that was killed has left half written.
    return _sqlite(path, wait, "BEGIN", "PRAGMA query_only = ON")


def sqlite_writer(path: Path, wait: float) -> Engine:
    """Connect to the file at *path*; whoever begins waits until nobody else writes."""
    return _sqlite(path, wait, "BEGIN IMMEDIATE", "PRAGMA foreign_keys = ON")


def _sqlite(path: Path, wait: float, begin: str, pragma: str) -> Engine:
    """Connect without ever making a file."""
    address = f"{path.absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None)
        made.execute(pragma)
        return made

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", start)
    return engine


def server(place: StorePlace, wait: float) -> Engine:
    """Connect to the PostgreSQL server of *place*."""
    address = server_of(place.url)
    given: dict[str, object] = {"prepare_threshold": None}  # poolers in between know no prepared
    if "connect_timeout" not in address.query:
        given["connect_timeout"] = max(2, math.ceil(wait))  # seconds; libpq takes no fewer than 2
    if "application_name" not in address.query:
        given["application_name"] = "shiftplan"
    return create_engine(
        address,
        connect_args=given,
        # Whoever waits for others to write must see what they wrote, whatever the server's default.
        isolation_level="READ COMMITTED",
        pool_size=KEPT,
        max_overflow=MORE,
        pool_timeout=max(wait, _SHORTEST_WAIT),
        pool_pre_ping=True,  # a server that was restarted meanwhile is connected to again
    )


def reading_from(server: Engine) -> Engine:
    """Return *server* for reading: what is read in one transaction is of one moment."""
    return server.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def wait_for_turn(session: Session, wait: float) -> None:
    """Let nobody else write into the store on a server until the transaction of *session* ends.

    An SQLite file does the same with ``BEGIN IMMEDIATE``: what is decided on in the transaction
    stays as it is until it is written.
    """
    connection = session.connection()
    milliseconds = math.ceil(1000 * max(wait, _SHORTEST_WAIT))
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{milliseconds}ms'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
