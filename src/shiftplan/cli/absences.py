"""`shiftplan absences`: what somebody's own calendar says of their absences, into the plan."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..calendars import Skipped, read_absences
from ..calendars.absent import AbsenceRow, Become, cells_of, check, in_hours, rows_of, whole_days
from ..errors import ShiftplanError, count, nearest
from ..facts import Facts
from ..folder import Loaded
from ..folder.append import append_rows
from .common import AsJson, ExitCode, Folder, load_plan, note, print_json, say
from .page import TextPage, columns

EXAMPLES = """
shiftplan absences ana.ics --person Ana
shiftplan absences ana.ics --person Ana --kind pto --yes
shiftplan absences ana.ics --person Ana --as unavailable --from 2026-12-01 --to 2027-02-28
"""

MOST_DAYS = 3 * 366
TABLES = {Become.LEAVE: "leave", Become.UNAVAILABLE: "availability"}
"""The section of the plan file whose table takes the rows."""
RULES = {Become.LEAVE: "leave", Become.UNAVAILABLE: "available"}
"""The rule without which the rows have no effect."""

CalendarFile = Annotated[
    Path, typer.Argument(metavar="FILE.ics", help="A calendar exported by its owner.")
]
PersonOption = Annotated[
    str, typer.Option("--person", metavar="NAME", help="Whose absences they are.")
]
BecomeOption = Annotated[
    Become, typer.Option("--as", help="Approved leave, or times the person cannot work.")
]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="KIND", help="Kind of leave: pto, sick ...")
]
FirstOption = Annotated[
    datetime | None,
    typer.Option(
        "--from", metavar="DATE", formats=["%Y-%m-%d"], help="First day; else the plan's."
    ),
]
LastOption = Annotated[
    datetime | None,
    typer.Option("--to", metavar="DATE", formats=["%Y-%m-%d"], help="Last day; else the plan's."),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Add them without asking.")]


@dataclass(frozen=True)
class _Days:
    """The days that are looked at, the last one too."""

    first: date
    last: date


@dataclass(frozen=True)
class _Found:
    """What a calendar says of one person's absences."""

    person: str
    rows: list[AbsenceRow]
    left_out: list[Skipped]

    @property
    def new(self) -> list[AbsenceRow]:
        """The rows that the plan does not have yet."""
        return [row for row in self.rows if row.new]


def command(
    file: CalendarFile,
    person: PersonOption,
    folder: Folder = None,
    become: BecomeOption = Become.LEAVE,
    kind: KindOption = "leave",
    first: FirstOption = None,
    last: LastOption = None,
    yes: YesOption = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Take absences from a calendar file, after showing them.

    Recurring events are laid out over the plan's days, or those given. Events that are cancelled,
    marked as free or made by shiftplan are left out, and so is what the plan has already. Whole
    days become leave; with --as unavailable, whole days and hours become times the person is never
    available. Titles are shown and not kept. The table keeps everything else that is in it.
    """
    loaded = load_plan(folder)
    facts = loaded.plan.facts
    _check_known(facts, person)
    days = _days(facts, first, last)
    found = _read(facts, file, person, days, become)
    cells = [cells_of(person, row, become, kind) for row in found.new]
    check(facts, cells, become)
    if not as_json:
        _show(found, facts.tz(person), days)
    agreed = yes or (not as_json and _agreed(len(cells)))
    table = append_rows(loaded.root, TABLES[become], cells) if cells and agreed else ""
    if as_json:
        print_json(_as_json(found, table))
    _say_what_was_done(loaded, become, len(cells), table)
    return ExitCode.DONE


def _check_known(facts: Facts, person: str) -> None:
    if not facts.has_person(person):
        names = [p.name for p in facts.people]
        raise ShiftplanError(f"Nobody is called '{person}'.", nearest(person, names))


def _days(facts: Facts, first: datetime | None, last: datetime | None) -> _Days:
    begin = first.date() if first else facts.first
    # With a first day after the plan's last and no --to, one day is looked at.
    end = last.date() if last else max(facts.last, begin)
    if end < begin:
        raise ShiftplanError(f"--to {end} is before --from {begin}.")
    if (end - begin).days > MOST_DAYS:
        raise ShiftplanError("Three years at most can be taken at once.", "Give --from and --to.")
    return _Days(begin, end)


def _read(facts: Facts, file: Path, person: str, days: _Days, become: Become) -> _Found:
    """Return what *file* says of the absences of *person*; raise ``ShiftplanError``."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ShiftplanError(f"{file} cannot be read: {error.strerror or error}.") from None
    tz = facts.tz(person)
    absences, left_out = read_absences(data, str(file), tz, days.first, days.last)
    if become is Become.LEAVE:
        # Leave is whole days; hours are listed among what is left out.
        absences, parts = whole_days(absences)
        left_out += parts
    return _Found(person, rows_of(facts, person, absences, become), left_out)


def _show(found: _Found, tz: str, days: _Days) -> None:
    page = TextPage()
    page.line(f"Absences of {found.person} ({tz}), {days.first} to {days.last}", "bold")
    table = [("from", "to", "hours", "", "what")]
    for row in found.rows:
        state = "new" if row.new else "already there"
        table.append((f"{row.first}", f"{row.last}", in_hours(row.hours), state, row.what))
    page.lines(columns(table) if found.rows else ["None."])
    if found.left_out:
        page.head("Left out")
        page.lines(columns([(skip.when, skip.what, skip.why) for skip in found.left_out]))
    page.line()


def _agreed(number: int) -> bool:
    """Ask whether the rows are to be added; without a terminal there is nobody to ask."""
    if not number or not sys.stdin.isatty():
        return False
    return typer.confirm(f"Add {count(number, 'new row')}?", err=True)


def _say_what_was_done(loaded: Loaded, become: Become, new: int, table: str) -> None:
    if not new:
        say("Nothing new to add.")
        return
    if not table:
        say("Nothing was written; --yes adds them.")
        return
    say(f"{count(new, 'row')} added to {table}.")
    kind = RULES[become]
    if all(rule.kind != kind for rule in loaded.plan.rules):
        effect = "nothing keeps anyone from being rostered then"
        note([f"the plan has no rule '{kind}', so {effect}."])


def _as_json(found: _Found, table: str) -> dict[str, Any]:
    return {
        "person": found.person,
        "rows": _rows(found.rows),
        "left_out": [{"when": s.when, "what": s.what, "why": s.why} for s in found.left_out],
        "written_to": table or None,
    }


def _rows(rows: Sequence[AbsenceRow]) -> list[dict[str, Any]]:
    return [
        {
            "from": row.first.isoformat(),
            "to": row.last.isoformat(),
            "start": f"{row.hours[0]:%H:%M}" if row.hours else None,
            "end": f"{row.hours[1]:%H:%M}" if row.hours else None,
            "what": row.what,
            "new": row.new,
        }
        for row in rows
    ]
