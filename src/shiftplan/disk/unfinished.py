"""Files that are being written, under names of their own until they are whole.

Whoever writes one holds a lock on it, which ends with the process however that ends. So what can be
locked by somebody else was left behind by a process that was killed.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from .private import SECRET, give_mode

_NAME = re.compile(r"\.shiftplan-\d+-[0-9a-f]{32}\.tmp")


@dataclass(frozen=True)
class UnfinishedFile:
    """A file being written: where it is, and its number."""

    path: Path
    number: int

    def beside(self, what: str) -> Path:
        """Return a path for another file, which is cleared when this one is left behind."""
        return self.path.with_name(f"{self.path.name}-{what}")

    def write(self, data: bytes) -> None:
        """Have *data* on disk; raise ``OSError``."""
        view = memoryview(data)
        while view:  # a system may write less than it is given
            view = view[os.write(self.number, view) :]
        os.fsync(self.number)


@contextmanager
def unfinished(folder: Path) -> Iterator[UnfinishedFile]:
    """Yield a new file in *folder*, for its owner only; it is gone unless it was renamed.

    Raise ``OSError``.
    """
    _clear_once(folder)
    begun = _begin(folder)
    try:
        yield begun
    finally:
        with contextlib.suppress(OSError):
            os.close(begun.number)
        with contextlib.suppress(OSError):
            begun.path.unlink(missing_ok=True)


def clear_unfinished(folder: Path) -> None:
    """Delete what processes that were killed have left unfinished in *folder*, as far as it can
    be.
    """
    try:
        names = [name for name in os.listdir(folder) if _NAME.fullmatch(name)]
    except (OSError, ValueError):
        return
    for name in names:
        with contextlib.suppress(OSError):
            _remove_if_left(folder / name)


@cache
def _clear_once(folder: Path) -> None:
    # Hundreds of calendars go into one folder, which need not be looked through for each.
    clear_unfinished(folder)


def _remove(path: Path) -> None:
    """Delete a file left behind, and before it those beside it."""
    for other in path.parent.glob(f"{path.name}-*"):
        other.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _begin(folder: Path) -> UnfinishedFile:
    while True:
        path = folder / f".shiftplan-{os.getpid()}-{uuid4().hex}.tmp"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        number = os.open(path, flags, SECRET)
        try:
            give_mode(number, SECRET)
            # Where nothing can be locked nothing is cleared either.
            with contextlib.suppress(OSError):
                _lock(number)
        except BaseException:
            os.close(number)
            path.unlink(missing_ok=True)
            raise
        if path.exists():
            return UnfinishedFile(path, number)
        # A process that started just now took it for one left behind.
        os.close(number)


if sys.platform == "win32":

    def _lock(number: int) -> None:
        """Do nothing: Windows deletes no file that is open."""

    def _remove_if_left(path: Path) -> None:
        _remove(path)
else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)

    def _remove_if_left(path: Path) -> None:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path)
        finally:
            os.close(number)
