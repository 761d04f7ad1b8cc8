"""`shiftplan absences`: what somebody's own calendar says of their absences, into the plan."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..calendars.absent import AbsenceRow, Become, in_hours
from ..delivery.absences import (
    FoundAbsences,
    TakenAbsences,
    find_absences,
    take_absences,
)
from ..errors import ShiftplanError, count
from ..facts import Facts
from ..folder import Loaded
from .common import AsJson, ExitCode, Folder, load_plan, note, print_json, say
from .page import TextPage, columns

EXAMPLES = """
shiftplan absences ana.ics --person Ana
shiftplan absences ana.ics --person Ana --kind pto --yes
shiftplan absences ana.ics --person Ana --as unavailable --from 2026-12-01 --to 2027-02-28
"""

MOST_DAYS = 3 * 366
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
    begin, end = _days(facts, first, last)
    found = find_absences(facts, person, file, become, kind, begin, end)
    new = len(found.cells)
    if not as_json:
        _show(found, f"{person} ({facts.tz(person)}), {begin} to {end}")
    agreed = yes or (not as_json and _agreed(new))
    taken = take_absences(loaded.root, found) if new and agreed else None
    if as_json:
        print_json(_as_json(person, found, taken.table if taken else ""))
    _say_what_was_done(loaded, become, new, taken)
    return ExitCode.DONE


def _days(facts: Facts, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    begin = first.date() if first else facts.first
    # With a first day after the plan's last and no --to, one day is looked at.
    end = last.date() if last else max(facts.last, begin)
    if end < begin:
        raise ShiftplanError(f"--to {end} is before --from {begin}.")
    if (end - begin).days > MOST_DAYS:
        raise ShiftplanError("Three years at most can be taken at once.", "Give --from and --to.")
    return begin, end


def _show(found: FoundAbsences, whose: str) -> None:
    page = TextPage()
    page.line(f"Absences of {whose}", "bold")
    table = [("from", "to", "hours", "", "what")]
    for row in found.rows:
        state = "new" if row.new else "already there"
        table.append((f"{row.first}", f"{row.last}", in_hours(row.hours), state, row.what))
    page.lines(columns(table) if found.rows else ["None."])
    if found.skipped:
        page.head("Left out")
        page.lines(columns([(skip.when, skip.what, skip.why) for skip in found.skipped]))
    page.line()


def _agreed(number: int) -> bool:
    """Ask whether the rows are to be added; without a terminal there is nobody to ask."""
    if not number or not sys.stdin.isatty():
        return False
    return typer.confirm(f"Add {count(number, 'new row')}?", err=True)


def _say_what_was_done(
    loaded: Loaded, become: Become, new: int, taken: TakenAbsences | None
) -> None:
    # Somebody else may have added the same rows while they were shown here.
    if not new or (taken is not None and not taken.rows):
        say("Nothing new to add.")
        return
    if taken is None:
        say("Nothing was written; --yes adds them.")
        return
    say(f"{count(taken.rows, 'row')} added to {taken.table}.")
    kind = RULES[become]
    if all(rule.kind != kind for rule in loaded.plan.rules):
        effect = "nothing keeps anyone from being rostered then"
        note([f"the plan has no rule '{kind}', so {effect}."])


def _as_json(person: str, found: FoundAbsences, table: str) -> dict[str, Any]:
    left_out = [{"when": s.when, "what": s.what, "why": s.why} for s in found.skipped]
    return {
        "person": person,
        "rows": [_row(row) for row in found.rows],
        "left_out": left_out,
        "written_to": table or None,
    }


def _row(row: AbsenceRow) -> dict[str, Any]:
    return {
        "from": row.first.isoformat(),
        "to": row.last.isoformat(),
        "start": f"{row.hours[0]:%H:%M}" if row.hours else None,
        "end": f"{row.hours[1]:%H:%M}" if row.hours else None,
        "what": row.what,
        "new": row.new,
    }
