"""Where the rosters of a plan folder are kept."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..disk import check_is_file
from ..errors import StoreError
from ..folder.files import PRIVATE

if TYPE_CHECKING:
    from sqlalchemy import URL

DATABASE_URL = "SHIFTPLAN_DATABASE_URL"
"""Environment variable that names another database than the plan folder's own."""

_WRITTEN = "Write it like postgresql://name@host/database or sqlite:////folder/file.db."
_DRIVERS = ("", "psycopg", "psycopg2")
"""What may follow ``postgresql+``: the same addresses, whichever of these is named."""


@dataclass(frozen=True)
class StorePlace:
    """A database: the file at *path*, or else the server that *url* names.

    A *shared* one may hold the rosters of several teams. The URL may hold a password, so nothing
    prints it.
    """

    path: Path | None
    url: str = field(default="", repr=False)
    shared: bool = False

    def __str__(self) -> str:
        return str(self.path) if self.path else f"the database {DATABASE_URL} names"

    def empty(self) -> bool:
        """Say whether there is no file yet.

        Raise ``StoreError`` if that cannot be seen, or what is there can be no database.
        """
        if self.path is None:
            return False
        try:
            check_is_file(self.path)
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            _refuse_dangling(self.path)
            return True
        except OSError as error:
            # Who may read a folder or a pipe is not what is wrong with it.
            another_kind = error.errno in (errno.EISDIR, errno.EINVAL)
            hint = "Move it away." if another_kind else "Check who may read it."
            raise StoreError(f"{self.path} cannot be read: {error.strerror}.", hint) from None
        if not found.st_size:
            # A new store appears with its tables in it, so something has emptied this one.
            raise StoreError(
                f"{self.path} is damaged: it has 0 bytes.",
                "Bring it back from a copy, or delete it; a new one is made then.",
            )
        return False


def _refuse_dangling(path: Path) -> None:
    """Raise ``StoreError`` if the file at *path*, or its folder, is a link that leads nowhere."""
    # What it led to may be on a disk that is not there today, and is no store that is new.
    for link in (path, path.parent):
        if link.is_symlink() and not link.exists():
            raise StoreError(
                f"{link} is a symbolic link to {os.readlink(link)}, which is not there.",
                "Bring back what it leads to, or delete the link.",
            )


def place_of(root: Path) -> StorePlace:
    """Return where the rosters of the plan folder *root* are kept."""
    url = os.environ.get(DATABASE_URL, "")
    if not url:
        return StorePlace(root / PRIVATE / "store.db")
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        return StorePlace(None, url, shared=True)
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError(
            f"{DATABASE_URL} names a database in memory, which would keep nothing.",
            "Name a file: sqlite:////folder/file.db.",
        )
    return StorePlace(Path(parsed.database), shared=True)


def server_of(url: str) -> URL:
    """Return the address of the PostgreSQL server *url* names, with the driver to reach it by."""
    return _parsed(url).set(drivername="postgresql+psycopg")


def _parsed(url: str) -> URL:
    """Return the parts of *url*; raise ``StoreError`` if it is none of a database we can use."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"{DATABASE_URL} is not a database URL.", _WRITTEN) from None
    backend, _, driver = parsed.drivername.partition("+")
    if backend in ("postgresql", "postgres") and driver in _DRIVERS:
        return parsed.set(drivername="postgresql")
    if backend == "sqlite":
        return parsed
    # The name of the kind comes from in front of the password, and holds no secret.
    raise StoreError(
        f"{DATABASE_URL} names a database of the kind '{parsed.drivername}', in which rosters "
        "cannot be kept.",
        _WRITTEN,
    )
