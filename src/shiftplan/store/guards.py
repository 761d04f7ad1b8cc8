"""What keeps every program, however it is written, from changing what was published or booked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

PUBLISHED = "what was published is never changed"
BOOKED = "what was booked is never changed"

_NEVER = (
    ("calendar_events", "calendar_events", "DELETE", PUBLISHED),
    ("publications", "publications", "UPDATE", PUBLISHED),
    ("publications", "publications", "DELETE", PUBLISHED),
    ("ledger", "ledger", "UPDATE", BOOKED),
    ("ledger", "ledger", "DELETE", BOOKED),
)
"""What guards are called, the table, what cannot be done to any row of it, and what is said."""

_ONCE_PUBLISHED = (
    ("published_cells", "cells", "roster_id", ("INSERT", "UPDATE", "DELETE")),
    ("published_rosters", "rosters", "id", ("UPDATE", "DELETE")),
)
"""What guards are called, the table, its column with the roster's id, and what cannot be done to
rows of a published roster."""


def put_up(connection: Connection) -> None:
    """Put up every guard that is not there yet."""
    on_server = connection.dialect.name == "postgresql"
    for statement in _for_server() if on_server else _for_sqlite():
        connection.exec_driver_sql(statement)


# -- SQLite --------------------------------------------------------------------------------------


def _for_sqlite() -> Iterator[str]:
    for name, table, deed, says in _NEVER:
        yield _sqlite_trigger(name, table, deed, says)
    for name, table, column, deeds in _ONCE_PUBLISHED:
        for deed in deeds:
            rows = [f"{row}.{column}" for row in _rows(deed)]
            when = (
                f"WHEN EXISTS (SELECT 1 FROM publications WHERE roster_id IN ({', '.join(rows)}))"
            )
            yield _sqlite_trigger(name, table, deed, PUBLISHED, when)


def _sqlite_trigger(name: str, table: str, deed: str, says: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name}_no_{deed.lower()} BEFORE {deed} ON {table} {when} "
        f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
    )


def _rows(deed: str) -> tuple[str, ...]:
    """Return what *deed* has: the row as it was, as it will be, or both."""
    if deed == "INSERT":
        return ("NEW",)
    return ("OLD",) if deed == "DELETE" else ("OLD", "NEW")


# -- PostgreSQL ----------------------------------------------------------------------------------


def _for_server() -> Iterator[str]:
    for says, function in ((PUBLISHED, "shiftplan_published"), (BOOKED, "shiftplan_booked")):
        yield _function(function, f"RAISE EXCEPTION '{says}';")
    for name, table, deed, says in _NEVER:
        function = "shiftplan_booked" if says == BOOKED else "shiftplan_published"
        yield _server_trigger(name, table, deed, f"FOR EACH ROW EXECUTE FUNCTION {function}()")
    for name, table, column, deeds in _ONCE_PUBLISHED:
        yield _function(f"shiftplan_{name}", _unless_published(column))
        for deed in deeds:
            yield _server_trigger(
                name, table, deed, f"FOR EACH ROW EXECUTE FUNCTION shiftplan_{name}()"
            )
    # To empty a table is to delete no row of it, as triggers see it.
    for table in ("calendar_events", "publications", "cells", "rosters", "ledger"):
        says = "shiftplan_booked" if table == "ledger" else "shiftplan_published"
        yield _server_trigger(
            table, table, "TRUNCATE", f"FOR EACH STATEMENT EXECUTE FUNCTION {says}()"
        )


def _unless_published(column: str) -> str:
    """Return what refuses rows whose *column* has the id of a published roster."""
    return (
        f"IF TG_OP <> 'INSERT' AND EXISTS "
        f"(SELECT 1 FROM publications WHERE roster_id = OLD.{column}) "
        f"THEN RAISE EXCEPTION '{PUBLISHED}'; END IF; "
        f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; "
        f"IF EXISTS (SELECT 1 FROM publications WHERE roster_id = NEW.{column}) "
        f"THEN RAISE EXCEPTION '{PUBLISHED}'; END IF; "
        "RETURN NEW;"
    )


def _function(name: str, body: str) -> str:
    # The tables it looks at stay those beside it, whatever path a later session searches.
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path FROM CURRENT AS $guard$ BEGIN {body} END $guard$"
    )


def _server_trigger(name: str, table: str, deed: str, does: str) -> str:
    return f"CREATE OR REPLACE TRIGGER {name}_no_{deed.lower()} BEFORE {deed} ON {table} {does}"
