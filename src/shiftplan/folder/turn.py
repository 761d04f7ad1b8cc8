"""One program at a time writes into a folder: what it has read there stays until it is done."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..disk import make_folder, open_private
from ..errors import CannotWrite
from .files import PRIVATE

WAIT = 10.0
"""Seconds to wait for another program to finish writing."""
_LOOK_AGAIN = 0.01
"""Seconds between two looks whether it has."""

_mine = threading.local()
"""The folders in which this thread has its turn already."""


@contextmanager
def turn_in(folder: Path) -> Iterator[None]:
    """Let no other program write into *folder*, which is there, until the block ends.

    Whoever changes a file reads it inside such a block and writes it in the same. Inside another
    such block of the same folder it is a part of that. The system lets go when the process ends,
    however. Raise ``CannotWrite`` if somebody else does not finish, or there can be no lock.
    """
    whole = folder.resolve()
    held: set[Path] = _mine.__dict__.setdefault("folders", set())
    if whole in held:
        yield
        return
    lock = _taken(folder)
    held.add(whole)
    try:
        yield
    finally:
        held.remove(whole)
        os.close(lock)


def _taken(folder: Path) -> int:
    """Return an open file with the lock on *folder*."""
    deadline = time.monotonic() + WAIT
    try:
        lock = _first_try(folder)
        while not _locked(lock):
            if time.monotonic() > deadline:
                os.close(lock)
                raise CannotWrite(
                    f"Another shiftplan is writing into {folder}.", "Try again in a moment."
                )
            time.sleep(_LOOK_AGAIN)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror or error}.") from None
    return lock


def _file_in(folder: Path) -> int:
    """Open a file that stands for *folder* where no lock can be taken on a folder."""
    path = folder / PRIVATE / "writing"
    make_folder(path.parent)
    return open_private(path, os.O_RDWR)


if sys.platform == "win32":
    import msvcrt

    _first_try = _file_in

    def _locked(lock: int) -> bool:
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _first_try(folder: Path) -> int:
        """Open *folder* itself, so that no file is left in it."""
        lock = os.open(folder, os.O_RDONLY)
        try:
            _locked(lock)
        except OSError:
            # Over a network only what is open for writing can be locked.
            os.close(lock)
            return _file_in(folder)
        return lock

    def _locked(lock: int) -> bool:
        """Take the lock if nobody has it, and say whether it is ours, now or before."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
