"""The calendars of a roster, published or not: for a command and for a session alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from ..facts import Facts
from ..publication import Publication
from ..roster import Roster
from ..store import Store

if TYPE_CHECKING:
    from ..calendars import Style


class PublishedCalendars(NamedTuple):
    """A version, and its calendars by file name."""

    version: Publication
    files: dict[str, bytes]


def published(
    store: Store, facts: Facts, now: datetime, *, days_off: bool = True, style: Style | None = None
) -> PublishedCalendars | None:
    """Return the calendars of the newest version of the days of *facts*, None if there is none."""
    from ..calendars import Style, render_published

    version = store.publications.newest(facts)
    if version is None:
        return None
    files = render_published(
        store.publications.events(facts, now),
        team=facts.team.name,
        at=now,
        members=[person.name for person in facts.people],
        keys=store.record.keys(facts),
        first=store.record.first_names(facts),
        days_off=days_off,
        style=style or Style(),
    )
    return PublishedCalendars(version, files)


def tentative(
    roster: Roster,
    made_at: datetime,
    *,
    store: Store | None = None,
    days_off: bool = True,
    style: Style | None = None,
) -> dict[str, bytes]:
    """Return the calendars of a roster that was not published, by file name.

    Their events are tentative, and change with what their cell holds: *made_at* tells which of two
    rosters is the newer one. Files are named as if it were published in *store*.
    """
    from ..calendars import ByCell, Style, render

    identity = ByCell(roster.facts.team.name, made_at, keys=roster.facts.keys)
    record = store.record if store is not None else None
    return render(
        roster,
        identity=identity,
        keys=record.keys(roster.facts) if record is not None else {},
        first=record.first_names(roster.facts) if record is not None else {},
        days_off=days_off,
        style=style or Style(),
    )


def names(store: Store, facts: Facts) -> dict[str, str]:
    """Return the name of the file of each person of *facts*, by their name."""
    from ..calendars import files_by_first_name

    return files_by_first_name(store.record.keys(facts), store.record.first_names(facts))
