"""The calendars as they were published, from the events on record and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ..publication import Event, cell_uid, free_name
from .contents import no_shifts
from .events import UTC_FORM, EventItem, Of, Style, calendar_bytes
from .files import TEAM_FILE, personal_name, site_file_names, site_name, team_name
from .identity import Revision, published
from .text import files_by_first_name

_BY_NAME: Mapping[str, str] = {}
"""Nobody is anybody else than their name says."""


def person_calendar(
    events: Iterable[Event],
    who: str,
    *,
    team: str,
    at: datetime,
    person: str = "",
    days_off: bool = True,
    style: Style = UTC_FORM,
) -> bytes:
    """Return the bytes of *who*'s calendar at the instant *at*; *person* is who that is, if the
    name alone does not say so.

    The same events give the same bytes. What was over for a month is left out, unless nothing else
    would be left: a calendar is never empty. Without *days_off* neither days off nor their
    cancellations are in it. Raise ``KeyError`` if nothing was ever published for *who*.
    """
    own = [e for e in events if e.content.key == (person or who)]
    wanted = [e for e in own if _of_kind(e, days_off)]
    if own and not wanted:
        items = [_instead_of(own, team)]
    else:
        items = [(e.content, published(e, shared=False)) for e in _shown(wanted, at, who)]
    return calendar_bytes(items, name=personal_name(who, team), of="person", style=style)


def _of_kind(event: Event, days_off: bool) -> bool:
    """Say whether *event* is of a kind that is shown."""
    return days_off or event.content.kind != "off"


def _instead_of(own: Iterable[Event], team: str) -> EventItem:
    """Return the notice that stands in a calendar that would be empty without days off."""
    # Where some are of the days published last, it speaks of those.
    ordered = sorted(own, key=lambda e: (e.current and e.live, e.content.day, e.uid))
    newest = [e for e in ordered if e.current and e.live] or ordered
    says = no_shifts([e.content for e in newest])
    created = min(e.created for e in ordered)
    modified = max(e.own.modified for e in ordered)
    uid = cell_uid(team, "none", says.day, says.key)
    return says, Revision(uid, "CONFIRMED", 0, created, modified)


def team_calendar(
    events: Iterable[Event], *, team: str, at: datetime, style: Style = UTC_FORM
) -> bytes:
    """Return the bytes of the team's calendar at the instant *at*: everybody's shifts and leave."""
    wanted = [e for e in events if _common(e, "")]
    return _shared(_shown(wanted, at, "the team"), name=team_name(team), of="team", style=style)


def site_calendar(
    events: Iterable[Event], site: str, *, team: str, at: datetime, style: Style = UTC_FORM
) -> bytes:
    """Return the bytes of a site's calendar at the instant *at*: its people's shifts and leave.

    Raise ``KeyError`` if nothing was ever published for it.
    """
    wanted = [e for e in events if e.content.site == site and _common(e, site)]
    return _shared(_shown(wanted, at, site), name=site_name(site, team), of="site", style=style)


def sites(events: Iterable[Event]) -> tuple[str, ...]:
    """Return the sites that have a calendar of their own: all, if there are several."""
    found = sorted({e.content.site for e in events if e.content.site})
    return tuple(found) if len(found) > 1 else ()


def render_published(
    events: Sequence[Event],
    *,
    team: str,
    at: datetime,
    members: Iterable[str] = (),
    keys: Mapping[str, str] = _BY_NAME,
    first: Mapping[str, str] = _BY_NAME,
    days_off: bool = True,
    style: Style = UTC_FORM,
) -> dict[str, bytes]:
    """Return the bytes of every calendar by file name: the team's, then people's, then sites'.

    People's are those of *members*, in their order, as far as anything was published for them, then
    those of others, by name, as long as there is something to show them: that their shifts were
    cancelled. *keys* says, by name, who members are where the name alone does not; *first*, by
    that, what people were first called, which their files are named by.
    """
    files = {TEAM_FILE: team_calendar(events, team=team, at=at, style=style)}
    by_person: dict[str, list[Event]] = {}
    for event in events:
        by_person.setdefault(event.content.key, []).append(event)
    staff = {who: keys.get(who, who) for who in members}
    shown = {who: key for who, key in staff.items() if key in by_person}
    shown |= left(events, staff, at, days_off=days_off)
    for who, name in files_by_first_name(shown, first).items():
        key = shown[who]
        files[name] = person_calendar(
            by_person[key], who, team=team, at=at, person=key, days_off=days_off, style=style
        )
    for site, name in site_file_names(sites(events)).items():
        files[name] = site_calendar(events, site, team=team, at=at, style=style)
    return files


def left(
    events: Iterable[Event], members: Mapping[str, str], at: datetime, *, days_off: bool = True
) -> dict[str, str]:
    """Return who is none of *members* and still has something in a calendar of their own: that
    their shifts were cancelled. Both are by name who somebody is.
    """
    keys = {*members.values()}
    by_person: dict[str, list[Event]] = {}
    for event in events:
        if event.content.who and event.content.key not in keys:
            by_person.setdefault(event.content.key, []).append(event)
    found: dict[str, str] = {}
    for key, theirs in sorted(by_person.items()):
        if any(event.kept(at) and _of_kind(event, days_off) for event in theirs):
            name = max(theirs, key=lambda e: (e.shared.modified, e.content.day)).content.who
            # A newcomer may have the name of somebody who has left: two people, two calendars.
            found[free_name(name, {*members, *found})] = key
    return dict(sorted(found.items()))


def _common(event: Event, site: str) -> bool:
    """Say whether a calendar of several people shows *event*: shifts, leave, and its own notice."""
    content = event.content
    return content.kind in ("shift", "leave") if content.who else content.site == site


def _shown(events: Iterable[Event], at: datetime, whose: str) -> list[Event]:
    """Return the events still in the files at the instant *at*, by start."""
    ordered = sorted(events, key=lambda e: (e.content.begins, e.content.who, e.content.kind, e.uid))
    if not ordered:
        raise KeyError(whose)
    kept = [e for e in ordered if e.kept(at)]
    # A file without events empties what was subscribed before, or is refused.
    return kept or [max(ordered, key=lambda e: (e.content.over, e.uid))]


def _shared(events: Iterable[Event], *, name: str, of: Of, style: Style) -> bytes:
    items: list[EventItem] = [(e.content, published(e, shared=True)) for e in events]
    return calendar_bytes(items, name=name, of=of, style=style)
