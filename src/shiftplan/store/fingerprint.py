"""Whether a store's file was written meanwhile, as cheaply as can be had."""

from __future__ import annotations

import os
from pathlib import Path

from ..disk import check_is_file
from ..errors import StoreError

_CHANGES = slice(24, 28)
"""Where the head of an SQLite file counts the transactions that changed it (file format, §1.3)."""


def of_file(path: Path) -> object:
    """Return a value that is another after every change of the file; None while there is none.

    Raise ``StoreError`` if it cannot be read.
    """
    try:
        check_is_file(path)
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            changes = file.read(_CHANGES.stop)[_CHANGES]
            # A file put in the place of another may count as many changes: inode and time differ.
            return changes, found.st_ino, found.st_mtime_ns, _log_of(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from None


def _log_of(path: Path) -> tuple[int, int] | None:
    """Return time and size of the write-ahead log, None if there is none.

    Where somebody has turned it on, changes are there first and in the file only later.
    """
    try:
        found = path.with_name(f"{path.name}-wal").stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
