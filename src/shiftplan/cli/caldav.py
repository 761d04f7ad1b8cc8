"""`shiftplan caldav push`: calendars onto a CalDAV server."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import typer

from ..calendars import file_names, person_calendar, site_calendar, site_file_names, team_calendar
from ..calendars.objects import objects
from ..delivery.caldav import Pushed, Server, check
from ..errors import ShiftplanError, count, nearest
from ..facts import Facts
from ..folder import Loaded
from ..publication import Event
from ..store import open_store
from .common import AsJson, ExitCode, Folder, load_plan, print_json, say, show
from .credentials import credentials

EXAMPLES = """
shiftplan caldav push --url "https://dav.example.org/rosters/{calendar}/" --make
shiftplan caldav push --url https://dav.example.org/ana/shifts/ --for "Ana Ruiz"
shiftplan caldav push --url https://dav.example.org/team/ --team
"""

PLACEHOLDER = "{calendar}"

Action = Annotated[Literal["push"], typer.Argument(help="What to do.")]
UrlOption = Annotated[
    str,
    typer.Option(
        "--url", metavar="URL", help="The calendar; {calendar} stands for each one's name."
    ),
]
People = Annotated[
    list[str] | None,
    typer.Option("--for", metavar="NAME", help="A person's calendar; else everyone's."),
]
Sites = Annotated[
    list[str] | None, typer.Option("--site", metavar="SITE", help="A site's calendar.")
]
TeamOption = Annotated[bool, typer.Option("--team", help="The team's calendar.")]
MakeOption = Annotated[bool, typer.Option("--make", help="Make calendars that are not there.")]


@dataclass(frozen=True)
class _Calendar:
    """A calendar to push: what it is called, and the name that stands in its address."""

    kind: Literal["person", "site", "team"]
    label: str
    name: str

    def render(self, events: Sequence[Event], team: str, at: datetime) -> bytes:
        """Return it as it is published; raise ``KeyError`` if nothing ever was for it."""
        if self.kind == "person":
            return person_calendar(events, self.label, team=team, at=at)
        if self.kind == "site":
            return site_calendar(events, self.label, team=team, at=at)
        return team_calendar(events, team=team, at=at)


def command(
    action: Action,
    folder: Folder = None,
    url: UrlOption = "",
    people: People = None,
    sites: Sites = None,
    team: TeamOption = False,
    make: MakeOption = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Bring calendars on a CalDAV server in line with what is published.

    Each event is an object of its own. What is new is added, what changed is replaced, what is gone
    is removed; events of other programs are not touched, nor what somebody changes at that time.
    Name and password come from the environment (SHIFTPLAN_CALDAV_USER, SHIFTPLAN_CALDAV_PASSWORD)
    or the keyring, never from the command line. Exits with 1 if some events could not be written.
    """
    if not url:
        raise ShiftplanError(
            "--url is missing.", "Name the calendar's address; --help has examples."
        )
    check(url)
    loaded = load_plan(folder, quiet=as_json)
    wanted = list(_wanted(loaded.plan.facts, people or [], sites or [], team))
    _check_addresses(url, wanted)
    server = Server(*credentials())
    done: list[tuple[str, Pushed]] = []
    for calendar, body in _published(loaded, wanted):
        address = url.replace(PLACEHOLDER, calendar.name)
        pushed = server.push(address, objects(body), make=make)
        done.append((calendar.label, pushed))
        if not as_json:
            show(f"{calendar.label}: {_words(pushed)}")
    if as_json:
        print_json([_row(label, pushed) for label, pushed in done])
    return _say_refused(sum(len(pushed.refused) for _, pushed in done))


def _wanted(
    facts: Facts, people: Sequence[str], sites: Sequence[str], team: bool
) -> Iterator[_Calendar]:
    """Yield the calendars to push: those named, or else everyone's."""
    names = [person.name for person in facts.people]
    _check_names("--for", people, names)
    _check_names("--site", sites, [site.name for site in facts.sites])
    if not (people or sites or team):
        people = names
    files = file_names(names)
    for who in people:
        yield _Calendar("person", who, files[who].removesuffix(".ics"))
    for site, file in site_file_names(sites).items():
        yield _Calendar("site", site, file.removesuffix(".ics"))
    if team:
        yield _Calendar("team", facts.team.name, "team")


def _check_names(option: str, named: Sequence[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            raise ShiftplanError(f"{option}: there is no '{name}'.", nearest(name, known))


def _check_addresses(url: str, wanted: Sequence[_Calendar]) -> None:
    if len(wanted) > 1 and PLACEHOLDER not in url:
        raise ShiftplanError(
            f"--url names one calendar, and there are {len(wanted)} to push.",
            f"Put {PLACEHOLDER} where the name of each belongs, or choose one with --for, --site "
            "or --team.",
        )


def _published(loaded: Loaded, wanted: Sequence[_Calendar]) -> Iterator[tuple[_Calendar, bytes]]:
    """Yield each calendar with its bytes; raise ``ShiftplanError`` if nothing is published."""
    facts, now = loaded.plan.facts, datetime.now(UTC)
    with open_store(loaded.root, create=False) as store:
        events = store.publications.events(facts, now)
    if not events:
        raise ShiftplanError("nothing is published yet.", "Run 'shiftplan publish' first.")
    for calendar in wanted:
        try:
            yield calendar, calendar.render(events, facts.team.name, now)
        except KeyError:  # nothing was ever published for them
            continue


def _say_refused(refused: int) -> ExitCode:
    if not refused:
        return ExitCode.DONE
    were = "was" if refused == 1 else "were"
    say(
        f"warning: {count(refused, 'event')} {were} changed by somebody else meanwhile. Push again."
    )
    return ExitCode.BROKEN


def _words(pushed: Pushed) -> str:
    """Return what was done: ``2 added, 1 removed, 7 as they were``."""
    parts = []
    for uids, word in (
        (pushed.added, "added"),
        (pushed.changed, "changed"),
        (pushed.removed, "removed"),
        (pushed.refused, "refused"),
    ):
        if uids:
            parts.append(f"{len(uids)} {word}")
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
