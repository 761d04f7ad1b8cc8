"""One session at a time may save into a plan folder."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import IO

from ..disk import make_folder, open_private
from ..errors import CannotWrite
from ..folder.files import PRIVATE


class Lock:
    """The lock on a plan folder. The system lets go of it when the process ends, however."""

    def __init__(self, root: Path) -> None:
        """Take the lock; raise ``CannotWrite`` with the reason if that cannot be done."""
        path = root / PRIVATE / "lock"
        try:
            make_folder(path.parent)
            self._file: IO[str] = os.fdopen(
                open_private(path, os.O_RDWR | os.O_APPEND), "a+", encoding="utf-8"
            )
        except OSError as error:
            raise CannotWrite(
                f"{root} cannot be written: {error.strerror or error}.",
                "Edits are lost when you leave.",
            ) from None
        try:
            _lock(self._file)
        except OSError:
            self._file.seek(0)
            who = self._file.read(20).strip()
            self._file.close()
            process = (
                f"another shiftplan (process {who})" if who.isdecimal() else "another shiftplan"
            )
            raise CannotWrite(
                f"{process[0].upper()}{process[1:]} has this plan open.",
                "Close it there first; edits made here are lost when you leave.",
            ) from None
        with contextlib.suppress(OSError):  # a full disk: only a message would lack the number
            self._file.truncate(0)
            self._file.write(f"{os.getpid()}\n")
            self._file.flush()

    def release(self) -> None:
        """Let go."""
        with contextlib.suppress(OSError, ValueError):
            self._file.truncate(0)
            self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(1000)  # behind the process id, which others may read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
