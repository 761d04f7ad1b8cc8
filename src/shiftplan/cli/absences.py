"""`shiftplan absences`: what somebody's own calendar says of their absences, into the plan."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..calendars import Skipped
from ..calendars.absent import AbsenceRow, Become, in_hours
from ..delivery.absences import (
    FoundAbsences,
    TakenAbsences,
    find_absences,
    take_absences,
)
from ..errors import ShiftplanError, count
from ..facts import Facts, name_of
from ..folder import Loaded
from .common import AsJson, ExitCode, Folder, as_named, load_plan, note, print_json, say
from .page import TextPage, columns

EXAMPLES = """
shiftplan absences ana.ics --person "Ana Ruiz"
shiftplan absences ana.ics --person "Ana Ruiz" --kind pto --yes
shiftplan absences ana.ics --person "Ana Ruiz" --rows 1,3-5
shiftplan absences ana.ics --person "Ana Ruiz" --as unavailable --from 2026-12-01 --to 2027-02-28
"""

MOST_DAYS = 3 * 366
ALIKE = 20
"""Events left out for the same reason that are listed one by one."""

RULES = {Become.LEAVE: "leave", Become.UNAVAILABLE: "available"}
"""The rule without which the rows have no effect."""

CalendarFile = Annotated[
    Path, typer.Argument(metavar="FILE.ics", help="A calendar exported by its owner.")
]
PersonOption = Annotated[
    str,
    typer.Option("--person", metavar="NAME", callback=as_named, help="Whose absences they are."),
]
BecomeOption = Annotated[
    Become, typer.Option("--as", help="Approved leave, or times the person cannot work.")
]
KindOption = Annotated[
    str,
    typer.Option("--kind", metavar="KIND", callback=as_named, help="Kind of leave: pto, sick ..."),
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
YesOption = Annotated[
    bool, typer.Option("--yes", help="Add all but tentative ones, without asking.")
]
RowsOption = Annotated[
    str | None,
    typer.Option("--rows", metavar="N,N-M", help="Add these of the new rows, without asking."),
]

Rows = Sequence[AbsenceRow]


def command(
    file: CalendarFile,
    person: PersonOption,
    folder: Folder = None,
    become: BecomeOption = Become.LEAVE,
    kind: KindOption = "leave",
    first: FirstOption = None,
    last: LastOption = None,
    yes: YesOption = False,
    rows: RowsOption = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Take absences from a calendar file, after showing them.

    Recurring events are laid out over the plan's days, or those given. Events that are cancelled,
    free, working elsewhere or made by shiftplan are left out, and so is what the plan has already.
    Times marked as away, busy and tentative are rows of their own, to be chosen by number. Whole
    days become leave; with --as unavailable, whole days and hours become times the person is never
    available. Titles are shown and not kept. The table keeps everything else that is in it.
    """
    loaded = load_plan(folder)
    facts = loaded.plan.facts
    person = name_of(facts.people, person)
    begin, end = _days(facts, first, last)
    found = find_absences(facts, person, file, become, kind, begin, end)
    if not as_json:
        _show(found, f"{person} ({facts.tz(person)}), {begin} to {end}")
    chosen = _chosen(found, rows, yes=yes, ask=not as_json)
    taken = take_absences(loaded.root, found, chosen) if chosen else None
    if as_json:
        print_json(_as_json(person, found, chosen, taken.table if taken else ""))
    _say_what_was_done(loaded, found, chosen, taken)
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
    table = [("", "from", "to", "hours", "", "", "what")]
    number = 0
    for row in found.rows:
        number += row.new
        shown = (f"{number}", "new") if row.new else ("", "already there")
        hours = in_hours(row.hours)
        table.append((shown[0], f"{row.first}", f"{row.last}", hours, row.busy, shown[1], row.what))
    page.lines(columns(table) if found.rows else ["None."])
    if found.skipped:
        page.head("Left out")
        page.lines(columns(_left_out(found.skipped)))
    page.line()


