"""Folders of files written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..disk import clear_unfinished, make_folder, write_text
from ..errors import CannotWrite
from .files import CALENDARS, PLAN, PRIVATE


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
    new_folders = [p for p in (folder, *folder.parents) if not p.exists()]
    written: list[Path] = []
    try:
        _make_folder(folder)
        # The plan file is last: without it the folder is no plan, whatever else is there.
        for name in sorted(texts, key=lambda name: name == PLAN):
            write_text(folder / name, texts[name])
            written.append(folder / name)
    except BaseException:
        _remove(written, new_folders)
        raise
    return tuple(sorted(written))


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        reason = error.strerror or error
        raise CannotWrite(f"the folder {folder} cannot be made: {reason}.") from error


def _remove(files: Iterable[Path], folders: Iterable[Path]) -> None:
    for path in files:
        path.unlink()
    for path in folders:
        if path.is_dir():
            path.rmdir()


def clear_left_behind(root: Path, names: Iterable[str]) -> None:
    """Delete what killed programs were writing in the plan folder *root* or beside the files called
    *names*.
    """
    folders = {root, root / PRIVATE, root / CALENDARS}
    for folder in folders | {(root / name).parent for name in names}:
        clear_unfinished(folder)
