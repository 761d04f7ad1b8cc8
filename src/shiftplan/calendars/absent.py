"""Absences as rows of the plan's tables: new ones, and those it has already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from pydantic import ValidationError

from ..errors import ShiftplanError
from ..facts import Availability, Facts, Leave
from .absences import Absence, ClockHours, Skipped
from .quirks import Busy

Span = tuple[date, date]
"""The first and the last day."""

TitlesByDay = dict[date, dict[str, None]]
"""What absences are called, by day; each title once, in order."""


TITLES = 5
"""Titles of one row that are shown."""


class Become(StrEnum):
    """What absences become."""

    LEAVE = "leave"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class AbsenceRow:
    """A row to be, or one that is there already; *what* is shown to whoever takes it, not kept."""

    first: date
    last: date
    hours: ClockHours | None
    what: str
    new: bool
    busy: Busy = Busy.BUSY


STRENGTH = (Busy.AWAY, Busy.BUSY, Busy.TENTATIVE)
"""What keeps somebody from work, the surest first."""


def whole_days(absences: Iterable[Absence]) -> tuple[list[Absence], list[Skipped]]:
    """Part absences that are whole days from those that are hours, which leave cannot hold."""
    whole: list[Absence] = []
    parts: list[Skipped] = []
    why = "it is part of a day; --as unavailable takes hours"
    for absence in absences:
        if absence.hours is None:
            whole.append(absence)
        else:
            when = f"{absence.first} {in_hours(absence.hours)}"
            parts.append(Skipped(absence.what, when, why))
    return whole, parts


def rows_of(
    facts: Facts, person: str, absences: Iterable[Absence], become: Become
) -> list[AbsenceRow]:
    """Return runs of days with the same hours and as busy, those the plan has already apart."""
    there = _there(facts, person, become)
    rows: list[AbsenceRow] = []
    for (hours, busy), titles in _titles_by_day(absences).items():
        spans = there.get(hours, [])
        known = {day for day in titles if any(begin <= day <= end for begin, end in spans)}
        rows += _rows(titles, known, hours, busy, new=False)
        rows += _rows(titles, titles.keys() - known, hours, busy, new=True)
    return sorted(rows, key=_order)


def _order(row: AbsenceRow) -> tuple[date, date, ClockHours, int]:
    return row.first, row.last, row.hours or (time.min, time.min), STRENGTH.index(row.busy)


def _titles_by_day(
    absences: Iterable[Absence],
) -> dict[tuple[ClockHours | None, Busy], TitlesByDay]:
    """Return by hours and busyness, and then by day, what absences are called."""
    found: dict[tuple[ClockHours | None, Busy], TitlesByDay] = {}
    for absence in absences:
        days = found.setdefault((absence.hours, absence.busy), {})
        for k in range((absence.last - absence.first).days + 1):
            titles = days.setdefault(absence.first + timedelta(days=k), {})
            titles[absence.what] = None
    return found


def _rows(
    titles: TitlesByDay, days: Iterable[date], hours: ClockHours | None, busy: Busy, *, new: bool
) -> Iterator[AbsenceRow]:
    """Yield a row for each run of *days*, with every title in it once."""
    for run in _runs(days):
        what: dict[str, None] = {}
        for day in run:
            what |= titles[day]
        yield AbsenceRow(run[0], run[-1], hours, _listed(list(what)), new, busy)


def _listed(titles: list[str]) -> str:
    """Return the first few of many titles, and how many more there are."""
    more = len(titles) - TITLES
    return ", ".join(titles if more <= 0 else [*titles[:TITLES], f"{more} more"])


def together(rows: Iterable[AbsenceRow]) -> list[AbsenceRow]:
    """Return *rows* with each day once for the same hours, however busy."""
    by_hours: dict[ClockHours | None, TitlesByDay] = {}
    for row in rows:
        days = by_hours.setdefault(row.hours, {})
        for k in range((row.last - row.first).days + 1):
            days.setdefault(row.first + timedelta(days=k), {})[row.what] = None
    merged: list[AbsenceRow] = []
    for hours, titles in by_hours.items():
        merged += _rows(titles, titles, hours, Busy.BUSY, new=True)
    return sorted(merged, key=_order)


def _there(facts: Facts, person: str, become: Become) -> dict[ClockHours | None, list[Span]]:
    """Return the spans of days the plan has already, by their hours."""
    if become is Become.UNAVAILABLE:
        return _unavailable(facts, person)
    return {None: [(row.from_date, row.to_date) for row in facts.leave if row.person == person]}


def _unavailable(facts: Facts, person: str) -> dict[ClockHours | None, list[Span]]:
    found: dict[ClockHours | None, list[Span]] = {}
    for row in facts.availability:
        # A row for some weekdays only is no run of days.
        if row.person == person and row.can == "never" and not row.weekdays:
            hours = None if row.start is None or row.end is None else (row.start, row.end)
            span = row.from_date or date.min, row.to_date or date.max
            found.setdefault(hours, []).append(span)
    return found


def _runs(days: Iterable[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def cells_of(person: str, row: AbsenceRow, become: Become, kind: str) -> dict[str, str]:
    """Return the cells of a new row. Nothing from the file is among them but dates and times."""
    cells = {"person": person}
    if become is Become.UNAVAILABLE:
        cells["can"] = "never"
    cells |= {"from_date": f"{row.first}", "to_date": f"{row.last}"}
    if become is Become.LEAVE:
        cells["kind"] = kind
    elif row.hours:
        start, end = row.hours
        cells |= {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    return cells


def check(facts: Facts, values: list[dict[str, str]], become: Become) -> None:
    """Raise ``ShiftplanError`` if the plan could not be read with the new rows."""
    try:
        if become is Become.LEAVE:
            facts.changed(leave=(*facts.leave, *(Leave.model_validate(v) for v in values)))
        else:
            more = (Availability.model_validate(v) for v in values)
            facts.changed(availability=(*facts.availability, *more))
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"]).removeprefix("Value error, ").rstrip(".")
        raise ShiftplanError(f"The plan does not take these absences: {reason}.") from None


def in_hours(hours: ClockHours | None) -> str:
    """Return hours for people."""
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}" if hours else "whole days"
