"""The calendar files of a roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..disk import make_folder, read_bytes, write_bytes
from ..errors import CannotWrite
from ..roster import Roster
from .contents import content
from .entries import CalendarEntry, at_site, personal, several_sites, team
from .events import PRODID, UTC_FORM, EventItem, Style, calendar_bytes
from .identity import Identity
from .text import file_names, files_by_first_name

TEAM_FILE = "team.ics"
_BY_NAME: Mapping[str, str] = {}
"""Nobody is anybody else than their name says."""


@dataclass(frozen=True)
class Written:
    """The files of an export: the team's, then the people's in their order, then the sites'."""

    paths: tuple[Path, ...]
    stale: tuple[Path, ...]
    """Calendars of an earlier export that this one did not renew.

    They are of people who left, or were renamed.
    """


def write_calendars(
    roster: Roster, out: Path, *, identity: Identity, days_off: bool = True, style: Style = UTC_FORM
) -> Written:
    """Write into *out* a calendar for each person, for the team, and for each of several sites.

    Each file appears whole or not at all, and a file that would not change is not touched. Nothing
    is deleted. Raise ``CannotWrite``.
    """
    return write_files(render(roster, identity=identity, days_off=days_off, style=style), out)


def write_files(calendars: Mapping[str, bytes], out: Path) -> Written:
    """Write calendars by file name into the folder *out*, as ``write_calendars`` does."""
    files = {out / name: data for name, data in calendars.items()}
    try:
        make_folder(out)
    except OSError as error:
        message = f"The folder '{out}' cannot be made: {_reason(error)}."
        raise CannotWrite(message, _ELSEWHERE) from error
    for path, data in files.items():
        _replace(path, data)
    return Written(tuple(files), tuple(_stale(out, files)))


def render(
    roster: Roster,
    *,
    identity: Identity,
    keys: Mapping[str, str] = _BY_NAME,
    first: Mapping[str, str] = _BY_NAME,
    days_off: bool = True,
    style: Style = UTC_FORM,
) -> dict[str, bytes]:
    """Return the bytes of every calendar by file name.

    The same roster and identity give the same bytes. The team's is first, then the people's in
    their order, then the sites'. *days_off* says whether a person's own calendar shows the days
    off; *keys* and *first* say what files are named by, as in ``render_published``.
    """
    facts, label = roster.facts, roster.facts.team.name

    def items(entries: Iterable[CalendarEntry]) -> list[EventItem]:
        return [(content(facts, e), identity.revision(e)) for e in entries]

    everyone = items(team(roster))
    files = {TEAM_FILE: calendar_bytes(everyone, name=team_name(label), of="team", style=style)}
    people = {p.name: keys.get(p.name, p.name) for p in facts.people}
    for who, name in files_by_first_name(people, first).items():
        own = items(personal(roster, who, days_off=days_off))
        files[name] = calendar_bytes(own, name=personal_name(who, label), of="person", style=style)
    for site, name in site_file_names(several_sites(facts)).items():
        here = items(at_site(roster, site))
        files[name] = calendar_bytes(here, name=site_name(site, label), of="site", style=style)
    return files


def team_name(team: str) -> str:
    """Return what the team's calendar is called."""
    return f"{team} – team"


def personal_name(who: str, team: str) -> str:
    """Return what a person's calendar is called."""
    return f"{who} – {team}"


def site_name(site: str, team: str) -> str:
    """Return what a site's calendar is called."""
    return f"{site} – {team}, site"


def site_file_names(sites: Iterable[str]) -> dict[str, str]:
    """Return the name of each site's file; never that of a person's."""
    names = list(sites)
    return dict(zip(names, file_names(f"site/{s}" for s in names).values(), strict=True))


_ELSEWHERE = "Choose another folder."


def _replace(path: Path, data: bytes) -> None:
    if _holds(path, data):
        return
    try:
        write_bytes(path, data)
    except CannotWrite as error:
        raise CannotWrite(error.message, _ELSEWHERE) from error


def _holds(path: Path, data: bytes) -> bool:
    """Say whether *data* is in the file at *path* already."""
    try:
        return read_bytes(path) == data
    except (OSError, ValueError):
        return False


def _stale(out: Path, written: Iterable[Path]) -> list[Path]:
    return sorted(p for p in set(out.glob("*.ics")) - set(written) if _made_by_shiftplan(p))


def _made_by_shiftplan(path: Path) -> bool:
    try:
        return PRODID.encode() in read_bytes(path, 200)
    except OSError:
        return False


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
