"""What an event says, settled when it is published and kept as it was."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, Self

from ..clock import day_start, from_instant

Kind = Literal["shift", "off", "leave", "none"]


@dataclass(frozen=True)
class Content:
    """One thing to show: a shift, a day off, a run of leave, or a notice that there is none of
    them.

    *day* and *last* are local days, both included; *start* and *end* are the instants of a shift.
    *who* is empty in the notice for a whole site, *site* too in that for the team. Nothing in it is
    secret: no pay, no kind of leave, no wish.
    """

    kind: Kind
    who: str
    site: str
    tz: str
    day: date
    last: date
    title: str
    text: tuple[str, ...]
    """Lines of the description."""
    category: str
    color: str
    """A CSS3 name; a hint that few clients take."""
    busy: str
    """Whether it makes its reader free, busy or away, in Outlook's words."""
    code: str = ""
    start: int | None = None
    end: int | None = None
    names: tuple[str, ...] = ()
    """More lines, about colleagues, for the person's own calendar alone."""
    person: str = ""
    """Who *who* is, whatever the name; shown nowhere. The name unless given."""

    @property
    def key(self) -> str:
        """Whose it is, whatever they are called."""
        return self.person or self.who

    @property
    def span(self) -> tuple[date, date]:
        """Start and exclusive end: UTC instants of a shift, else dates."""
        if self.start is not None and self.end is not None:
            return from_instant(self.start), from_instant(self.end)
        last = self.day if self.kind == "none" else self.last
        return self.day, last + timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """The instant at which it begins where it happens."""
        if self.start is not None:
            return from_instant(self.start)
        return from_instant(day_start(min(self.day, _LAST), self.tz))

    @property
    def over(self) -> datetime:
        """The instant at which it is over where it happens."""
        if self.end is not None:
            return from_instant(self.end)
        return from_instant(day_start(min(self.last, _LAST) + timedelta(days=1), self.tz))

    @property
    def itself(self) -> Self:
        """What it says of the event itself: all of it but names, of colleagues and the person's."""
        return replace(self, names=(), who="", person="")

    @property
    def shared(self) -> Self:
        """What the calendars of team and site say of it."""
        return replace(self, names=(), busy="FREE")

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**asdict(self), "day": self.day.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Return what ``to_json`` made *raw* of."""
        values = {
            **raw,
            "text": tuple(raw["text"]),
            "names": tuple(raw["names"]),
            "day": date.fromisoformat(raw["day"]),
            "last": date.fromisoformat(raw["last"]),
        }
        return cls(**values)


_LAST = date.max - timedelta(days=99)
"""Leave may be entered as endless; the instant of its end, and a while after it, have to fit the
calendar.
"""
