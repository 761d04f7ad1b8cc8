"""Which files of a plan others on this machine can read, and the command that keeps them out.

A file keeps the mode its owner gave it. One that everybody can read was hardly meant so, where it
says what people earn, why they are away or when they work.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..disk import read_bytes
from ..disk.private import open_to_others
from ..errors import StoreError, count
from ..facts import Facts
from ..folder import Loaded
from ..folder.files import PRIVATE
from .place import place_of

MOST_NAMED = 8
"""Files that a command still names one by one."""

PAGE_BEGINS = b"<title>Coverage: "
"""What stands in the head of a page of coverage."""

ABOUT_LEAVE = ("leave", "leave_balances")
"""Sections whose tables say why people are away, and how often."""


def privacy_notices(loaded: Loaded) -> Iterator[str]:
    """Yield a sentence, with a command, for what everybody on this machine can read of a plan."""
    root = loaded.root.absolute()
    yield from _notice("with pay or kinds of leave", (), _tables(loaded))
    kept = _inside(root / PRIVATE, "*")
    yield from _notice("with rosters", [root / PRIVATE], [*kept, *_database(root)])
    calendars = [*_inside(root, "*.ics"), *_inside(root, "*/*.ics")]
    folders = dict.fromkeys(path.parent for path in calendars if path.parent != root)
    yield from _notice("with calendars", folders, calendars)
    pages = [path for path in _inside(root, "*.html") if _is_page(path)]
    yield from _notice("with coverage", (), pages)


def _tables(loaded: Loaded) -> list[Path]:
    """Return the tables of a plan that say what is nobody else's business."""
    facts = loaded.plan.facts
    sections = [section for section in ABOUT_LEAVE if loaded.tables.get(section)]
    if _has_pay(facts):
        sections.append("people")
    names = dict.fromkeys(name for section in sections for name in loaded.tables[section])
    return [loaded.root.absolute() / name for name in names]


def _has_pay(facts: Facts) -> bool:
    return any(person.hourly_rate is not None for person in facts.people)


def _database(root: Path) -> list[Path]:
    """Return the files of a database that lies elsewhere, if it is one of files."""
    try:
        path = place_of(root).path
    except StoreError:  # which is reported by whoever needs it
        return []
    if path is None or path.parent == root / PRIVATE:
        return []
    return [path.with_name(path.name + ending) for ending in ("", "-journal", "-wal", "-shm")]


def _inside(folder: Path, pattern: str) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.glob(pattern) if path.is_file())
    except OSError:  # a folder that we may not look into is not open to others
        return


def _is_page(path: Path) -> bool:
    """Say whether a file is a page of coverage that we wrote."""
    try:
        return PAGE_BEGINS in read_bytes(path, 500)
    except OSError:
        return False


def _notice(what: str, folders: Iterable[Path], files: Iterable[Path]) -> Iterator[str]:
    """Yield a sentence if any of *folders* and *files* is open to everybody."""
    open_folders = [path for path in folders if open_to_others(path)]
    open_files = [path for path in files if open_to_others(path)]
    if not open_folders and not open_files:
        return
    commands = []
    if open_folders:
        commands.append(f"chmod 700 {_quoted(open_folders)}")
    if open_files:
        commands.append(f"chmod 600 {_named(open_files)}")
    parts = []
    if open_folders:
        parts.append(count(len(open_folders), "folder"))
    if open_files:
        parts.append(count(len(open_files), "file"))
    can = f"the modes let everybody on this machine read {' and '.join(parts)} {what}"
    yield f"{can}. To keep others out: {' && '.join(commands)}"


def _named(paths: list[Path]) -> str:
    """Return files as a shell takes them: many of one folder by their ending."""
    parents = {path.parent for path in paths}
    endings = {path.suffix for path in paths}
    if len(paths) <= MOST_NAMED or len(parents) > 1 or len(endings) > 1:
        return _quoted(paths)
    return f"{shlex.quote(str(parents.pop()))}/*{endings.pop()}"


def _quoted(paths: Iterable[Path]) -> str:
    return " ".join(shlex.quote(str(path)) for path in paths)
