"""Files of a plan folder as text, with what can be wrong about a file as such."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Mapping
from pathlib import Path

from ..disk import read_bytes
from ..errors import PlanNotFound, nearest
from .given_file import MOST_BYTES
from .report import Place, Report

PLAN = "shiftplan.toml"
PRIVATE = ".shiftplan"
"""The folder inside the plan folder where the program keeps its own files."""
CALENDARS = "calendars"
"""The folder inside the plan folder where calendars go unless another is named."""


def find(start: Path) -> Path:
    """Return the plan folder *start* lies in: itself, or the nearest above that holds a plan.

    Raise ``PlanNotFound``.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        # What is there and is no file is for ``load`` to refuse, not a reason to look above.
        if (folder / PLAN).exists():
            return folder
    raise PlanNotFound(
        f"no {PLAN} in {start} or above.",
        "Make a plan with 'shiftplan init DIR', or name one with -C DIR.",
    )


class Files:
    """Reads files of one folder and remembers their bytes; files in *instead* are taken from there.

    A file that is None in *instead* is not there.
    """

    def __init__(
        self, root: Path, report: Report, instead: Mapping[str, bytes | None] | None = None
    ) -> None:
        if PLAN not in (instead or {}):
            _check_plan_is_there(root)
        self.root = root
        self.report = report
        self._instead = instead or {}
        self._read: dict[str, bytes] = {}

    def text(self, name: str, named_at: Place | None = None) -> str | None:
        """Return the text of the file called *name*, or None after reporting why there is none.

        *named_at* is the entry of the plan whose key ``table`` names it.
        """
        blame = named_at or Place(name, 0)
        key: tuple[str, ...] = ("table",) if named_at else ()
        try:
            if not self._is_inside(name):
                message = f"'{name}' lies outside the plan folder."
                self.report.at(blame, key, message, "Copy it into the folder.")
                return None
            data = self._read[name] = self._bytes(name)
        except FileNotFoundError:
            message = f"there is no file '{name}' in the plan folder."
            self.report.at(blame, key, message, self._like(name))
            return None
        # Names with a null byte raise ValueError, links in a circle RuntimeError.
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.report.at(blame, key, f"'{name}' cannot be read: {reason}.")
            return None
        return decode(data, name, self.report)

    def _is_inside(self, name: str) -> bool:
        return (self.root / name).resolve().is_relative_to(self.root.resolve())

    def _bytes(self, name: str) -> bytes:
        if name not in self._instead:
            path = self.root / name
            if path.stat().st_size > MOST_BYTES:
                size = f"it is larger than {MOST_BYTES // 2**20} MB"
                raise OSError(errno.EFBIG, size, name)
            return read_bytes(path)
        found = self._instead[name]
        if found is None:
            raise FileNotFoundError(name)
        return found

    @property
    def read(self) -> Mapping[str, bytes]:
        """The bytes of every file read so far, by name."""
        return self._read

    def _like(self, name: str) -> str:
        """Return which file may have been meant, or what else to do."""
        ending = Path(name).suffix
        tables = [p.name for p in self.root.iterdir() if p.suffix == ending and p.name != PLAN]
        return nearest(name, tables) or "Create it, or correct the name."

    @property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of every file read, in the order of their names."""
        total = hashlib.sha256()
        for name, data in sorted(self._read.items()):
            total.update(f"{len(name.encode())} {name} {len(data)} ".encode())
            total.update(data)
        return total.hexdigest()


def _check_plan_is_there(root: Path) -> None:
    """Raise ``PlanNotFound`` if *root* is not a folder with a plan."""
    if (root / PLAN).is_file():
        return
    if (root / PLAN).exists():
        raise PlanNotFound(f"{root / PLAN} is not a file.", "Put the plan in its place.")
    if root.is_file():
        raise PlanNotFound(f"{root} is a file.", "Name the folder it lies in.")
    what = f"has no {PLAN}" if root.is_dir() else "is not there"
    hint = f"Make a plan there with 'shiftplan init {root}'."
    raise PlanNotFound(f"{root} {what}.", hint)


def decode(data: bytes, name: str, report: Report) -> str | None:
    """Return *data* as text, or None after reporting that it is empty or not UTF-8."""
    try:
        text = data.decode("utf-8-sig")  # spreadsheets begin a file with a byte order mark
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the file is not UTF-8 (byte 0x{data[error.start]:02x})."
        report.add(name, line, "", message, "Save it again as UTF-8 text.")
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = "the file holds a null character, so it is no text or was damaged."
        report.add(name, line, "", message, "Save it again as UTF-8 text.")
        return None
    if not text.strip():
        report.add(name, 1, "", "the file is empty.", "Fill it, or delete what names it.")
        return None
    return text
