"""The roster as CSV: ``person,site,date,shift,start_utc,end_utc,pinned``, one line a shift.

Where people have ids, ``id`` comes after ``person``: the file can be read when they are called
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from ..clock import iso, to_instant
from ..disk import write_text
from ..disk.formulas import csv_text
from ..errors import ShiftplanError, nearest
from ..facts import Cell, Facts
from ..roster import Assignment, Roster
from .build import build
from .csv_table import CsvRow, read_rows
from .files import decode
from .given_file import given_bytes
from .identity import Ids
from .report import Report
from .sections import WorkedLine
from .validation_messages import in_quotes


class RosterLine(WorkedLine):
    """One line of a roster file; what the plan knows already may be left out."""

    site: str = ""
    start_utc: str = ""
    end_utc: str = ""
    pinned: str = ""


PINNED = {"yes", "true", "1"}
NOT_PINNED = {"", "no", "false", "0"}
_END_OF_DAY = re.compile(r"(?<=\d)([T ])24:00")
COLUMNS = ("person", "site", "date", "shift", "start_utc", "end_utc", "pinned")
WITH_ID = ("person", "id", *COLUMNS[1:])


def columns(roster: Roster) -> tuple[str, ...]:
    """Return the columns a file of *roster* has."""
    return WITH_ID if any(person.id for person in roster.facts.people) else COLUMNS


def rows(roster: Roster) -> list[dict[str, str]]:
    """Return one row a shift, by date and then by person; an id is there for whoever has one."""
    return [_row(roster, assignment) for assignment in roster.assignments]


def _row(roster: Roster, worked: Assignment) -> dict[str, str]:
    person = roster.facts.person(worked.who)
    made = {
        "person": worked.who,
        "site": person.site,
        "date": worked.day.isoformat(),
        "shift": worked.shift.code,
        "start_utc": iso(worked.start),
        "end_utc": iso(worked.end),
        "pinned": "yes" if (worked.who, worked.day) in roster.pinned else "",
    }
    return {**made, "id": person.id} if person.id else made


def write_roster(target: Path | TextIO, roster: Roster) -> None:
    """Write *roster* to a file, whole or not at all, or to a stream.

    Raise ``CannotWrite``.
    """
    header = columns(roster)
    text = csv_text(header, [[row.get(name, "") for name in header] for row in rows(roster)])
    if isinstance(target, Path):
        write_text(target, text)
    else:
        target.write(text)


def read_roster(path: Path, facts: Facts, tell: Callable[[str], object] = lambda _: None) -> Roster:
    """Return the roster in the file at *path*.

    Person, date and shift decide. Where site, start or end say otherwise, as after a hand edit of
    the shift alone, *tell* is called with a sentence. Raise ``BadInput`` with everything that does
    not fit the facts.
    """
    report = Report()
    cells: dict[Cell, str] = {}
    pinned: set[Cell] = set()
    seen: dict[Cell, int] = {}
    ids = Ids(facts.people)
    for row in _read(path, report):
        written = build(RosterLine, row.cells, row.place, report) if row.whole else None
        if written is None:
            continue
        line = written.model_copy(update={"person": ids.of_line(written.person, written.id)})
        for key, message, hint in _misfits(line, facts):
            report.at(row.place, (key,), message, hint)
        for key, message in _stale(line, facts):
            tell(f"{row.place.file}:{row.place.line}: {key}: {message}; the shift counts.")
        cell = line.person, line.date
        if seen.setdefault(cell, row.place.line) != row.place.line:
            message = f"{line.person} has a line for {line.date} already, line {seen[cell]}"
            report.at(row.place, ("date",), message, "Keep one of them.")
        if line.shift:
            cells[cell] = line.shift
        if line.pinned.lower() in PINNED:
            pinned.add(cell)
    report.stop_if_any()
    return Roster(facts, MappingProxyType(cells), frozenset(pinned))


def _read(path: Path, report: Report) -> list[CsvRow]:
    name = str(path)
    try:
        data = given_bytes(path, called="the roster")
    except ShiftplanError as error:
        report.add(name, 0, "", error.message, error.hint)
        return []
    text = decode(data, name, report)
    if text is None:
        return []
    # The column of ids is only there where people have ids.
    header = [cell.strip(' "\r') for cell in text.partition("\n")[0].split(",")]
    known = WITH_ID if "id" in header else COLUMNS
    return read_rows(text, name, known, ("person", "date", "shift"), report) or []


def _misfits(line: RosterLine, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield what in one line does not fit the facts: key, sentence, hint."""
    if not facts.has_person(line.person):
        names = [p.name for p in facts.people]
        yield "person", f"nobody is called '{line.person}'", nearest(line.person, names)
    if not facts.first <= line.date <= facts.last:
        yield "date", f"{line.date} is outside the horizon {facts.first} to {facts.last}", ""
    if line.pinned.lower() not in PINNED | NOT_PINNED:
        yield "pinned", f"{in_quotes(line.pinned)} is neither 'yes' nor empty", ""
    if line.shift:
        yield from _wrong_shift(line, facts)


def _wrong_shift(line: RosterLine, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield why nobody, or not the person of the line, can work its shift."""
    known = facts.has_person(line.person)
    codes = {s.code for s in facts.shifts}
    workable = facts.codes(line.person) if known else codes
    hint = nearest(line.shift, workable)
    if line.shift not in codes:
        yield "shift", f"'{line.shift}' is no shift", hint
    elif line.shift not in workable:
        why = "it is for another site or requires other skills"
        yield "shift", f"{line.person} cannot work '{line.shift}': {why}", hint


def _stale(line: RosterLine, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield each column that repeats what the plan knows, and is wrong."""
    if not facts.has_person(line.person):
        return
    site = facts.person(line.person).site
    if line.site and line.site != site:
        yield "site", f"{line.person} is at {site}, not at {in_quotes(line.site)}"
    if line.shift not in facts.codes(line.person):
        return
    start, end = facts.span(line.person, line.shift, line.date)
    shift = f"{line.shift} of that day"
    if _differs(line.start_utc, start):
        yield "start_utc", f"{shift} starts {iso(start)}, not {in_quotes(line.start_utc)}"
    if _differs(line.end_utc, end):
        yield "end_utc", f"{shift} ends {iso(end)}, not {in_quotes(line.end_utc)}"


def _differs(text: str, instant: int) -> bool:
    """Say whether *text* is there, and not the time of *instant*."""
    return bool(text) and _instant(text) != instant


def _instant(text: str) -> int | None:
    """Return the instant *text* names, or None if it is no time in UTC or with an offset."""
    # Midnight at the end of a day is the last instant of a shift in many programs.
    at_midnight = _END_OF_DAY.sub(r"\g<1>00:00", text)
    try:
        moment = datetime.fromisoformat(at_midnight)
        moment += timedelta(days=at_midnight != text)
    except (ValueError, OverflowError):
        return None
    return to_instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
