"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from ..errors import CannotWrite
from .private import take_after
from .read import check_is_file
from .unfinished import unfinished


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* as UTF-8, as ``write_bytes`` does. Raise ``CannotWrite``."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write *data* to *path*, replacing what is there only once everything is on disk.

    A new file is for its owner only; one that is there keeps its mode and owner. A symbolic link
    stays one, and the file it leads to is replaced. Raise ``CannotWrite``.
    """
    try:
        target = Path(os.path.realpath(path))
        before = _standing(target)
        with unfinished(target.parent) as made:
            made.write(data)
            if before is not None:
                take_after(made.number, before)
            if sys.platform == "win32":  # which renames no file that is open
                os.close(made.number)
            made.path.replace(target)
    # Names with a null byte raise ValueError.
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotWrite(f"{path} cannot be written: {reason}.") from error


def check_can_be_file(path: Path) -> None:
    """Raise ``CannotWrite`` if *path* is another thing than a file, or its folder is not there.

    Whatever else the system may have against it shows when it is written.
    """
    folder = Path(os.path.realpath(path)).parent if os.path.islink(path) else path.parent
    reason = ""
    if os.path.isdir(path):
        reason = "it is a folder"
    elif os.path.exists(path) and not os.path.isfile(path):
        reason = "it is not a file"
    elif not os.path.isdir(folder):
        reason = f"there is no folder {folder}"
    if reason:
        raise CannotWrite(f"{path} cannot be written: {reason}.")


def _standing(target: Path) -> os.stat_result | None:
    """Return what is known of the file at *target*, None if there is none; raise ``OSError`` if
    what is there is no file.
    """
    try:
        found = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):  # which was followed already, so it leads in a circle
        raise OSError(errno.ELOOP, "its symbolic link leads in a circle")
    check_is_file(target)
    return found
