"""Files and folders written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import CannotWrite
from .files import PLAN
from .turn import turn_in


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* as UTF-8, replacing what is there only once everything is on disk.

    Raise ``CannotWrite``.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write *data* to *path*, replacing what is there only once everything is on disk.

    Raise ``CannotWrite``.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}-{time.time_ns()}")
    made = False
    try:
        with beside.open("xb") as stream:
            made = True
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except OSError as error:
        if made:
            beside.unlink(missing_ok=True)
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}.") from error


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
            try:
                path.mkdir()
            except FileExistsError:
                continue  # somebody else has just made it, so it is not ours to remove
            made.insert(0, path)
        folder.mkdir(exist_ok=True)  # a file in the way is refused
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
