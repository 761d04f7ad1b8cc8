"""Where the rosters of a plan folder are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ..disk import check_is_file
from ..errors import StoreError
from ..folder.files import PRIVATE

DATABASE_URL = "SHIFTPLAN_DATABASE_URL"
"""Environment variable that names another database than the plan folder's own."""


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
        """Say whether there is no file yet; raise ``StoreError`` if that cannot be seen."""
        if self.path is None:
            return False
        try:
            check_is_file(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be read: {error.strerror}.", "Check who may read it."
            ) from None
        return False


def place_of(root: Path) -> StorePlace:
    """Return where the rosters of the plan folder *root* are kept."""
    url = os.environ.get(DATABASE_URL, "")
    if not url:
        return StorePlace(root / PRIVATE / "store.db")
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(
            f"{DATABASE_URL} is not a database URL.",
            "Write it like postgresql://name@host/database or sqlite:////folder/file.db.",
        ) from None
    if parsed.get_backend_name() != "sqlite":
        return StorePlace(None, url, shared=True)
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError(
            f"{DATABASE_URL} names a database in memory, which would keep nothing.",
            "Name a file: sqlite:////folder/file.db.",
        )
    return StorePlace(Path(parsed.database), shared=True)
