"""Files that a person names: read whole, and only if they are files and not too large."""

from __future__ import annotations

import os
from pathlib import Path

from ..disk import read_bytes
from ..errors import ShiftplanError

MOST_BYTES = 20 * 2**20
"""Bytes of the largest file that is read."""


def given_bytes(path: Path, *, called: str = "") -> bytes:
    """Return what is in the file at *path*, which messages name so, or what it is *called*.

    Raise ``ShiftplanError`` if it cannot be read, is no regular file, or is too large.
    """
    name = called or shown(path)
    try:
        data = read_bytes(path, MOST_BYTES + 1)
    # A name with a null byte, or one that cannot be written in the system's encoding.
    except ValueError:
        raise ShiftplanError(f"{shown(path)} is no name that a file can have.") from None
    except OSError as error:
        raise ShiftplanError(f"{name} cannot be read: {error.strerror or error}.") from None
    if len(data) > MOST_BYTES:
        size = f"{MOST_BYTES // 2**20} MB"
        raise ShiftplanError(f"{name} is larger than {size}.", "Split it, or name another.")
    return data


def shown(path: Path) -> str:
    """Return *path* as it stands in a sentence, with what cannot be printed escaped."""
    return "".join(map(_visible, str(path)))


def _visible(letter: str) -> str:
    if letter.isprintable():
        return letter
    # A byte that is no UTF-8 comes as half a letter.
    if "\udc80" <= letter <= "\udcff":
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return ascii(letter)[1:-1]


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
