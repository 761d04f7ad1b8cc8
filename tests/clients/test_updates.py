"""What happens in real programs when a roster is published again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from shiftplan.calendars import file_names, person_calendar
from shiftplan.clock import from_instant
from shiftplan.facts import ShiftSpec
from shiftplan.publication import Event
from shiftplan.roster import Roster
from tests.calendars.plans import facts_at
from tests.calendars.year import PEOPLE, Week, year

from .cases import AT, LA, publish
from .programs import READERS, Khal, Program, Radicale, Seen, Subscription, read_with

MONDAY = date(2026, 12, 7)
SHIFTS = (
    ShiftSpec(code="E", name="Early", start=time(5), length="8h"),
    ShiftSpec(code="L", name="Late", start=time(13), length="8h"),
)


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[list[Program]]:
    """Return khal, a subscription with vdirsyncer, and a CalDAV server, all empty."""
    subscription = Subscription(tmp_path / "vdirsyncer")
    with Radicale(tmp_path / "radicale") as radicale:
        yield [Khal(tmp_path / "khal"), subscription, radicale]
    subscription.close()


def rosters() -> Iterator[Roster]:
    """Yield versions: one shift moves and one changes, one is cancelled, comes back, and all are
    gone.
    """
    first = Roster(facts_at(LA, MONDAY, *SHIFTS))
    days = [MONDAY + timedelta(days=k) for k in range(4)]
    for day in days[:3]:
        first = first.with_cell("Ana", day, "E")
    moved = (
        first.with_cell("Ana", days[2], None)
        .with_cell("Ana", days[3], "E")
        .with_cell("Ana", days[1], "L")
    )
    cancelled = moved.with_cell("Ana", days[0], None)
    yield from (first, moved, cancelled, moved, Roster(first.facts))


def wanted(roster: Roster) -> Counter[tuple[object, object]]:
    return Counter((60 * d.start, 60 * d.end) for d in roster.assignments)


def live(shown: list[Seen]) -> Counter[tuple[object, object]]:
    """Return the spans of shifts that are not cancelled."""
    assert len({e.uid for e in shown}) == len(shown), "a duplicate"
    return Counter(
        (e.start, e.end) for e in shown if e.status != "CANCELLED" and isinstance(e.start, int)
    )


def test_moves_cancellations_and_returns_reach_every_program(programs: list[Program]) -> None:
    events: tuple[Event, ...] = ()
    for k, roster in enumerate(rosters()):
        at = AT + timedelta(days=k)
        events = publish(roster, events, at)
        data = person_calendar(events, "Ana", team="Support", at=at, days_off=False)
        for program in programs:
            program.take(data)
            assert live(program.shown()) == wanted(roster), (k, program)
    assert data.count(b"BEGIN:VEVENT") == 3, "the last shift is gone, and the file is not empty"


def true_spans(week: Week, who: str) -> Counter[tuple[object, object]]:
    """Return the shifts that are in the files of that week for sure: they were over within the last
    month.
    """
    since = week.at - timedelta(days=29)
    return Counter(
        (60 * begin, 60 * end)
        for (w, _), (begin, end) in week.shifts.items()
        if w == who and from_instant(end) > since
    )


def recent(shown: list[Seen], week: Week) -> Counter[tuple[object, object]]:
    since = (week.at - timedelta(days=29)).timestamp()
    spans = live(shown)
    return Counter({span: n for span, n in spans.items() if span[1] > since})  # type: ignore[operator]


def test_every_reader_sees_every_week_of_a_year(tmp_path: Path) -> None:
    who = PEOPLE[2][0]
    weeks, files = [], []
    for k, week in enumerate(year(tmp_path, 6)):
        weeks.append(week)
        files.append(tmp_path / f"{k}.ics")
        files[-1].write_bytes(week.own(who))
    for reader in READERS:
        for week, seen in zip(weeks, read_with(reader, files), strict=True):
            assert recent(seen, week) == true_spans(week, who), (reader, week.at)


def test_no_real_program_shows_a_duplicate_or_a_stale_shift(
    programs: list[Program], tmp_path: Path
) -> None:
    who = PEOPLE[2][0]
    (name,) = file_names([who]).values()
    assert name.startswith("zoe-o-hara-n-begin-vevent-")
    for k, week in enumerate(year(tmp_path, 7, weeks=7)):
        if k % 3 == 0:  # a file lasts a month; whoever looks every third week misses nothing
            for program in programs:
                program.take(week.own(who))
                assert recent(program.shown(), week) == true_spans(week, who), (program, week.at)
