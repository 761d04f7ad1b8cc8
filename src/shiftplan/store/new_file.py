"""A new SQLite file, which is there with all of its tables or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from sqlalchemy.orm import Session

from .engines import sqlite_writer
from .place import StorePlace
from .schema import complete


def make_file(place: StorePlace, path: Path) -> None:
    """Make the file of the store at *path*, for its owner alone, unless somebody just has.

    SQLite by itself would leave a file of 0 bytes there for a moment, and for good if the program
    is killed in that moment. Raise ``OSError`` or what a database raises.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}-{time.time_ns()}")
    os.close(_for_owner(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL))
    try:
        with Session(sqlite_writer(beside, 0)) as session, session.begin():
            complete(session, place)
        # Of two first users one is first, and both go on with that file.
        with contextlib.suppress(FileExistsError):
            _put_in_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _put_in_place(beside: Path, path: Path) -> None:
    """Give the file *beside* the name *path*; raise ``FileExistsError`` if that is taken."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems know no second name for a file.
        with open(path, "xb", opener=_for_owner) as stream:
            stream.write(beside.read_bytes())


def _for_owner(path: str | Path, flags: int) -> int:
    return os.open(path, flags, 0o600)