def _left_out(skipped: Sequence[Skipped]) -> list[tuple[str, ...]]:
    """Return a line for each event left out, and one for the rest of many for the same reason."""
    lines: list[tuple[str, ...]] = []
    by_reason = Counter(skip.why for skip in skipped)
    shown = Counter[str]()
    for skip in skipped:
        shown[skip.why] += 1
        if shown[skip.why] <= ALIKE or by_reason[skip.why] == ALIKE + 1:
            lines.append((skip.when, skip.what, skip.why))
        elif shown[skip.why] == ALIKE + 1:
            lines.append(("", f"and {by_reason[skip.why] - ALIKE} more", skip.why))
    return lines


# -- which rows ----------------------------------------------------------------------------------


def _chosen(found: FoundAbsences, rows: str | None, *, yes: bool, ask: bool) -> Rows:
    """Return the new rows to be added: those named, or all that are certain, or those agreed to."""
    if rows is not None:
        return _numbered(found, rows)
    if yes:
        return found.certain
    # Without a terminal there is nobody to ask.
    return _agreed(found) if ask and found.new and sys.stdin.isatty() else []


def _agreed(found: FoundAbsences) -> Rows:
    """Ask which rows are to be added, until the answer is one."""
    usual = [number for number, row in enumerate(found.new, 1) if row in found.certain]
    default = ",".join(map(str, usual)) or "none"
    while True:
        question = "Add which rows (numbers such as 1,3-5, all or none)?"
        answer = str(typer.prompt(question, default=default, err=True)).strip().lower()
        try:
            return _numbered(found, answer)
        except ShiftplanError as error:
            say(f"{error.message} {error.hint}")


def _numbered(found: FoundAbsences, text: str) -> Rows:
    """Return the new rows that *text* names, such as ``1,3-5``; raise ``ShiftplanError``."""
    if text.strip().lower() in ("all", "none"):
        return found.new if text.strip().lower() == "all" else []
    numbers: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.strip().isdecimal()):
            raise ShiftplanError(
                f"--rows: '{text}' names no rows.", "Write numbers such as 1,3-5, all or none."
            )
        # A span as long as a file could be is no list of numbers worth making.
        numbers.update(range(int(first), min(int(last or first), len(found.new) + 1) + 1))
        numbers.add(int(last or first))
    wrong = sorted(number for number in numbers if not 1 <= number <= len(found.new))
    if wrong:
        there = f"there are 1 to {len(found.new)}" if found.new else "there is none"
        raise ShiftplanError(f"--rows: there is no new row {wrong[0]}.", f"Of new rows {there}.")
    return [found.new[number - 1] for number in sorted(numbers)]


# -- what was done -------------------------------------------------------------------------------


def _say_what_was_done(
    loaded: Loaded, found: FoundAbsences, chosen: Rows, taken: TakenAbsences | None
) -> None:
    # Somebody else may have added the same rows while they were shown here.
    if not found.new or (taken is not None and not taken.rows):
        say("Nothing new to add.")
        return
    if taken is None:
        say("Nothing was written; --yes adds all but tentative rows, --rows those you name.")
        return
    say(f"{count(taken.rows, 'row')} added to {taken.table}.")
    left = [row for row in found.new if row not in chosen]
    if left:
        say(f"{count(len(left), 'new row')} not added; --rows adds those you name.")
    kind = RULES[found.become]
    if all(rule.kind != kind for rule in loaded.plan.rules):
        effect = "nothing keeps anyone from being rostered then"
        note([f"the plan has no rule '{kind}', so {effect}."])


def _as_json(person: str, found: FoundAbsences, chosen: Rows, table: str) -> dict[str, Any]:
    left_out = [{"when": s.when, "what": s.what, "why": s.why} for s in found.skipped]
    numbers = {id(row): number for number, row in enumerate(found.new, 1)}
    return {
        "person": person,
        "rows": [_row(row, numbers.get(id(row)), row in chosen) for row in found.rows],
        "left_out": left_out,
        "written_to": table or None,
    }


def _row(row: AbsenceRow, number: int | None, chosen: bool) -> dict[str, Any]:
    return {
        "number": number,
        "from": row.first.isoformat(),
        "to": row.last.isoformat(),
        "start": f"{row.hours[0]:%H:%M}" if row.hours else None,
        "end": f"{row.hours[1]:%H:%M}" if row.hours else None,
        "busy": str(row.busy),
        "what": row.what,
        "new": row.new,
        "added": chosen and row.new,
    }
