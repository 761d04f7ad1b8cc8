"""Folders of files written whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..disk import clear_unfinished, make_folder, make_one_folder, write_text
from ..errors import CannotWrite
from .files import CALENDARS, PLAN, PRIVATE
from .turn import turn_in


def refuse_overwriting(folder: Path, names: Iterable[str]) -> None:
    """Raise ``CannotWrite`` if one of the files called *names* is in *folder* already."""
    there = [name for name in names if (folder / name).exists()]
    if there:
        what = "a plan" if PLAN in there else f"a file '{there[0]}'"
        raise CannotWrite(f"{folder} has {what} already.", "Name another folder.")


def write_folder(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write files by name and text into *folder*, which is made if need be; return them.

    Nothing that is there already is overwritten, and nothing is left if writing fails. Raise
    ``CannotWrite``.
    """
    refuse_overwriting(folder, texts)
    made: list[Path] = []
    written: list[Path] = []
    try:
        _make_folder(folder, made)
        with turn_in(folder):
            # Of two who write into the same folder at once the second finds the files of the first.
            refuse_overwriting(folder, texts)
            # The plan file is last: without it the folder is no plan, whatever else is there.
            for name in sorted(texts, key=lambda name: name == PLAN):
                write_text(folder / name, texts[name])
                written.append(folder / name)
    except BaseException:
        _remove(written, made)
        raise
    return tuple(sorted(written))


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make *folder* and those above it that are not there, and add each to those *made*."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path in reversed(missing):
            if make_one_folder(path):
                made.insert(0, path)
        make_folder(folder)  # a file in the way is refused
    except OSError as error:
        reason = error.strerror or error
        raise CannotWrite(f"the folder {folder} cannot be made: {reason}.") from error


def _remove(files: Iterable[Path], folders: Iterable[Path]) -> None:
    for path in files:
        path.unlink()
    for path in folders:
        # What somebody else has put there meanwhile stays.
        with contextlib.suppress(OSError):
            path.rmdir()


def clear_left_behind(root: Path, names: Iterable[str]) -> None:
    """Delete what killed programs were writing in the plan folder *root* or beside the files called
    *names*.
    """
    folders = {root, root / PRIVATE, root / CALENDARS}
    for folder in folders | {(root / name).parent for name in names}:
        clear_unfinished(folder)
