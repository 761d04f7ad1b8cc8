"""The calendar files of a roster."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import CannotWrite
from ..roster import Roster
from .entries import personal, team
from .events import PRODID, calendar_bytes
from .identity import Identity
from .text import file_names

TEAM_FILE = "team.ics"


@dataclass(frozen=True)
class Written:
    """The files of an export: the team's first, then the people's in their order."""

    paths: tuple[Path, ...]
    stale: tuple[Path, ...]
    """Calendars of an earlier export that this one did not renew: of people who left, or were renamed."""


def write_calendars(roster: Roster, out: Path, *, identity: Identity, days_off: bool = True) -> Written:
    """Write one calendar for each person and one for the team into the folder *out*.

    Each file appears whole or not at all, and a file that would not change is not touched. Nothing is
    deleted. Raise ``CannotWrite``.
    """
    files = {out / name: data for name, data in render(roster, identity=identity, days_off=days_off).items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"The folder '{out}' cannot be made: {_reason(error)}.", _ELSEWHERE) from error
    for path, data in files.items():
        _replace(path, data)
    return Written(tuple(files), tuple(_stale(out, files)))


def render(roster: Roster, *, identity: Identity, days_off: bool = True) -> dict[str, bytes]:
    """Return the bytes of every calendar by file name; the same roster and identity give the same bytes.

    *days_off* says whether a person's own calendar shows the days off.
    """
    facts = roster.facts
    files = {TEAM_FILE: calendar_bytes(facts, team(roster), identity, name=f"{facts.team.name} – team")}
    for who, name in file_names(p.name for p in facts.people).items():
        entries = personal(roster, who, days_off=days_off)
        files[name] = calendar_bytes(facts, entries, identity, name=f"{who} – {facts.team.name}", who=who)
    return files


_ELSEWHERE = "Choose another folder."


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        try:
            draft.write_bytes(data)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"'{path}' cannot be written: {_reason(error)}.", _ELSEWHERE) from error


def _stale(out: Path, written: Iterable[Path]) -> list[Path]:
    return sorted(p for p in set(out.glob("*.ics")) - set(written) if _ours(p))


def _ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return PRODID.encode() in file.read(200)
    except OSError:
        return False


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
