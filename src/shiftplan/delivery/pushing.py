"""Which calendars go to a CalDAV server, and all of them there, whatever becomes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from ..calendars import file_names, person_calendar, site_calendar, site_file_names, team_calendar
from ..calendars.files import personal_name, site_name, team_name
from ..calendars.objects import objects
from ..calendars.published import left
from ..errors import ShiftplanError, nearest
from ..facts import Facts
from ..publication import Event
from .caldav_answers import Pushed, PushFailed, server_of

PLACEHOLDER = "{calendar}"

_ENOUGH = 2
"""Calendars in a row to which a server lets nobody in; then it is not asked again."""


@dataclass(frozen=True)
class ServerCalendar:
    """A calendar to push: what it is called, and the name that stands in its address."""

    kind: Literal["person", "site", "team"]
    label: str
    name: str
    left: bool = False
    """Whether it is of somebody who is no longer in the plan."""
    person: str = ""
    """Who it is of, whatever they are called."""

    def title(self, team: str) -> str:
        """Return what it is called on the server: as the file is called in a calendar program."""
        if self.kind == "person":
            return personal_name(self.label, team)
        return site_name(self.label, team) if self.kind == "site" else team_name(team)

    def render(self, events: Sequence[Event], team: str, at: datetime, *, days_off: bool) -> bytes:
        """Return it as it is published; raise ``KeyError`` if nothing ever was for it."""
        if self.kind == "person":
            return person_calendar(
                events, self.label, team=team, at=at, person=self.person, days_off=days_off
            )
        if self.kind == "site":
            return site_calendar(events, self.label, team=team, at=at)
        return team_calendar(events, team=team, at=at)


class CalendarServer(Protocol):
    """What calendars are pushed to."""

    def push(
        self,
        done: Pushed,
        wanted: Mapping[str, bytes],
        *,
        name: str = "",
        make: bool = False,
        left: bool = False,
    ) -> None:
        """Bring the calendar at the address of *done* in line with the objects *wanted*."""


@dataclass(frozen=True)
class Selection:
    """Which calendars are asked for by name; none of them is everybody's."""

    people: Sequence[str] = ()
    sites: Sequence[str] = ()
    team: bool = False
    days_off: bool = True


def selected(
    facts: Facts,
    events: Sequence[Event],
    chosen: Selection,
    url: str,
    at: datetime,
    first: Mapping[str, str],
) -> list[ServerCalendar]:
    """Return the calendars to push to *url*: those *chosen*, or else everyone's.

    Those who left are among everyone as long as there is something to say to them. *first* says,
    by key, what people were first called: that is where their calendars stay. Raise
    ``ShiftplanError`` for a name nobody and nothing has, and if one address has to do for several.
    """
    names = [person.name for person in facts.people]
    gone = left(events, facts.keys, at, days_off=chosen.days_off)
    _check_names("--for", chosen.people, [*names, *gone])
    _check_names("--site", chosen.sites, [site.name for site in facts.sites])
    people = chosen.people
    if not (people or chosen.sites or chosen.team):
        # An address for one calendar is that of somebody who is still there.
        people = [*names, *gone] if PLACEHOLDER in url else names
    keys = {**facts.keys, **gone}
    files = file_names(first.get(key, key) for key in keys.values())
    found = []
    for who in people:
        key = keys[who]
        name = files[first.get(key, key)].removesuffix(".ics")
        found.append(ServerCalendar("person", who, name, who not in names, key))
    for site, file in site_file_names(chosen.sites).items():
        found.append(ServerCalendar("site", site, file.removesuffix(".ics")))
    if chosen.team:
        found.append(ServerCalendar("team", facts.team.name, "team"))
    _check_addresses(url, found)
    return found


def _check_names(option: str, named: Sequence[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            raise ShiftplanError(f"{option}: there is no '{name}'.", nearest(name, known))


def _check_addresses(url: str, wanted: Sequence[ServerCalendar]) -> None:
    if len(wanted) > 1 and PLACEHOLDER not in url:
        raise ShiftplanError(
            f"--url names one calendar, and there are {len(wanted)} to push.",
            f"Put {PLACEHOLDER} where the name of each belongs, or choose one with --for, --site "
            "or --team.",
        )


@dataclass(frozen=True)
class Push:
    """One calendar, its objects, and what was done to it."""

    calendar: ServerCalendar
    title: str
    wanted: Mapping[str, bytes]
    done: Pushed


def pushes(
    team: str,
    events: Sequence[Event],
    calendars: Sequence[ServerCalendar],
    url: str,
    at: datetime,
    *,
    days_off: bool = True,
) -> Iterator[Push]:
    """Yield what is to be pushed of *calendars*, nothing of it done yet.

    Calendars for which nothing was ever published are left out.
    """
    for calendar in calendars:
        try:
            body = calendar.render(events, team, at, days_off=days_off)
        except KeyError:
            continue
        done = Pushed(url.replace(PLACEHOLDER, calendar.name))
        yield Push(calendar, calendar.title(team), objects(body), done)


def push_all(
    server: CalendarServer,
    wanted: Sequence[Push],
    tell: Callable[[Push], object],
    *,
    make: bool = False,
) -> None:
    """Push all that is *wanted*, one after another, and *tell* of each; none stops the others.

    A server that lets nobody in twice in a row is not asked again: the password is wrong for all
    calendars alike, and each time-out takes half a minute.
    """
    closed: Counter[object] = Counter()
    for one in wanted:
        done = one.done
        where = server_of(done.url)
        if closed[where] < _ENOUGH:
            server.push(done, one.wanted, name=one.title, make=make, left=one.calendar.left)
            last = done.error
            closed[where] = closed[where] + 1 if last is not None and last.of_all else 0
        else:
            assert last is not None
            done.error = PushFailed(f"not tried any more: {last.message}", last.hint)
        tell(one)
