"""`shiftplan calendars`: the roster as calendar files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..calendars import Style, TimeForm, Written, site_file_names, write_files
from ..delivery import calendar_files
from ..delivery.choices import Chosen, style_of
from ..errors import ShiftplanError, count
from ..facts import Facts
from ..folder import Loaded
from ..folder.files import CALENDARS
from ..plan import Verdict
from ..publication import Publication
from ..store import LinkChoices, Store, StoredRoster, open_store
from .common import AsJson, ExitCode, Folder, load_plan, note, print_json, say, show
from .judged import breaches
from .subject import subject

EXAMPLES = """
shiftplan calendars
shiftplan calendars -C plans/puo --out /srv/www/calendars
shiftplan calendars --form tzid --alarm 30m
shiftplan calendars --draft
shiftplan calendars --roster roster.csv --no-days-off
shiftplan calendars --json
"""


Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="Folder to write to; else 'calendars' in the plan folder."
    ),
]
RosterFile = Annotated[
    Path | None,
    typer.Option("--roster", metavar="FILE", help="A roster CSV, instead of what is published."),
]
DraftOption = Annotated[
    bool, typer.Option("--draft", help="The newest draft, though there is a published roster.")
]
NoDaysOff = Annotated[
    bool, typer.Option("--no-days-off", help="Leave days off out of people's calendars.")
]
FormOption = Annotated[
    TimeForm,
    typer.Option(
        "--form", help="Times in UTC, which everything reads alike, or local with their zone."
    ),
]
AlarmOption = Annotated[
    str,
    typer.Option(
        "--alarm",
        metavar="LENGTH",
        help="Remind people this long before a shift: 30m, 1h; 0m at its start.",
    ),
]


@dataclass(frozen=True)
class _Look:
    """How people's calendars are to look."""

    days_off: bool
    style: Style


@dataclass(frozen=True)
class _Calendars:
    """The files to be, and what to say of them."""

    files: dict[str, bytes]
    facts: Facts
    people: dict[str, str]
    """The file of each person, by their name."""
    status: str
    version: int | None = None
    hard_breaches: int = 0
    broken: str = ""
    """Which of the hard rules, in a sentence."""


def command(
    folder: Folder = None,
    out: Out = None,
    roster: RosterFile = None,
    draft: DraftOption = False,
    no_days_off: NoDaysOff = False,
    form: FormOption = "utc",
    alarm: AlarmOption = "",
    as_json: AsJson = False,
) -> ExitCode:
    """Write a calendar file for each person, one for the team, and one for each of several sites.

    A person's file has their shifts, leave (without its kind) and days off; those of team and sites
    have everybody's shifts and leave. Times are instants, so each viewer sees them in local time.
    Once a roster is published the files follow the newest version: what moved stays one event, what
    was cancelled says so until 30 days after its end. Before that, and with --draft or --roster,
    events are tentative.

    A roster that breaks a hard rule is written too, with a warning, and the command exits with 1.
    Files of people who are no longer in the plan are named, not deleted.
    """
    if draft and roster is not None:
        raise ShiftplanError("--draft and --roster name two rosters.", "Give one of them.")
    chosen = Chosen(not no_days_off, form, alarm).over(LinkChoices())
    look = _Look(days_off=chosen.days_off, style=style_of(chosen))
    loaded = load_plan(folder)
    unpublished = draft or roster is not None
    made = None if unpublished else _published(loaded, look)
    if made is None:
        made = _tentative(loaded, roster, look, draft=draft)
    target = out if out is not None else loaded.root / CALENDARS
    written = write_files(made.files, target)
    if as_json:
        print_json(_as_json(target, made, [str(path) for path in written.stale]))
    else:
        show(f"{count(len(written.paths), 'calendar')} in {target}")
    _mention_stale(target, written)
    if not made.hard_breaches:
        return ExitCode.DONE
    say(f"warning: {made.broken}")
    return ExitCode.BROKEN


def _mention_stale(target: Path, written: Written) -> None:
    # They may be all that somebody who left still sees, so they are not deleted unasked.
    if written.stale:
        names = ", ".join(path.name for path in written.stale)
        note(
            [
                f"{target} still has calendars of people no longer in the plan: "
                f"{names}. Delete them once nobody reads them."
            ]
        )


def _published(loaded: Loaded, look: _Look) -> _Calendars | None:
    """Return the calendars as published, or None if these days are not."""
    facts = loaded.plan.facts
    with open_store(loaded.root, create=False) as store:
        found = calendar_files.published(
            store, facts, datetime.now(UTC), days_off=look.days_off, style=look.style
        )
        if found is None:
            return None
        _mention_newer_draft(store, facts, found.version)
        people = calendar_files.names(store, facts)
    version = found.version
    broken = f"{version} was published with {breaches(version.musts)} of hard rules."
    return _Calendars(
        found.files, facts, people, "confirmed", version.number, version.musts, broken
    )


def _mention_newer_draft(store: Store, facts: Facts, version: Publication) -> None:
    # A draft made before what was published is no news, even if it is the newest one.
    drafts = store.rosters.drafts(facts)
    if drafts and drafts[0].id > version.roster_id:
        newer = f"draft {drafts[0].id} is newer, and --draft writes it"
        note([f"these are of {version}; {newer}."])


def _tentative(loaded: Loaded, file: Path | None, look: _Look, *, draft: bool) -> _Calendars:
    """Return the calendars of a roster that was not published."""
    plan, made, stored = subject(loaded, file, draft=draft)
    made_at = _made_at(stored, file)
    with open_store(loaded.root, create=False) as store:
        people = calendar_files.names(store, plan.facts)
        files = calendar_files.tentative(
            made, made_at, store=store, days_off=look.days_off, style=look.style
        )
    verdict = plan.judge(made)
    return _Calendars(
        files,
        plan.facts,
        people,
        "tentative",
        hard_breaches=len(verdict.hard_breaches),
        broken=_broken(verdict),
    )


def _broken(verdict: Verdict) -> str:
    """Return which hard rule the roster breaks first; empty if it breaks none."""
    if not verdict.hard_breaches:
        return ""
    breach, number = verdict.hard_breaches[0].breach, len(verdict.hard_breaches)
    what = f"the roster has {breaches(number)} of hard rules"
    first = ", the first" if number > 1 else ""
    return f"{what}{first}: {breach.rule}: {breach.text}"


def _made_at(stored: StoredRoster | None, file: Path | None) -> datetime:
    """Return when a draft was made, or when a file was written."""
    if stored is not None:
        return stored.created_at
    return datetime.fromtimestamp(file.stat().st_mtime if file is not None else 0, UTC)


def _as_json(target: Path, made: _Calendars, stale: list[str]) -> dict[str, Any]:
    facts = made.facts
    sites = site_file_names(site.name for site in facts.sites)
    whose = {name: who for who, name in made.people.items()}
    where = {name: site for site, name in sites.items()}
    return {
        "folder": str(target),
        "status": made.status,
        "version": made.version,
        "files": [
            {"person": whose.get(name), "site": where.get(name), "path": str(target / name)}
            for name in made.files
        ],
        "stale": stale,
        "musts_broken": made.hard_breaches,
    }
