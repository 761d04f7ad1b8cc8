"""`shiftplan calendars`: the roster as calendar files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ..calendars import ByCell, Status, Written, write_calendars
from ..plan import Verdict
from ..roster import Roster
from ..store import StoredRoster
from .common import AsJson, Code, Folder, load_plan, print_json, say
from .subject import subject

EXAMPLES = """
shiftplan calendars
shiftplan calendars -C plans/puo --out /srv/www/calendars
shiftplan calendars --roster roster.csv --no-days-off
shiftplan calendars --json
"""

FOLDER = "calendars"
"""Where the files go in the plan folder without --out."""


def command(
    folder: Folder = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder to write to; else 'calendars' in the plan folder."),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option("--roster", metavar="FILE", help="A roster CSV; else the last one stored.")
    ] = None,
    no_days_off: Annotated[
        bool, typer.Option("--no-days-off", help="Leave days off out of people's calendars.")
    ] = False,
    as_json: AsJson = False,
) -> Code:
    """Write a calendar file for each person and one for the team.

    A person's file has their shifts, leave (without its kind) and days off; team.ics has everybody's shifts
    and leave. Times are instants, so each viewer sees them by their own clock. A draft, or a roster given
    with --roster, is marked tentative, a published roster confirmed.

    A roster that breaks a must is written too, with a warning, and the command exits with 1. Files of people
    who are no longer in the plan are named, not deleted.
    """
    loaded = load_plan(folder)
    plan, made, stored = subject(loaded, roster)
    identity = _identity(plan.facts.team.name, stored, roster)
    target = out if out is not None else loaded.root / FOLDER
    written = write_calendars(made, target, identity=identity, days_off=not no_days_off)
    verdict = plan.judge(made)
    if as_json:
        print_json(_as_json(made, target, written, identity, verdict))
    else:
        print(f"{len(written.paths)} calendars in {target}")
    _warn(target, written, verdict)
    return Code.BROKEN if verdict.musts else Code.DONE


def _identity(team: str, stored: StoredRoster | None, file: Path | None) -> ByCell:
    """Return the identity of the events: a draft's or published roster's own, or the file's by its age."""
    if stored is None:
        age = file.stat().st_mtime if file else 0
        return ByCell(team, datetime.fromtimestamp(age, UTC))
    status: Status = "CONFIRMED" if stored.state == "published" else "TENTATIVE"
    return ByCell(team, stored.created_at, status)


def _warn(target: Path, written: Written, verdict: Verdict) -> None:
    if written.stale:
        names = ", ".join(p.name for p in written.stale)
        say(f"note: {target} still has calendars of people no longer in the plan: {names}.")
    if verdict.musts:
        count, breach = len(verdict.musts), verdict.musts[0].breach
        how = f"a must {count} times, first" if count > 1 else "a must"
        say(f"warning: the roster breaks {how}: {breach.rule}: {breach.text}")


def _as_json(
    made: Roster, target: Path, written: Written, identity: ByCell, verdict: Verdict
) -> dict[str, object]:
    people = (None, *(p.name for p in made.facts.people))
    return {
        "folder": str(target),
        "status": identity.status.lower(),
        "files": [
            {"person": who, "path": str(path)} for who, path in zip(people, written.paths, strict=True)
        ],
        "stale": [str(path) for path in written.stale],
        "musts_broken": len(verdict.musts),
    }
