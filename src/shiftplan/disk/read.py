"""Files read at once or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def read_bytes(path: Path, most: int = -1) -> bytes:
    """Return what is in the file at *path*, or its first *most* bytes.

    Raise ``OSError``, at once where *path* is no file: a pipe would keep us waiting, a device has
    no end. Raise ``ValueError`` for a path that no file can have.
    """
    check_is_file(path)
    # It may be another thing by now, so what is opened is looked at once more.
    with open(os.open(path, os.O_RDONLY | _AT_ONCE), "rb") as stream:
        _check(os.fstat(stream.fileno()), path)
        return stream.read(most)


def check_is_file(path: Path) -> None:
    """Raise ``OSError`` if there is no file at *path*, or what is there is no regular file."""
    _check(path.stat(), path)


def _check(found: os.stat_result, path: Path) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    for is_one, name in _KINDS:
        if is_one(found.st_mode):
            raise OSError(errno.EINVAL, f"it is {name}, not a file", str(path))
    raise OSError(errno.EINVAL, "it is not a file", str(path))
