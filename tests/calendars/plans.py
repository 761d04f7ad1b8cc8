"""Small rosters to make calendars of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from shiftplan.calendars import ByCell, render
from shiftplan.facts import Facts, Horizon, Leave, Person, ShiftSpec, Site, Team
from shiftplan.roster import Roster

STAMP = datetime(2026, 10, 1, 12, 0, 5, tzinfo=UTC)
BY_CELL = ByCell("plan", STAMP)
DAY = date(2026, 12, 8)
EVIL = (
    "Night\r\nATTENDEE:mailto:evil@example.com\rX-EVIL:1\nEND:VEVENT",
    "\nBEGIN:VEVENT\nUID:1\nEND:VEVENT",
    "a\r\n b\r\n\tc",
    "\u2028BEGIN:VALARM\u2029END:VALARM\x85X:1\x0bX:2\x0cX:3\x1cX:4",
    "\x00\x07\x1b[31mred\x7f",
    "\u202ekcab\u2066x",
    "ליאת כהן",
    "محمد\u200f",
    "👩🏽\u200d🚒" * 40,
    "e\u0301" * 99,
    "\\N\\n\\\\N\\;\\,",
    '";:,=DTSTART;VALUE=DATE:20260101',
    "\ufeffAna",
    "=cmd|' /C calc'!A0",
    "%0D%0AX:1",
    "手術室" * 60,
)


def facts_at(
    zone: str,
    day: date,
    *shifts: ShiftSpec,
    people: tuple[str, ...] = ("Ana",),
    weeks: int = 1,
    **more: object,
) -> Facts:
    """Return a plan for one site, from the Monday of the week of *day*."""
    specs = shifts or (ShiftSpec(code="E", name="Early", start=time(5), length="8h30"),)
    return Facts(
        team=Team(name="Support", home="Site"),
        horizon=Horizon(start=day - timedelta(days=day.weekday()), weeks=weeks),
        sites=(Site(name="Site", timezone=zone),),
        shifts=tuple(s for spec in specs for s in spec.expand()),
        people=tuple(Person(name=n, site="Site") for n in people),
        **more,
    )  # type: ignore[arg-type]


def leave(who: str, first: date, last: date, kind: str = "pto") -> Leave:
    """Return a row of approved leave."""
    return Leave(person=who, from_date=first, to_date=last, kind=kind)


def roster(*people: str) -> Roster:
    found = Roster(facts_at("America/Vancouver", DAY, people=people))
    for who in people:
        found = found.with_cell(who, DAY, "E")
    return found


def named(team: str, site: str, shift: str, people: list[str]) -> Roster:
    """Return a roster in which everything that can be given a name has the one given."""
    people = [Person(name=n, site=site).name for n in people]
    facts = Facts(
        team=Team(name=team, home=site),
        horizon=Horizon(start=date(2026, 12, 7), weeks=1),
        sites=(Site(name=site, timezone="Europe/Dublin"),),
        shifts=ShiftSpec(code="E", name=shift, start=time(5), length="8h30").expand(),
        people=tuple(Person(name=n, site=site) for n in dict.fromkeys(people)),
    )
    roster = Roster(facts)
    for p in facts.people:
        roster = roster.with_cell(p.name, DAY, "E")
    return roster


def digest() -> str:
    """Return one digest of every file of rosters with plain and with hostile names."""
    found = sha256()
    for made in (roster("Ana", "Ben"), named(EVIL[0], EVIL[3], EVIL[1], [*EVIL])):
        for name, data in render(made, identity=BY_CELL).items():
            found.update(name.encode() + b"\0" + data)
    return found.hexdigest()
