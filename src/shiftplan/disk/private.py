"""Files and folders that nobody but their owner can read, whatever the umask says.

Only what is new gets these modes. A file that is there has the mode its owner chose.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

SECRET = 0o600
"""The mode of every file that this program makes."""
SECRET_FOLDER = 0o700
"""The mode of every folder that it makes."""

_OTHERS = stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH


def make_folder(folder: Path) -> None:
    """Make *folder* and those above it that are missing; raise ``OSError``."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        make_one_folder(path)
    folder.mkdir(exist_ok=True)  # a file in the way is refused


def make_one_folder(folder: Path) -> bool:
    """Make *folder* and say so; raise ``OSError``."""
    try:
        folder.mkdir(SECRET_FOLDER)
    except FileExistsError:  # another program was quicker, or it is a file
        return False
    folder.chmod(SECRET_FOLDER)  # an umask may have taken something away
    return True


def open_private(path: Path | str, flags: int) -> int:
    """Open a file, made for its owner only where it is missing, and return its number.

    Raise ``OSError``.
    """
    try:
        number = os.open(path, flags | os.O_CREAT | os.O_EXCL, SECRET)
    except FileExistsError:
        return os.open(path, flags | os.O_CREAT, SECRET)
    give_mode(number, SECRET)
    return number


def give_mode(number: int, mode: int) -> None:
    """Give an open file a mode; raise ``OSError``."""
    if sys.platform != "win32":
        os.fchmod(number, mode)


def take_after(number: int, before: os.stat_result) -> None:
    """Give an open file the mode of the one it replaces, and its owner and group where it can be.

    Raise ``OSError``.
    """
    if sys.platform == "win32":
        return
    mode = stat.S_IMODE(before.st_mode) & 0o777
    if not _given(number, before.st_uid, before.st_gid):
        # Of another group its members would be others: what was for the group is for nobody then.
        mode &= ~stat.S_IRWXG
    os.fchmod(number, mode)


def _given(number: int, owner: int, group: int) -> bool:
    """Give a file to an owner and a group; say whether it has that group."""
    if sys.platform == "win32":
        return True
    now = os.fstat(number)
    if (now.st_uid, now.st_gid) == (owner, group):
        return True
    # Only root gives files away; a group that one is in oneself can be chosen.
    for whose in (owner, -1):
        try:
            os.fchown(number, whose, group)
        except OSError:
            continue
        return True
    return now.st_gid == group


def open_to_others(path: Path) -> bool:
    """Say whether everybody on this machine can read, write or enter *path*, by its own mode.

    A mode for the group is taken for what the owner chose. Where there are no modes, nobody can.
    """
    if sys.platform == "win32":
        return False
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except (OSError, ValueError):
        return False
