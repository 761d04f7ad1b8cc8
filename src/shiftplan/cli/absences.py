"""`shiftplan absences`: what somebody's own calendar says of their absences, into the plan."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..calendars.absent import Become, in_hours
from ..delivery.absences import FoundAbsences, find_absences, take_absences
from ..errors import ShiftplanError, count
from ..facts import Facts
from ..folder import Loaded
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
from .page import TextPage, columns

EXAMPLES = """
shiftplan absences ana.ics --person Ana
shiftplan absences ana.ics --person Ana --kind pto --yes
shiftplan absences ana.ics --person Ana --as unavailable --from 2026-12-01 --to 2027-02-28
"""


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.ics", help="A calendar exported by its owner.")
    ],
    person: Annotated[
        str, typer.Option("--person", metavar="NAME", help="Whose absences they are.")
    ],
    folder: Folder = None,
    become: Annotated[
        Become, typer.Option("--as", help="Approved leave, or times the person cannot work.")
    ] = Become.LEAVE,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Kind of leave: pto, sick ...")
    ] = "leave",
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", metavar="DATE", formats=["%Y-%m-%d"], help="First day; else the plan's."
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option(
            "--to", metavar="DATE", formats=["%Y-%m-%d"], help="Last day; else the plan's."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take them without being asked.")] = False,
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
        _show(facts, person, found, begin, end)
    taken = bool(new) and (yes or (not as_json and _asked(new)))
    name = take_absences(loaded.root, found) if taken else ""
    if as_json:
        print_json(_as_json(person, found, name))
    _tell(loaded, become, new, name)
    return ExitCode.DONE


def _days(facts: Facts, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    begin = first.date() if first else facts.first
    end = last.date() if last else max(facts.last, begin)
    if end < begin:
        raise ShiftplanError(f"--to {end} is before --from {begin}.")
    if (end - begin).days > 3 * 366:
        raise ShiftplanError("Three years at most can be taken at once.", "Give --from and --to.")
    return begin, end


def _show(facts: Facts, person: str, found: FoundAbsences, begin: date, end: date) -> None:
    page = TextPage()
    page.line(f"Absences of {person} ({facts.tz(person)}), {begin} to {end}", "bold")
    table = [("from", "to", "hours", "", "what")]
    for r in found.rows:
        state = "new" if r.new else "already there"
        table.append((f"{r.first}", f"{r.last}", in_hours(r.hours), state, r.what))
    page.lines(columns(table) if found.rows else ["None."])
    if found.skipped:
        page.head("Left out")
        page.lines(columns([(s.when, s.what, s.why) for s in found.skipped]))
    page.line()


def _asked(number: int) -> bool:
    if not sys.stdin.isatty():
        return False
    return typer.confirm(f"Take {count(number, 'new row')}?", err=True)


_RULES = {Become.LEAVE: "leave", Become.UNAVAILABLE: "available"}
"""The rule that keeps anyone from being rostered then."""


def _tell(loaded: Loaded, become: Become, new: int, name: str) -> None:
    if name:
        say(f"{count(new, 'row')} added to {name}.")
        kind = _RULES[become]
        if not any(rule.kind == kind for rule in loaded.plan.rules):
            say(
                f"note: the plan has no rule '{kind}', "
                "so nothing keeps anyone from being rostered then."
            )
    elif new:
        say("Nothing was written; --yes takes them.")
    else:
        say("Nothing new to take.")


def _as_json(person: str, found: FoundAbsences, name: str) -> dict[str, Any]:
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
            for r in found.rows
        ],
        "left_out": [{"when": s.when, "what": s.what, "why": s.why} for s in found.skipped],
        "written_to": name or None,
    }
