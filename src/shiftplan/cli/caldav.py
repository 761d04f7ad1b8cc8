"""`shiftplan caldav push`: calendars onto a CalDAV server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

import typer

from ..delivery.caldav import Server
from ..delivery.caldav_answers import Pushed, check
from ..delivery.pushing import Push, Selection, push_all, pushes, selected
from ..errors import ShiftplanError, count
from ..facts import name_of
from ..folder import Loaded
from ..store import open_store
from .common import AsJson, ExitCode, Folder, as_named, load_plan, print_json, say, show
from .credentials import credentials

EXAMPLES = """
shiftplan caldav push --url "https://dav.example.org/rosters/{calendar}/" --make
shiftplan caldav push --url https://dav.example.org/ana/shifts/ --for "Ana Ruiz" --no-days-off
shiftplan caldav push --url https://dav.example.org/team/ --team
"""

Action = Annotated[Literal["push"], typer.Argument(help="What to do.")]
UrlOption = Annotated[
    str,
    typer.Option(
        "--url", metavar="URL", help="The calendar; {calendar} stands for each one's name."
    ),
]
People = Annotated[
    list[str] | None,
    typer.Option(
        "--for", metavar="NAME", callback=as_named, help="A person's calendar; else everyone's."
    ),
]
Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="SITE", callback=as_named, help="A site's calendar."),
]
TeamOption = Annotated[bool, typer.Option("--team", help="The team's calendar.")]
MakeOption = Annotated[
    bool, typer.Option("--make", help="Make and name calendars that are not there.")
]
NoDaysOff = Annotated[
    bool, typer.Option("--no-days-off", help="Leave days off out of people's calendars.")
]


def command(
    action: Action,
    folder: Folder = None,
    url: UrlOption = "",
    people: People = None,
    sites: Sites = None,
    team: TeamOption = False,
    make: MakeOption = False,
    no_days_off: NoDaysOff = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Bring calendars on a CalDAV server in line with what is published.

    Each event is an object of its own. What is new is added, what says something else is corrected,
    what is gone is removed; events of other programs are not touched, nor what somebody changes at
    that time. Everyone's calendars are those of people who left too, until their cancelled shifts
    are a month old. Name and password come from the environment (SHIFTPLAN_CALDAV_USER,
    SHIFTPLAN_CALDAV_PASSWORD) or the keyring, never from the command line. A calendar that fails
    does not stop the others. Exits with 1 if somebody changed events at the same time, and with 2
    if a calendar, or an event of one, could not be written.
    """
    if not url:
        raise ShiftplanError(
            "--url is missing.", "Name the calendar's address; --help has examples."
        )
    check(url)
    loaded = load_plan(folder, quiet=as_json)
    names = [name_of(loaded.plan.facts.people, word) for word in people or ()]
    chosen = Selection(names, sites or (), team, not no_days_off)
    wanted = _published(loaded, chosen, url)
    server = Server(*credentials())
    try:
        push_all(server, wanted, partial(_tell, as_json=as_json), make=make)
    except KeyboardInterrupt:
        _say_interrupted(wanted, as_json=as_json)
        raise
    if as_json:
        print_json([_row(one) for one in wanted])
    return _exit_code([one.done for one in wanted])


def _published(loaded: Loaded, chosen: Selection, url: str) -> list[Push]:
    """Return what is to be pushed; raise ``ShiftplanError`` if nothing is published."""
    facts, now = loaded.plan.facts, datetime.now(UTC)
    with open_store(loaded.root, create=False) as store:
        events = store.publications.events(facts, now)
        facts, first = store.record.with_keys(facts), store.record.first_names(facts)
    calendars = selected(facts, events, chosen, url, now, first)
    if not events:
        raise ShiftplanError("nothing is published yet.", "Run 'shiftplan publish' first.")
    days_off = chosen.days_off
    return list(pushes(facts.team.name, events, calendars, url, now, days_off=days_off))


# -- for people ----------------------------------------------------------------------------------


def _tell(one: Push, *, as_json: bool) -> None:
    """Print what was done to one calendar, and say what went wrong."""
    done, label = one.done, _label(one)
    if not as_json and (done.error is None or _anything(done)):
        show(f"{label}: {_words(done)}")
    for line in _wrong(done):
        say(f"error: {label}: {line}")


def _label(one: Push) -> str:
    return f"{one.calendar.label} (left)" if one.calendar.left else one.calendar.label


def _anything(done: Pushed) -> bool:
    return bool(done.added or done.changed or done.removed or done.refused)


def _words(done: Pushed) -> str:
    """Return what was done: ``2 added, 1 removed, 7 as they were``."""
    parts = ["made"] if done.made and not done.added else []
    for uids, word in (
        (done.added, "added"),
        (done.changed, "changed"),
        (done.removed, "removed"),
        (done.refused, "refused"),
    ):
        if uids:
            parts.append(f"{len(uids)} {word}")
    return ", ".join([*parts, f"{done.same} as they were"])


def _wrong(done: Pushed) -> list[str]:
    """Return what went wrong, in sentences: of events that were not taken, the first stands for
    all.
    """
    lines = [str(done.error)] if done.error is not None else []
    if done.failed:
        first, *others = done.failed.values()
        more = f" Not taken either: {count(len(others), 'more event')}." if others else ""
        lines.append(f"{first}{more}")
    return lines


def _exit_code(done: Sequence[Pushed]) -> ExitCode:
    if any(one.error is not None or one.failed for one in done):
        return ExitCode.BAD_INPUT
    refused = sum(len(one.refused) for one in done)
    if not refused:
        return ExitCode.DONE
    were = "was" if refused == 1 else "were"
    say(
        f"warning: {count(refused, 'event')} {were} changed by somebody else meanwhile. Push again."
    )
    return ExitCode.BROKEN


def _say_interrupted(wanted: Sequence[Push], *, as_json: bool) -> None:
    """Say what was done until then."""
    if as_json:
        print_json([_row(one) for one in wanted])
        return
    for one in wanted:
        if one.done.stopped and _anything(one.done):
            show(f"{_label(one)}: {_words(one.done)}, and then interrupted")
    whole = sum(one.done.whole for one in wanted)
    say(f"Interrupted: {whole} of {count(len(wanted), 'calendar')} done. Push again for the rest.")


# -- for programs --------------------------------------------------------------------------------


def _row(one: Push) -> dict[str, Any]:
    done, calendar = one.done, one.calendar
    return {
        "calendar": calendar.label,
        "kind": calendar.kind,
        "person": calendar.label if calendar.kind == "person" else None,
        "left": calendar.left,
        "url": done.url,
        "made": done.made,
        "added": done.added,
        "changed": done.changed,
        "removed": done.removed,
        "refused": done.refused,
        "failed": [{"uid": uid, "error": str(why)} for uid, why in done.failed.items()],
        "same": done.same,
        "error": _error(done),
    }


def _error(done: Pushed) -> str | None:
    if done.error is not None:
        return str(done.error)
    return None if done.whole else "Interrupted."
