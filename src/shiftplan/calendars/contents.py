"""What the events of a roster say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from ..clock import from_instant, hours, zone
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
    return tuple(
        content(roster.facts, e, beside.lines(e.duty) if e.duty else ())
        for e in everything(roster)
        if e.day >= roster.facts.first or e.kind == "leave"
    )


def content(facts: Facts, entry: CalendarEntry, names: Iterable[str] = ()) -> Content:
    """Return what *entry* says, with *names* as lines about colleagues."""
    face = _shift(facts, entry.duty) if entry.duty else _all_day(entry)
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
        code=entry.duty.shift.code if entry.duty else "",
        start=entry.duty.start if entry.duty else None,
        end=entry.duty.end if entry.duty else None,
        names=tuple(names),
    )


class _Face(NamedTuple):
    title: str
    text: tuple[str, ...]
    category: str
    color: str
    busy: str


def _shift(facts: Facts, duty: Assignment) -> _Face:
    tz = zone(facts.tz(duty.who))
    begin, end = (from_instant(t).astimezone(tz) for t in (duty.start, duty.end))
    length = hours(duty.end - duty.start)
    long = f" ({length})" if duty.end - duty.start >= 24 * 60 else ""
    title = f"{clean(duty.shift.name) or duty.shift.code} {begin:%H:%M}–{end:%H:%M}{long}"
    text = (
        f"Shift {duty.shift.code} at {facts.person(duty.who).site}",
        f"{_wall(begin)} – {_wall(end)}",
        f"Time zone {facts.tz(duty.who)}",
        f"Length {length}",
    )
    return _Face(title, text, duty.shift.kind, COLORS.get(duty.shift.kind, _OTHER), "BUSY")


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
