"""The awkward cases as calendar files, each with what every program must see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from shiftplan.calendars import Style, contents, person_calendar, team_calendar
from shiftplan.facts import Leave, ShiftSpec
from shiftplan.publication import Event, revise
from shiftplan.roster import Roster
from tests.calendars.plans import EVIL, facts_at, leave

LA = "America/Los_Angeles"
AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
UTC_FORM, TZID_FORM = Style("utc"), Style("tzid", timedelta(minutes=30))
"""The second with alarms, which change nothing else."""

Span = tuple[int | str, int | str]


@dataclass(frozen=True)
class Case:
    """A file of Ana's or the team's, and the spans in it that were worked out by hand, in any
    order.
    """

    name: str
    events: tuple[Event, ...]
    spans: tuple[Span, ...]
    title: str = ""
    whose: str = "Ana"

    def file(self, style: Style) -> bytes:
        """Return its bytes."""
        if not self.whose:
            return team_calendar(self.events, team="Support", at=AT, style=style)
        return person_calendar(
            self.events, self.whose, team="Support", at=AT, days_off=False, style=style
        )


def publish(
    roster: Roster, known: Iterable[Event] = (), at: datetime = AT, plan: str = "Support"
) -> tuple[Event, ...]:
    """Return the events once *roster* is published over *known*; *plan* sets UIDs apart."""
    facts, stored = roster.facts, {e.uid: e for e in known}
    changed = revise(
        stored.values(), contents(roster), plan=plan, first=facts.first, last=facts.last, at=at
    )
    return tuple({**stored, **{e.uid: e for e in changed}}.values())


def utc(text: str) -> int:
    """Return seconds since 1970."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def shift(
    name: str, zone: str, start: str, length: str, begin: str, end: str, title: str = "Night"
) -> Case:
    """Return a case of one shift of Ana's, planned by the clocks of *zone*."""
    local = datetime.fromisoformat(start)
    spec = ShiftSpec(code="N", name=title, start=local.time(), length=length)
    roster = Roster(facts_at(zone, local.date(), spec)).with_cell("Ana", local.date(), "N")
    return Case(name, publish(roster, plan=name), ((utc(begin), utc(end)),))


TIMES = (
    # 1 The night the clocks go back: 22:00 PDT is 05:00Z, 06:00 PST is 14:00Z, nine hours.
    shift("autumn-night", LA, "2026-10-31 22:00", "9h", "2026-11-01 05:00", "2026-11-01 14:00"),
    # 2 The night they go forward: 22:00 PST is 06:00Z, 06:00 PDT is 13:00Z, seven hours.
    shift("spring-night", LA, "2027-03-13 22:00", "7h", "2027-03-14 06:00", "2027-03-14 13:00"),
    # 3 The first hour after the jump: 03:30 PDT is 10:30Z.
    shift("after-the-jump", LA, "2027-03-14 03:30", "8h", "2027-03-14 10:30", "2027-03-14 18:30"),
    # 4 02:30 is skipped, and means 03:30 PDT.
    shift("in-the-gap", LA, "2027-03-14 02:30", "8h", "2027-03-14 10:30", "2027-03-14 18:30"),
    # 5 01:30 comes twice: as a start the first, 08:30Z; as an end, here, the second, 09:30Z.
    shift(
        "first-half-past-one", LA, "2026-11-01 01:30", "8h", "2026-11-01 08:30", "2026-11-01 16:30"
    ),
    shift(
        "second-half-past-one",
        LA,
        "2026-10-31 22:00",
        "4h30",
        "2026-11-01 05:00",
        "2026-11-01 09:30",
    ),
    # 6 Dublin is at +0 in winter and +1 in summer, whatever is called standard there.
    shift(
        "dublin-winter",
        "Europe/Dublin",
        "2026-12-08 09:00",
        "8h",
        "2026-12-08 09:00",
        "2026-12-08 17:00",
    ),
    shift(
        "dublin-summer",
        "Europe/Dublin",
        "2027-07-08 09:00",
        "8h",
        "2027-07-08 08:00",
        "2027-07-08 16:00",
    ),
    # 7 Zones whose rules changed in 2026: Vancouver stays at -7, Casablanca goes to +0.
    shift(
        "vancouver",
        "America/Vancouver",
        "2026-12-15 09:00",
        "8h",
        "2026-12-15 16:00",
        "2026-12-16 00:00",
    ),
    shift(
        "casablanca",
        "Africa/Casablanca",
        "2026-10-15 09:00",
        "8h",
        "2026-10-15 09:00",
        "2026-10-15 17:00",
    ),
    # 8 Offsets of half and quarter hours, an old name, and clocks that change by half an hour.
    shift(
        "calcutta",
        "Asia/Calcutta",
        "2026-12-03 21:30",
        "8h30",
        "2026-12-03 16:00",
        "2026-12-04 00:30",
    ),
    shift(
        "kathmandu",
        "Asia/Kathmandu",
        "2026-12-03 21:30",
        "8h",
        "2026-12-03 15:45",
        "2026-12-03 23:45",
    ),
    # Lord Howe goes from +10:30 to +11 on 4 October 2026 at 02:00: 22:00 is 11:30Z.
    shift(
        "lord-howe",
        "Australia/Lord_Howe",
        "2026-10-03 22:00",
        "8h",
        "2026-10-03 11:30",
        "2026-10-03 19:30",
    ),
    # 17 A whole day of 25 hours: 00:00 PDT is 07:00Z, the next 00:00 PST is 08:00Z.
    shift("whole-day", LA, "2026-11-01 00:00", "25h", "2026-11-01 07:00", "2026-11-02 08:00"),
)

