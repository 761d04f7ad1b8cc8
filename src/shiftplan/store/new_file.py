"""A new SQLite file, which is there with all of its tables or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from sqlalchemy.orm import Session

from ..disk import open_private
from ..disk.unfinished import unfinished
from ..folder.turn import turn_in
from .engines import sqlite_writer
from .place import StorePlace
from .schema import complete


def make_file(place: StorePlace, path: Path) -> None:
    """Make the file of the store at *path*, for its owner alone, unless somebody just has.

    SQLite by itself would leave a file of 0 bytes there for a moment, and for good if the program
    is killed in that moment. Raise ``OSError`` or what a database raises.
    """
    with unfinished(path.parent) as begun:
        # Another file than the one that is locked: SQLite takes locks of its own on it.
        beside = begun.beside("new")
        os.close(open_private(beside, os.O_RDWR))
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
        # Some file systems know no second name for a file; there, one after another makes it.
        with turn_in(path.parent):
            if path.exists():
                raise FileExistsError(path) from None
            beside.replace(path)
