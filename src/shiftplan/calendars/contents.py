"""What the events of a roster say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from ..clock import DAY, from_instant, hours, zone
from ..facts import Facts
from ..publication import Content
from ..roster import Assignment, Roster
from .colleagues import Colleagues
from .entries import CalendarEntry, everything
from .text import clean

COLORS = {
    "early": "orange",
    "day": "mediumseagreen",
    "late": "steelblue",
    "night": "darkslateblue",
    "leave": "silver",
    "off": "gainsboro",
}
"""CSS3 names by kind; a hint that few clients take."""

_OTHER = "slategray"


def contents(roster: Roster) -> tuple[Content, ...]:
    """Return what the published calendars of *roster* say, colleagues and hand-over included."""
    beside = Colleagues(roster)
    found = []
    for entry in everything(roster):
        # What was worked before the horizon was published with the roster of that time.
        if entry.day >= roster.facts.first or entry.kind == "leave":
            names = beside.lines(entry.assignment) if entry.assignment else ()
            found.append(content(roster.facts, entry, names))
    return tuple(found)


def content(facts: Facts, entry: CalendarEntry, names: Iterable[str] = ()) -> Content:
    """Return what *entry* says, with *names* as lines about colleagues."""
    worked = entry.assignment
    face = _shift(facts, worked) if worked else _all_day(entry)
    site = facts.person(entry.who).site if entry.who else entry.site
    return Content(
        kind=entry.kind,
        who=entry.who,
        site=site,
        tz=facts.site(site or facts.team.home).timezone,
        day=entry.day,
        last=entry.last,
        title=face.title,
        text=face.text,
        category=face.category,
        color=face.color,
        busy=face.busy,
        code=worked.shift.code if worked else "",
        start=worked.start if worked else None,
        end=worked.end if worked else None,
        names=tuple(names),
        person=facts.keys[entry.who] if entry.who else "",
    )


def no_shifts(instead_of: Sequence[Content]) -> Content:
    """Return the notice that there are no shifts on one person's days off *instead_of* which it
    stands.
    """
    first, last = min(c.day for c in instead_of), max(c.last for c in instead_of)
    face = _all_day(CalendarEntry("none", instead_of[0].who, first, last))
    return replace(
        instead_of[-1],
        kind="none",
        day=first,
        last=last,
        title=face.title,
        text=face.text,
        category=face.category,
        color=face.color,
        busy=face.busy,
    )


class _Face(NamedTuple):
    """What of an event can be seen, but for whose it is and when."""

    title: str
    text: tuple[str, ...]
    category: str
    color: str
    busy: str


def _shift(facts: Facts, worked: Assignment) -> _Face:
    tz = zone(facts.tz(worked.who))
    begin, end = (from_instant(t).astimezone(tz) for t in (worked.start, worked.end))
    length = hours(worked.end - worked.start)
    # Of a day or more, the two times alone would say something else.
    long = f" ({length})" if worked.end - worked.start >= DAY else ""
    title = f"{clean(worked.shift.name) or worked.shift.code} {begin:%H:%M}–{end:%H:%M}{long}"
    text = (
        f"Shift {worked.shift.code} at {facts.person(worked.who).site}",
        f"{_wall(begin)} – {_wall(end)}",
        f"Time zone {facts.tz(worked.who)}",
        f"Length {length}",
    )
    return _Face(title, text, worked.shift.kind, COLORS.get(worked.shift.kind, _OTHER), "BUSY")


def _wall(moment: datetime) -> str:
    """Return a wall time with its offset, which tells apart the two hours when clocks go back."""
    return f"{moment:%Y-%m-%d %H:%M} (UTC{moment.isoformat()[-6:]})"


def _all_day(entry: CalendarEntry) -> _Face:
    days = f"{entry.day} – {entry.last}" if entry.last > entry.day else f"{entry.day}"
    if entry.kind == "leave":
        return _Face("Leave", (days,), "leave", COLORS["leave"], "OOF")
    if entry.kind == "off":
        return _Face("Day off", (days,), "off", COLORS["off"], "FREE")
    return _Face("No shifts", (f"Nothing is rostered {days}.",), "off", COLORS["off"], "FREE")