LONG = 'Ward A, bay 3; "Ω" \\ crème — 手術室 🏥 C:\\Night\\new ' * 3
NOTE = ("Ask Siobhán at the desk; then, if closed, ring 7. שלום 👩🏽\u200d🚒 \\n " * 9)[:500]

NAMES = (
    'Zoë "O\'Hara"; \\n BEGIN:VEVENT',
    "👩🏽\u200d🚒🏥",
    "ליאת כהן",
    "محمد",
    "手術室" * 60,
)


def texts() -> tuple[Case, ...]:
    """Return cases 14 and 15: long and hostile text as the name of a shift."""
    found = [("long", LONG), ("note", NOTE), *((f"evil-{k}", e) for k, e in enumerate(EVIL))]
    return tuple(
        shift(name, LA, "2026-12-08 09:00", "8h", "2026-12-08 17:00", "2026-12-09 01:00", title)
        for name, title in found
    )


def christmas() -> Case:
    """Return case 13: leave from the 24th to the 26th, and one more day."""
    rows = (
        leave("Ana", date(2026, 12, 24), date(2026, 12, 25)),
        leave("Ana", date(2026, 12, 26), date(2026, 12, 26), "sick"),
        leave("Ana", date(2026, 12, 28), date(2026, 12, 28)),
    )
    facts = facts_at("Pacific/Auckland", date(2026, 12, 21), leave=rows, weeks=2)
    spans = (("2026-12-24", "2026-12-27"), ("2026-12-28", "2026-12-29"))
    return Case("christmas", publish(Roster(facts), plan="christmas"), spans)


def crowd() -> Case:
    """Return case 12: two people on one shift, and one of them with two shifts that start the same
    day.
    """
    day = date(2026, 12, 8)
    early = ShiftSpec(code="E", name="Early", start=time(0, 30), length="6h")
    late = ShiftSpec(code="L", name="Late", start=time(13), length="8h")
    roster = Roster(facts_at("Europe/Dublin", day, early, late, people=("Ana", "Ben")))
    for who, on, code in (
        ("Ana", day, "E"),
        ("Ben", day, "E"),
        ("Ana", day + timedelta(days=1), "E"),
    ):
        roster = roster.with_cell(who, on, code)
    begin, end = utc("2026-12-08 00:30"), utc("2026-12-08 06:30")
    later = (begin + 86400, end + 86400)
    return Case("crowd", publish(roster), ((begin, end), (begin, end), later), whose="")


def staff() -> Case:
    """Return the team's file of people with awkward names, all on one shift."""
    day = date(2026, 12, 8)
    people = tuple(dict.fromkeys(Leave(person=n, from_date=day, to_date=day).person for n in NAMES))
    roster = Roster(facts_at("Europe/Dublin", day, people=people))
    for who in people:
        roster = roster.with_cell(who, day, "E")
    span = (utc("2026-12-08 05:00"), utc("2026-12-08 13:30"))
    return Case("staff", publish(roster), (span,) * len(people), whose="")


CASES = (*TIMES, *texts(), christmas(), crowd(), staff())


def everything() -> Case:
    """Return all of Ana's cases in one file."""
    own = [c for c in CASES if c.whose]
    return Case(
        "everything",
        tuple(e for c in own for e in c.events),
        tuple(s for c in own for s in c.spans),
    )
