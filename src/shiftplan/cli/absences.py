"""`shiftplan absences`: what somebody's own calendar says of their absences, into the plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from ..calendars import Absence, Hours, Skipped, read_absences
from ..errors import ShiftplanError, nearest
from ..facts import Availability, Facts, Leave
from ..folder import Loaded
from ..folder.append import append_rows
from .changes import count
from .common import AsJson, Code, Folder, load_plan, print_json, say
from .page import Page, columns

EXAMPLES = """
shiftplan absences ana.ics --person Ana
shiftplan absences ana.ics --person Ana --kind pto --yes
shiftplan absences ana.ics --person Ana --as unavailable --from 2026-12-01 --to 2027-02-28
"""


class As(StrEnum):
    """What absences become."""

    LEAVE = "leave"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Row:
    """A row to be, or one that is there already; *what* is for the eyes of whoever takes it, and not kept."""

    first: date
    last: date
    hours: Hours | None
    what: str
    new: bool


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE.ics", help="A calendar exported by its owner.")],
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Whose absences they are.")],
    folder: Folder = None,
    become: Annotated[
        As, typer.Option("--as", help="Approved leave, or times the person cannot work.")
    ] = As.LEAVE,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Kind of leave: pto, sick ...")
    ] = "leave",
    first: Annotated[
        datetime | None,
        typer.Option("--from", metavar="DATE", formats=["%Y-%m-%d"], help="First day; else the plan's."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", metavar="DATE", formats=["%Y-%m-%d"], help="Last day; else the plan's."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take them without being asked.")] = False,
    as_json: AsJson = False,
) -> Code:
    """Take absences from a calendar file, after showing them.

    Recurring events are laid out over the plan's days, or those given. Events that are cancelled, marked as
    free or made by shiftplan are left out, and so is what the plan has already. Whole days become leave; with
    --as unavailable, whole days and hours become times the person is never available. Titles are shown and
    not kept. The table keeps everything else that is in it.
    """
    loaded = load_plan(folder)
    facts = loaded.plan.facts
    if not facts.has_person(person):
        raise ShiftplanError(f"Nobody is called '{person}'.", nearest(person, [p.name for p in facts.people]))
    begin, end = _days(facts, first, last)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ShiftplanError(f"{file} cannot be read: {error.strerror or error}.") from None
    absences, skipped = read_absences(data, str(file), facts.tz(person), begin, end)
    if become is As.LEAVE:
        absences, parts = _whole_days(absences)
        skipped += parts
    rows = _rows(absences, _there(facts, person, become))
    new = [r for r in rows if r.new]
    values = [_values(person, r, become, kind) for r in new]
    _check(facts, values, become)
    if not as_json:
        _show(facts, person, rows, skipped, begin, end)
    taken = bool(new) and (yes or (not as_json and _asked(len(new))))
    name = _take(loaded, become, values) if taken else ""
    if as_json:
        print_json(_as_json(person, rows, skipped, name))
    _tell(loaded, become, len(new), name)
    return Code.DONE


def _days(facts: Facts, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    begin = first.date() if first else facts.first
    end = last.date() if last else max(facts.last, begin)
    if end < begin:
        raise ShiftplanError(f"--to {end} is before --from {begin}.")
    if (end - begin).days > 3 * 366:
        raise ShiftplanError("Three years at most can be taken at once.", "Give --from and --to.")
    return begin, end


def _whole_days(absences: Iterable[Absence]) -> tuple[list[Absence], list[Skipped]]:
    """Part absences that are whole days from those that are hours, which leave cannot hold."""
    whole, parts = list[Absence](), list[Skipped]()
    for a in absences:
        if a.hours is None:
            whole.append(a)
        else:
            when = f"{a.first} {_hours(a.hours)}"
            parts.append(Skipped(a.what, when, "it is part of a day; --as unavailable takes hours"))
    return whole, parts


def _there(facts: Facts, person: str, become: As) -> Mapping[Hours | None, list[tuple[date, date]]]:
    """Return the spans of days the plan has already, by their hours."""
    found: dict[Hours | None, list[tuple[date, date]]] = {}
    if become is As.LEAVE:
        found[None] = [(row.from_date, row.to_date) for row in facts.leave if row.person == person]
        return found
    for row in facts.availability:
        if row.person == person and row.can == "never" and not row.weekdays:
            hours = (row.start, row.end) if row.start is not None and row.end is not None else None
            span = (row.from_date or date.min, row.to_date or date.max)
            found.setdefault(hours, []).append(span)
    return found


def _rows(absences: Iterable[Absence], there: Mapping[Hours | None, list[tuple[date, date]]]) -> list[Row]:
    """Return runs of days with the same hours, those the plan has already apart."""
    days: dict[Hours | None, dict[date, dict[str, None]]] = {}
    for a in absences:
        for k in range((a.last - a.first).days + 1):
            days.setdefault(a.hours, {}).setdefault(a.first + timedelta(days=k), {})[a.what] = None
    rows: list[Row] = []
    for hours, named in days.items():
        known = {d for d in named if any(begin <= d <= end for begin, end in there.get(hours, ()))}
        for group, new in ((known, False), (named.keys() - known, True)):
            for run in _runs(group):
                what = dict.fromkeys(title for d in run for title in named[d])
                rows.append(Row(run[0], run[-1], hours, ", ".join(what), new))
    return sorted(rows, key=lambda r: (r.first, r.last, r.hours or (time.min, time.min)))


def _runs(days: Iterable[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _values(person: str, row: Row, become: As, kind: str) -> dict[str, str]:
    """Return the cells of a new row. Nothing from the file is among them but dates and times."""
    dates = {"person": person, "from_date": f"{row.first}", "to_date": f"{row.last}"}
    if become is As.LEAVE:
        return {**dates, "kind": kind}
    hours = {"start": f"{row.hours[0]:%H:%M}", "end": f"{row.hours[1]:%H:%M}"} if row.hours else {}
    return {"person": person, "can": "never", **{k: v for k, v in dates.items() if k != "person"}, **hours}


def _check(facts: Facts, values: list[dict[str, str]], become: As) -> None:
    """Raise ``ShiftplanError`` if the plan could not be read with the new rows."""
    try:
        if become is As.LEAVE:
            facts.changed(leave=(*facts.leave, *(Leave.model_validate(v) for v in values)))
        else:
            more = (Availability.model_validate(v) for v in values)
            facts.changed(availability=(*facts.availability, *more))
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"]).removeprefix("Value error, ").rstrip(".")
        raise ShiftplanError(f"The plan does not take these absences: {reason}.") from None


def _hours(hours: Hours | None) -> str:
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}" if hours else "whole days"


def _show(facts: Facts, person: str, rows: list[Row], skipped: list[Skipped], begin: date, end: date) -> None:
    page = Page()
    page.line(f"Absences of {person} ({facts.tz(person)}), {begin} to {end}", "bold")
    table = [("from", "to", "hours", "", "what")]
    for r in rows:
        state = "new" if r.new else "already there"
        table.append((f"{r.first}", f"{r.last}", _hours(r.hours), state, r.what))
    page.lines(columns(table) if rows else ["None."])
    if skipped:
        page.head("Left out")
        page.lines(columns([(s.when, s.what, s.why) for s in skipped]))
    page.line()


def _asked(number: int) -> bool:
    if not sys.stdin.isatty():
        return False
    return typer.confirm(f"Take {count(number, 'new row')}?", err=True)


_TABLES = {As.LEAVE: "leave", As.UNAVAILABLE: "availability"}
_RULES = {As.LEAVE: "leave", As.UNAVAILABLE: "available"}


def _take(loaded: Loaded, become: As, values: list[dict[str, str]]) -> str:
    """Append the rows and return the name of the table."""
    return append_rows(loaded.root, _TABLES[become], values)


def _tell(loaded: Loaded, become: As, new: int, name: str) -> None:
    if name:
        say(f"{count(new, 'row')} added to {name}.")
        kind = _RULES[become]
        if not any(rule.kind == kind for rule in loaded.plan.rules):
            say(f"note: the plan has no rule '{kind}', so nothing keeps anyone from being rostered then.")
    elif new:
        say("Nothing was written; --yes takes them.")
    else:
        say("Nothing new to take.")


def _as_json(person: str, rows: list[Row], skipped: list[Skipped], name: str) -> dict[str, Any]:
    return {
        "person": person,
        "rows": [
            {
                "from": r.first.isoformat(),
                "to": r.last.isoformat(),
                "start": f"{r.hours[0]:%H:%M}" if r.hours else None,
                "end": f"{r.hours[1]:%H:%M}" if r.hours else None,
                "what": r.what,
                "new": r.new,
            }
            for r in rows
        ],
        "left_out": [{"when": s.when, "what": s.what, "why": s.why} for s in skipped],
        "written_to": name or None,
    }
