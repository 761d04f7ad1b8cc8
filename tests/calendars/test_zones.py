"""Every zone a plan may use, around every change of its clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from shiftplan.calendars import TEAM_FILE, render
from shiftplan.clock import zone_names
from shiftplan.facts import Facts, Horizon, Person, ShiftSpec, Site, Team
from shiftplan.roster import Roster

from .plans import BY_CELL
from .reading import check, read

STARTS = {"N": time(0), "G": time(2, 30), "E": time(5), "L": time(22, 15)}


def changes(zone: str) -> list[date]:
    """Return the days of 2026 and early 2027 on which the clocks of *zone* change."""
    tz, noon = ZoneInfo(zone), datetime(2026, 1, 1, 12, tzinfo=UTC)
    offsets = [(noon + timedelta(days=k)).astimezone(tz).utcoffset() for k in range(460)]
    return [
        (noon + timedelta(days=k)).date() for k in range(1, 460) if offsets[k] != offsets[k - 1]
    ]


@pytest.fixture(scope="module")
def every_zone() -> Roster:
    """One person in each zone, at work around every change of its clocks and on a quiet day."""
    zones = sorted(zone_names())
    specs = [ShiftSpec(code=c, start=at, length="8h") for c, at in STARTS.items()]
    facts = Facts(
        team=Team(name="Everywhere", home="UTC"),
        horizon=Horizon(start=date(2026, 3, 2), weeks=53),
        sites=tuple(Site(name=z, timezone=z) for z in zones),
        shifts=tuple(s for spec in specs for s in spec.expand()),
        people=tuple(Person(name=z, site=z) for z in zones),
    )
    cells = {}
    for z in zones:
        days = {d + timedelta(days=k) for d in changes(z) for k in (-1, 0)} | {date(2026, 6, 15)}
        for k, day in enumerate(sorted(d for d in days if facts.first <= d <= facts.last)):
            cells[z, day] = list(STARTS)[(k + len(z)) % 4]
    return Roster(facts, cells)


@pytest.mark.slow
def test_in_every_zone_icalendar_reads_the_instants_that_zoneinfo_knows(every_zone: Roster) -> None:
    assert len(every_zone.cells) > 1000
    wanted = {}
    for (z, day), code in every_zone.cells.items():
        begin = datetime.combine(day, STARTS[code], tzinfo=ZoneInfo(z)).astimezone(UTC)
        wanted.setdefault(z, []).append((begin, begin + timedelta(hours=8)))
    data = render(every_zone, identity=BY_CELL, days_off=False)[TEAM_FILE]
    check(read(data))
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    for e in icalendar.Calendar.from_ical(data).events:
        found.setdefault(str(e["location"]), []).append((e.start, e.end))
    assert {z: sorted(v) for z, v in found.items()} == {z: sorted(v) for z, v in wanted.items()}
