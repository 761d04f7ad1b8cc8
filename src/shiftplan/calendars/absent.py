"""Absences as rows of the plan's tables: new ones, and those it has already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from pydantic import ValidationError

from ..errors import ShiftplanError
from ..facts import Availability, Facts, Leave
from .absences import Absence, ClockHours, Skipped


class Become(StrEnum):
    """What absences become."""

    LEAVE = "leave"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class AbsenceRow:
    """A row to be, or one that is there already; *what* is for the eyes of whoever takes it, and
    not kept.
    """

    first: date
    last: date
    hours: ClockHours | None
    what: str
    new: bool


def whole_days(absences: Iterable[Absence]) -> tuple[list[Absence], list[Skipped]]:
    """Part absences that are whole days from those that are hours, which leave cannot hold."""
    whole, parts = list[Absence](), list[Skipped]()
    for a in absences:
        if a.hours is None:
            whole.append(a)
        else:
            when = f"{a.first} {in_hours(a.hours)}"
            parts.append(Skipped(a.what, when, "it is part of a day; --as unavailable takes hours"))
    return whole, parts


def rows_of(
    facts: Facts, person: str, absences: Iterable[Absence], become: Become
) -> list[AbsenceRow]:
    """Return runs of days with the same hours, those the plan has already apart."""
    there = _there(facts, person, become)
    days: dict[ClockHours | None, dict[date, dict[str, None]]] = {}
    for a in absences:
        for k in range((a.last - a.first).days + 1):
            days.setdefault(a.hours, {}).setdefault(a.first + timedelta(days=k), {})[a.what] = None
    rows: list[AbsenceRow] = []
    for hours, named in days.items():
        known = {d for d in named if any(begin <= d <= end for begin, end in there.get(hours, ()))}
        for group, new in ((known, False), (named.keys() - known, True)):
            for run in _runs(group):
                what = dict.fromkeys(title for d in run for title in named[d])
                rows.append(AbsenceRow(run[0], run[-1], hours, ", ".join(what), new))
    return sorted(rows, key=lambda r: (r.first, r.last, r.hours or (time.min, time.min)))


def _there(
    facts: Facts, person: str, become: Become
) -> Mapping[ClockHours | None, list[tuple[date, date]]]:
    """Return the spans of days the plan has already, by their hours."""
    found: dict[ClockHours | None, list[tuple[date, date]]] = {}
    if become is Become.LEAVE:
        found[None] = [(row.from_date, row.to_date) for row in facts.leave if row.person == person]
        return found
    for row in facts.availability:
        if row.person == person and row.can == "never" and not row.weekdays:
            hours = (row.start, row.end) if row.start is not None and row.end is not None else None
            span = (row.from_date or date.min, row.to_date or date.max)
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
    dates = {"person": person, "from_date": f"{row.first}", "to_date": f"{row.last}"}
    if become is Become.LEAVE:
        return {**dates, "kind": kind}
    hours = {"start": f"{row.hours[0]:%H:%M}", "end": f"{row.hours[1]:%H:%M}"} if row.hours else {}
    return {
        "person": person,
        "can": "never",
        **{k: v for k, v in dates.items() if k != "person"},
        **hours,
    }


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
