"""Files that a person names: read whole, and only if they are files and not too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import ShiftplanError

MOST_BYTES = 20 * 2**20
"""Bytes of the largest file that is read."""


def given_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return what is in the file at *path*.

    Raise ``ShiftplanError`` if it cannot be read, is no regular file, or has more than *most*
    bytes.
    """
    try:
        return _read(path, most)
    # A name with a null byte, or one that cannot be written in the system's encoding.
    except ValueError:
        raise ShiftplanError(f"{shown(path)} is no name that a file can have.") from None
    except OSError as error:
        why = error.strerror or str(error)
        raise ShiftplanError(f"{shown(path)} cannot be read: {why}.") from None


def _read(path: Path, most: int) -> bytes:
    # A pipe that nobody writes to would be waited for.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        kind = os.fstat(file).st_mode
        if not stat.S_ISREG(kind):
            what = "a folder" if stat.S_ISDIR(kind) else "no regular file"
            raise ShiftplanError(f"{shown(path)} is {what}.", "Name a file.")
        with os.fdopen(file, "rb", closefd=False) as stream:
            data = stream.read(most + 1)  # it may grow, so its size on disk decides nothing
    finally:
        os.close(file)
    if len(data) > most:
        size = f"{most // 2**20} MB"
        raise ShiftplanError(f"{shown(path)} is larger than {size}.", "Split it, or name another.")
    return data


def shown(path: Path) -> str:
    """Return *path* as it stands in a sentence, with what cannot be printed escaped."""
    data = str(path).encode("utf-8", "surrogatepass")
    text = data.decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def path_of(text: str) -> Path:
    """Return the path that somebody typed; ``~`` is their home, ``~name`` that of another.

    Raise ``ShiftplanError`` if it cannot be one.
    """
    text = text.strip()
    if not text:
        raise ShiftplanError("No file is named.", "Type its name.")
    try:
        named = "\0" not in os.fsdecode(os.fsencode(text))
    except UnicodeEncodeError:  # half a letter
        named = False
    if not named:
        raise ShiftplanError(f"{shown(Path(text))} is no name that a file can have.")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        who = Path(text).parts[0]
        raise ShiftplanError(
            f"'{who}' is nobody's home on this machine.", "Write the folder out, from / on."
        ) from None
