"""A reader of calendar files that shares nothing with icalendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from shiftplan.calendars import TEAM_FILE, ByCell, render
from shiftplan.facts import ShiftSpec
from shiftplan.roster import Roster

from .plans import STAMP, facts_at

FORBIDDEN = (
    "ORGANIZER",
    "ATTENDEE",
    "METHOD",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "DURATION",
    "X-WR-TIMEZONE",
    "URL",
    "SOURCE",
    "CLASS",
)


@dataclass
class Component:
    """A component as it stands in a file: its name, properties in order, components in it."""

    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, parameters, value as written."""
    inner: list[Component] = field(default_factory=list)

    def raw(self, name: str) -> str:
        """Return the value of a property that is there once, as written."""
        (value,) = [v for n, _, v in self.properties if n == name]
        return value

    def text(self, name: str) -> str:
        """Return a TEXT value, unescaped."""
        return unescape(self.raw(name))

    def parameters(self, name: str) -> str:
        """Return the parameters of a property that is there once."""
        (value,) = [p for n, p, _ in self.properties if n == name]
        return value

    def names(self) -> list[str]:
        """Return the names of the properties in order."""
        return [n for n, _, _ in self.properties]

    @property
    def begin(self) -> datetime:
        """DTSTART of a timed event."""
        return _utc(self.raw("DTSTART"))

    @property
    def end(self) -> datetime:
        """DTEND of a timed event."""
        return _utc(self.raw("DTEND"))

    @property
    def timed(self) -> bool:
        """Say whether an event has instants, not days."""
        return not self.parameters("DTSTART")


def _utc(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def unescape(value: str) -> str:
    """Undo TEXT escaping by RFC 5545 §3.3.11, and refuse what it does not allow."""
    found, rest = [], iter(value)
    for char in rest:
        assert char not in ";,", value
        found.append(
            {"n": "\n", ",": ",", ";": ";", "\\": "\\"}[next(rest)] if char == "\\" else char
        )
    return "".join(found)


def read(data: bytes) -> Component:
    """Return the one VCALENDAR of a file; fail where a byte is not as RFC 5545 wants it."""
    for line in physical(data):
        assert len(line) <= 75, line
        line.decode()
    text = data.decode()
    assert text.splitlines() == text.split("\r\n")[:-1], "something else than CRLF breaks a line"
    assert not text.startswith("\ufeff")
    root = Component("")
    stack = [root]
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        assert all(c >= " " and c != "\x7f" for c in line), line
        head, value = line.split(":", 1)
        name, _, parameters = head.partition(";")
        if name == "BEGIN":
            stack[-1].inner.append(Component(value))
            stack.append(stack[-1].inner[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            stack[-1].properties.append((name, parameters, value))
    assert stack == [root]
    (calendar,) = root.inner
    assert calendar.name == "VCALENDAR"
    return calendar


def physical(data: bytes) -> Iterator[bytes]:
    """Yield the lines as they are folded, without line ends."""
    assert data.endswith(b"\r\n")
    yield from data[:-2].split(b"\r\n")


def check(calendar: Component) -> None:
    """Fail if there is anything in a calendar that clients are known to trip over."""
    assert calendar.names() == [
        "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME",
        "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "X-SHIFTPLAN-TZDATA",
    ]  # fmt: skip
    assert calendar.parameters("REFRESH-INTERVAL") == "VALUE=DURATION"
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME")
    assert calendar.inner, (
        "a calendar without events empties what was subscribed before, or is refused"
    )
    uids = [e.raw("UID") for e in calendar.inner]
    assert len(set(uids)) == len(uids)
    for event in calendar.inner:
        assert event.name == "VEVENT"
        assert not event.inner, "an alarm"
        names = event.names()
        assert len(set(names)) == len(names)
        assert not set(names) & set(FORBIDDEN)
        assert {
            "UID",
            "DTSTAMP",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "TRANSP",
            "DTSTART",
            "DTEND",
        } <= set(names)
        assert event.raw("STATUS") in ("TENTATIVE", "CONFIRMED", "CANCELLED")
        assert event.parameters("DTSTART") == event.parameters("DTEND")
        if event.timed:
            assert event.begin < event.end
        else:
            assert event.parameters("DTSTART") == "VALUE=DATE"
            assert len(event.raw("DTSTART")) == len(event.raw("DTEND")) == 8
            assert event.raw("DTSTART") < event.raw("DTEND")


def one_shift(zone: str, day: date, start: time, length: str, name: str = "") -> Component:
    """Return the event of a shift of Ana's, taken from her file."""
    facts = facts_at(zone, day, ShiftSpec(code="N", name=name, start=start, length=length))
    roster = Roster(facts).with_cell("Ana", day, "N")
    (event,) = events(roster, "Ana", days_off=False)
    return event


def events(
    roster: Roster, who: str, *, days_off: bool = True, **identity: object
) -> list[Component]:
    """Return the events of *who*'s file, or of the team's if *who* is empty, after checking it."""
    by_cell = ByCell(**{"plan": "plan", "stamp": STAMP, **identity})  # type: ignore[arg-type]
    files = render(roster, identity=by_cell, days_off=days_off)
    people = [p.name for p in roster.facts.people]
    name = list(files)[1 + people.index(who)] if who else TEAM_FILE
    calendar = read(files[name])
    check(calendar)
    return calendar.inner
