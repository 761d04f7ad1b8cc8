"""`shiftplan caldav push`: calendars onto a CalDAV server."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import typer

from ..calendars import file_names, person_calendar, site_calendar, site_file_names, team_calendar
from ..calendars.objects import objects
from ..delivery.caldav import Pushed, Server, check
from ..errors import ShiftplanError, nearest
from ..facts import Facts
from ..store import open_store
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say

EXAMPLES = """
shiftplan caldav push --url "https://dav.example.org/rosters/{calendar}/" --make
shiftplan caldav push --url https://dav.example.org/ana/shifts/ --for "Ana Ruiz"
shiftplan caldav push --url https://dav.example.org/team/ --team
"""

USER, PASSWORD = "SHIFTPLAN_CALDAV_USER", "SHIFTPLAN_CALDAV_PASSWORD"
"""Environment variables; without the password the keyring is asked for it."""
KEYRING = "shiftplan caldav"
"""What the keyring knows the password by."""


def command(
    action: Annotated[Literal["push"], typer.Argument(help="What to do.")],
    folder: Folder = None,
    url: Annotated[
        str,
        typer.Option(
            "--url", metavar="URL", help="The calendar; {calendar} stands for each one's name."
        ),
    ] = "",
    people: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="NAME", help="A person's calendar; else everyone's."),
    ] = None,
    sites: Annotated[
        list[str] | None, typer.Option("--site", metavar="SITE", help="A site's calendar.")
    ] = None,
    team: Annotated[bool, typer.Option("--team", help="The team's calendar.")] = False,
    make: Annotated[
        bool, typer.Option("--make", help="Make calendars that are not there.")
    ] = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Bring calendars on a CalDAV server in line with what is published.

    Each event is an object of its own. What is new is added, what changed is replaced, what is gone
    is removed; nothing that is not ours is touched, nor what somebody changes at that time. Name
    and password come from the environment (SHIFTPLAN_CALDAV_USER, SHIFTPLAN_CALDAV_PASSWORD) or the
    keyring, never from the command line. Exits with 1 if some events could not be written.
    """
    if not url:
        raise ShiftplanError(
            "--url is missing.", "Name the calendar's address; --help has examples."
        )
    check(url)
    loaded = load_plan(folder, quiet=as_json)
    facts = loaded.plan.facts
    wanted = list(_wanted(facts, people or [], sites or [], team))
    if len(wanted) > 1 and "{calendar}" not in url:
        raise ShiftplanError(
            f"--url names one calendar, and there are {len(wanted)} to push.",
            "Put {calendar} where the name of each belongs, or choose one with --for, --site or --team.",
        )
    server = Server(*_credentials())
    with open_store(loaded.root, create=False) as store:
        now = datetime.now(UTC)
        events = store.publications.events(facts, now)
    if not events:
        raise ShiftplanError("nothing is published yet.", "Run 'shiftplan publish' first.")
    done: list[tuple[str, Pushed]] = []
    for label, name, render in wanted:
        try:
            body = render(events, facts, now)
        except KeyError:  # nothing was ever published for them
            continue
        pushed = server.push(url.replace("{calendar}", name), objects(body), make=make)
        done.append((label, pushed))
        if not as_json:
            print(f"{label}: {_words(pushed)}")
    if as_json:
        print_json([_row(label, pushed) for label, pushed in done])
    refused = sum(len(p.refused) for _, p in done)
    if refused:
        what = "1 event was" if refused == 1 else f"{refused} events were"
        say(f"warning: {what} changed by somebody else meanwhile. Push again.")
    return ExitCode.BROKEN if refused else ExitCode.DONE


def _wanted(
    facts: Facts, people: list[str], sites: list[str], team: bool
) -> Iterator[tuple[str, str, Any]]:
    """Yield label, name in an address and renderer of each calendar to push."""
    names, places = [p.name for p in facts.people], [s.name for s in facts.sites]
    for option, asked, there in (("--for", people, names), ("--site", sites, places)):
        for name in asked:
            if name not in there:
                raise ShiftplanError(f"{option}: there is no '{name}'.", nearest(name, there))
    everyone = not (people or sites or team)
    files, label = file_names(names), facts.team.name
    for who in names if everyone else people:
        yield (
            who,
            _stem(files[who]),
            lambda e, f, at, who=who: person_calendar(e, who, team=label, at=at),
        )
    for site, file in site_file_names(sites).items():
        yield (
            site,
            _stem(file),
            lambda e, f, at, site=site: site_calendar(e, site, team=label, at=at),
        )
    if team:
        yield label, "team", lambda e, f, at: team_calendar(e, team=label, at=at)


def _stem(file: str) -> str:
    return re.sub(r"\.ics$", "", file)


def _credentials() -> tuple[str, str]:
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if user and not password:
        try:
            import keyring
            import keyring.errors
        except ImportError:
            raise ShiftplanError(
                f"{PASSWORD} is not set, and no keyring is installed.",
                "Set it, or 'pip install keyring'.",
            ) from None
        try:
            password = keyring.get_password(KEYRING, user) or ""
        except keyring.errors.KeyringError as error:
            raise ShiftplanError(
                f"the keyring cannot be asked: {error}", f"Set {PASSWORD} instead."
            ) from None
        if not password:
            raise ShiftplanError(
                f"neither {PASSWORD} nor the keyring has a password for '{user}'.",
                f"Try 'keyring set \"{KEYRING}\" {user}'.",
            )
    return user, password


def _words(pushed: Pushed) -> str:
    parts = [
        f"{len(some)} {word}"
        for some, word in (
            (pushed.added, "added"),
            (pushed.changed, "changed"),
            (pushed.removed, "removed"),
            (pushed.refused, "refused"),
        )
        if some
    ]
    return ", ".join([*parts, f"{pushed.same} as they were"])


def _row(label: str, pushed: Pushed) -> dict[str, Any]:
    return {
        "calendar": label,
        "url": pushed.url,
        "added": pushed.added,
        "changed": pushed.changed,
        "removed": pushed.removed,
        "refused": pushed.refused,
        "same": pushed.same,
    }
