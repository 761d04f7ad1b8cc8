"""The journal: every step is on disk before it is on the screen, so that a killed process loses
nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..disk import open_private, read_bytes, write_text
from ..errors import CannotWrite, ShiftplanError
from ..folder.files import PRIVATE
from .history import Snapshot, Step, UndoHistory, after_line, roster_json, to_json

NAME = "journal.jsonl"
VERSION = 1

NOTHING = Snapshot({}, {}, frozenset())

JournalLine = Mapping[str, Any]


class BrokenJournal(ShiftplanError):
    """A journal that cannot be read."""


@dataclass
class Replayed:
    """What a journal says: how it began, what was done, and what of it was saved."""

    base: Snapshot
    state: Snapshot
    saved: Snapshot
    history: UndoHistory = field(default_factory=UndoHistory)
    roster_known: bool = False


class Journal:
    """Lines appended to one file that only the owner may read; the file appears with the first
    step.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / PRIVATE / NAME
        self._stream: int | None = None

    def write(self, line: JournalLine, begin: Callable[[], Iterable[JournalLine]]) -> None:
        """Append *line* and have it on disk; a new journal begins with the lines that *begin*
        makes.

        Raise ``CannotWrite``.
        """
        try:
            if self._stream is None:
                fresh = not self.path.exists()
                self._stream = open_private(self.path, os.O_WRONLY | os.O_APPEND)
                if fresh:
                    self._append(*begin())
            self._append(line)
        except OSError as error:
            raise CannotWrite(
                f"{self.path} cannot be written: {error.strerror or error}."
            ) from error

    def _append(self, *lines: JournalLine) -> None:
        assert self._stream is not None
        data = _text(lines).encode()
        while data:  # a system may write less than it is given
            data = data[os.write(self._stream, data) :]
        os.fsync(self._stream)

    def rewrite(self, lines: Iterable[JournalLine]) -> None:
        """Replace the journal as a whole. Raise ``CannotWrite``."""
        self.let_go()
        write_text(self.path, _text(lines))

    def put_aside(self) -> Path | None:
        """Rename the journal so that nothing is lost and a new one can begin.

        Return its new name, None if it could not be renamed.
        """
        self.let_go()
        number = 1
        while (aside := self.path.with_name(f"journal-{number}.jsonl")).exists():
            number += 1
        try:
            self.path.rename(aside)
        except OSError:
            return None
        return aside

    def drop(self) -> None:
        """Delete the journal: all of it is saved."""
        self.let_go()
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def let_go(self) -> None:
        """Close the file."""
        if self._stream is not None:
            os.close(self._stream)
            self._stream = None

    def read(self) -> Replayed | None:
        """Return what the journal says, None if there is none.

        A last line that was not written to its end is cut off. Raise ``BrokenJournal``.
        """
        try:
            data = read_bytes(self.path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BrokenJournal(f"{self.path} cannot be read: {error.strerror or error}.") from None
        # A line without its end was being written when the process was killed: no edit yet.
        whole = data[: data.rfind(b"\n") + 1]
        if not whole:
            self.drop()
            return None
        try:
            found = replay([json.loads(line) for line in whole.splitlines()])
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            raise BrokenJournal(f"{self.path} is damaged.") from None
        if len(whole) < len(data):
            with contextlib.suppress(OSError):
                os.truncate(self.path, len(whole))
        return found


def _text(lines: Iterable[JournalLine]) -> str:
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)


def head(base: Snapshot, roster_known: bool) -> list[JournalLine]:
    """Return the lines a journal that starts from *base* begins with."""
    lines: list[JournalLine] = [{"journal": VERSION, "files": dict(base.texts)}]
    return [*lines, {"roster": roster_json(base.cells, base.pins)}] if roster_known else lines


def lines_of(
    base: Snapshot, history: UndoHistory, saved: Snapshot, roster_known: bool
) -> list[JournalLine]:
    """Return a whole journal that replays to the same."""
    lines = head(base, roster_known)
    # What is saved is marked once, at the first step that led there; none may have.
    at_saved: JournalLine = {"saved": ["files", "roster"]}
    snapshot = base
    marked = snapshot == saved
    if marked:
        lines.append(at_saved)
    for step in history.done:
        lines.append(to_json(step))
        snapshot = step.forth(snapshot)
        if not marked and snapshot == saved:
            lines.append(at_saved)
            marked = True
    lines += [to_json(step) for step in reversed(history.undone)]
    lines += [{"undo": step.label} for step in history.undone]
    return lines


def replay(lines: list[JournalLine]) -> Replayed:
    """Return what *lines* amount to; raise ``ValueError`` or the like where they make no sense."""
    if lines[0].get("journal") != VERSION:
        raise ValueError("another kind of journal")
    base = Snapshot(dict(lines[0]["files"]), {}, frozenset())
    found = Replayed(base, base, base)
    for line in lines[1:]:
        _line(line, found)
    return found


def _line(line: JournalLine, found: Replayed) -> None:
    """Let *found* be what it is after one more line."""
    if "do" in line:
        after = after_line(line, found.state)
        found.history.add(Step.between(str(line["do"]), found.state, after))
        found.state = after
    elif "undo" in line:
        found.state = found.history.undo().back(found.state)
    elif "redo" in line:
        found.state = found.history.redo().forth(found.state)
    elif "saved" in line:
        parts = line["saved"]
        found.saved = found.saved.renewed(
            found.state, texts="files" in parts, roster="roster" in parts
        )
    elif "disk" in line:
        found.saved = Snapshot(dict(line["disk"]), found.saved.cells, found.saved.pins)
    else:
        _found_later(line, found)


def _found_later(line: JournalLine, found: Replayed) -> None:
    """Take in files, or the roster, that were found only after the journal began."""
    if "roster" in line:
        more = after_line(line["roster"], NOTHING)
        found.roster_known = True
    elif "files" in line:
        more = after_line(line, NOTHING)
    else:
        raise ValueError("a line of another kind")
    found.base = found.base.over(more)
    found.state = found.state.over(more)
    found.saved = found.saved.over(more)
