"""`shiftplan calendars`: the roster as calendar files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from ..calendars import Style, TimeForm, file_names, site_file_names, write_files
from ..delivery import calendar_files
from ..errors import ShiftplanError, count
from ..facts import Facts
from ..facts.base import Minutes
from ..folder import Loaded
from ..publication import Publication
from ..store import Store, StoredRoster, open_store
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say
from .subject import subject

EXAMPLES = """
shiftplan calendars
shiftplan calendars -C plans/puo --out /srv/www/calendars
shiftplan calendars --form tzid --alarm 30m
shiftplan calendars --draft
shiftplan calendars --roster roster.csv --no-days-off
shiftplan calendars --json
"""

FOLDER = "calendars"
"""Where the files go in the plan folder without --out."""

LONGEST_ALARM = 7 * 24 * 60


@dataclass(frozen=True)
class _Calendars:
    """The files to be, and what to say of them."""

    files: dict[str, bytes]
    facts: Facts
    status: str
    version: int | None = None
    musts: int = 0
    broken: str = ""
    """What of them, in a sentence."""


def command(
    folder: Folder = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder to write to; else 'calendars' in the plan folder."
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster", metavar="FILE", help="A roster CSV, instead of what is published."
        ),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="The newest draft, though there is a published roster.")
    ] = False,
    no_days_off: Annotated[
        bool, typer.Option("--no-days-off", help="Leave days off out of people's calendars.")
    ] = False,
    form: Annotated[
        TimeForm,
        typer.Option(
            "--form", help="Times in UTC, which everything reads alike, or local with their zone."
        ),
    ] = "utc",
    alarm: Annotated[
        str,
        typer.Option(
            "--alarm", metavar="LENGTH", help="Remind people this long before a shift: 30m, 1h."
        ),
    ] = "",
    as_json: AsJson = False,
) -> ExitCode:
    """Write a calendar file for each person, one for the team, and one for each of several sites.

    A person's file has their shifts, leave (without its kind) and days off; those of team and sites
    have everybody's shifts and leave. Times are instants, so each viewer sees them by their own
    clock. Once a roster is published the files follow the newest version: what moved stays one
    event, what was cancelled says so until 30 days after its end. Before that, and with --draft or
    --roster, events are tentative.

    A roster that breaks a must is written too, with a warning, and the command exits with 1. Files
    of people who are no longer in the plan are named, not deleted.
    """
    if draft and roster is not None:
        raise ShiftplanError("--draft and --roster name two rosters.", "Give one of them.")
    style = Style(form, _alarm(alarm))
    loaded = load_plan(folder)
    made = None
    if roster is None and not draft:
        with open_store(loaded.root, create=False) as store:
            made = _published(store, loaded.plan.facts, not no_days_off, style)
    if made is None:
        made = _tentative(loaded, roster, not no_days_off, style, draft=draft)
    target = out if out is not None else loaded.root / FOLDER
    written = write_files(made.files, target)
    if as_json:
        print_json(_as_json(target, made, [str(p) for p in written.stale]))
    else:
        print(f"{len(written.paths)} calendars in {target}")
    if written.stale:
        names = ", ".join(p.name for p in written.stale)
        say(f"note: {target} still has calendars of people no longer in the plan: {names}.")
    if made.musts:
        say(f"warning: {made.broken}")
    return ExitCode.BROKEN if made.musts else ExitCode.DONE


def _alarm(text: str) -> timedelta | None:
    if not text:
        return None
    try:
        minutes = TypeAdapter(Minutes).validate_python(text)
    except ValidationError:
        minutes = -1
    if not 0 <= minutes <= LONGEST_ALARM:
        raise ShiftplanError(
            f"--alarm: '{text}' is no length up to 7 days.", "Write it like 30m or 1h."
        )
    return timedelta(minutes=minutes)


def _published(store: Store, facts: Facts, days_off: bool, style: Style) -> _Calendars | None:
    """Return the calendars as published, or None if these days are not."""
    found = calendar_files.published(
        store, facts, datetime.now(UTC), days_off=days_off, style=style
    )
    if found is None:
        return None
    version, files = found
    _mention(store, facts, version)
    broken = f"{version} was published though it breaks {count(version.musts, 'must')}."
    return _Calendars(files, facts, "confirmed", version.number, version.musts, broken)


def _mention(store: Store, facts: Facts, version: Publication) -> None:
    drafts = store.rosters.drafts(facts)
    if drafts and drafts[0].id > version.roster_id:
        say(f"note: these are of {version}; draft {drafts[0].id} is newer, and --draft writes it.")


def _tentative(
    loaded: Loaded, file: Path | None, days_off: bool, style: Style, *, draft: bool
) -> _Calendars:
    """Return the calendars of a roster that was not published."""
    plan, made, stored = subject(loaded, file, draft=draft)
    files = calendar_files.tentative(made, _made_at(stored, file), days_off=days_off, style=style)
    verdict = plan.judge(made)
    broken = ""
    if verdict.hard_breaches:
        breach, times = verdict.hard_breaches[0].breach, len(verdict.hard_breaches)
        how = f"a must {times} times, first" if times > 1 else "a must"
        broken = f"the roster breaks {how}: {breach.rule}: {breach.text}"
    return _Calendars(
        files,
        plan.facts,
        "tentative",
        musts=len(verdict.hard_breaches),
        broken=broken,
    )


def _made_at(stored: StoredRoster | None, file: Path | None) -> datetime:
    """Return when a draft was made, or when a file was written."""
    if stored is not None:
        return stored.created_at
    return datetime.fromtimestamp(file.stat().st_mtime if file is not None else 0, UTC)


def _as_json(target: Path, made: _Calendars, stale: list[str]) -> dict[str, Any]:
    facts = made.facts
    whose = {name: who for who, name in file_names(p.name for p in facts.people).items()}
    where = {name: site for site, name in site_file_names(s.name for s in facts.sites).items()}
    return {
        "folder": str(target),
        "status": made.status,
        "version": made.version,
        "files": [
            {"person": whose.get(name), "site": where.get(name), "path": str(target / name)}
            for name in made.files
        ],
        "stale": stale,
        "musts_broken": made.musts,
    }
