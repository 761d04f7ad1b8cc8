"""Local times with their definition: right for every zone there is, through both changes of three
years.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from dateutil.tz import tzical

from shiftplan.calendars import Style, contents, person_calendar
from shiftplan.calendars.zones import canonical
from shiftplan.clock import zone_names
from shiftplan.facts import ShiftSpec
from shiftplan.publication import revise
from shiftplan.roster import Roster

from .plans import STAMP, facts_at
from .reading import FORBIDDEN, Component, read
from .zones import file, moments

LA = "America/Los_Angeles"
ZONES = sorted({canonical(name) for name in zone_names()})


def parts(calendar: Component) -> tuple[Component, ...]:
    """Return the parts of the one VTIMEZONE of *calendar*."""
    (zone,) = [c for c in calendar.inner if c.name == "VTIMEZONE"]
    return tuple(zone.inner)


def parts_of(zone: str) -> list[tuple[str, str, str, str, str]]:
    """Return kind, onset, offsets before and after, and rule of each part of *zone* as defined."""
    return [
        (
            p.name,
            p.raw("DTSTART"),
            p.raw("TZOFFSETFROM"),
            p.raw("TZOFFSETTO"),
            p.raw("RRULE") if "RRULE" in p.names() else "",
        )
        for p in parts(read(file(zone)))
    ]


def test_a_lasting_rule_is_written_as_a_rule_whose_onset_is_the_time_before() -> None:
    # Los Angeles jumps at 02:00 PST on the second Sunday of March and goes back at 02:00 PDT on the
    # first of November; the first onsets are those of the year before the events.
    assert parts_of(LA) == [
        ("DAYLIGHT", "20250309T020000", "-0800", "-0700", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
        ("STANDARD", "20251102T020000", "-0700", "-0800", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
    ]


def test_the_larger_offset_is_daylight_saving_in_dublin_too() -> None:
    assert parts_of("Europe/Dublin") == [
        ("DAYLIGHT", "20250330T010000", "+0000", "+0100", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        ("STANDARD", "20251026T020000", "+0100", "+0000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    ]


def test_a_zone_that_never_changes_has_one_part() -> None:
    assert parts_of("Asia/Kolkata") == [("STANDARD", "19700101T000000", "+0530", "+0530", "")]


def test_a_zone_that_gives_up_its_rule_has_every_change_by_itself() -> None:
    # Vancouver went to -7 on 8 March 2026 and stays there.
    last = parts_of("America/Vancouver")[-1]
    assert last[:4] == (
        "DAYLIGHT",
        "20260308T020000",
        "-0800",
        "-0700",
    )
    assert not any(rule for *_, rule in parts_of("America/Vancouver"))


def test_the_name_iana_prefers_is_written() -> None:
    assert canonical("Asia/Calcutta") == "Asia/Kolkata"
    assert canonical("US/Pacific") == LA
    assert canonical("Europe/Stockholm") == "Europe/Stockholm"
    assert b"TZID:Asia/Kolkata\r\n" in file("Asia/Calcutta")


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_local_times_and_the_definition_give_back_the_instants(zone: str) -> None:
    data = file(zone)
    calendar = read(data)
    events = [c for c in calendar.inner if c.name == "VEVENT"]
    zones = [c for c in calendar.inner if c.name == "VTIMEZONE"]
    assert [z.raw("TZID") for z in zones] == ([] if zone == "UTC" else [zone])
    assert calendar.inner[: len(zones)] == zones, "definitions come first"
    for part in (p for z in zones for p in z.inner):
        assert not {"RDATE", "COMMENT"} & set(part.names())
        assert re.fullmatch(r"\d{8}T\d{6}", part.raw("DTSTART"))
        assert all(re.fullmatch(r"[+-]\d{4}", part.raw(n)) for n in ("TZOFFSETFROM", "TZOFFSETTO"))
        if part.raw("TZOFFSETFROM") != part.raw("TZOFFSETTO"):
            assert part.name == (
                "DAYLIGHT" if _minutes(part, "TO") > _minutes(part, "FROM") else "STANDARD"
            )
    tz = tzical(io.StringIO(data.decode())).get(zone) if zones else UTC
    seen = [tuple(_instant(e, n, zone, tz) for n in ("DTSTART", "DTEND")) for e in events]
    assert seen == list(moments(zone))


def _minutes(part: Component, which: str) -> int:
    text = part.raw(f"TZOFFSET{which}")
    return int(f"{text[0]}1") * (60 * int(text[1:3]) + int(text[3:]))


def _instant(event: Component, name: str, zone: str, tz: object) -> datetime:
    value = event.raw(name)
    if value.endswith("Z"):
        assert not event.parameters(name)
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert event.parameters(name) == f"TZID={zone}"
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=tz).astimezone(UTC)  # type: ignore[arg-type]


def shift(start: str, length: str, style: Style) -> Component:
    """Return the calendar of one published shift of Ana's in Los Angeles."""
    local = datetime.fromisoformat(start)
    spec = ShiftSpec(code="N", start=local.time(), length=length)
    roster = Roster(facts_at(LA, local.date(), spec)).with_cell("Ana", local.date(), "N")
    facts = roster.facts
    events = revise((), contents(roster), plan="p", first=facts.first, last=facts.last, at=STAMP)
    return read(person_calendar(events, "Ana", team="T", at=STAMP, days_off=False, style=style))


def test_a_wall_time_that_comes_twice_is_written_in_utc() -> None:
    # 22:00 PDT and four hours and a half: 01:30 PST, the second of that night.
    calendar = shift("2026-10-31 22:00", "4h30", Style("tzid"))
    (event,) = calendar.inner
    assert (event.raw("DTSTART"), event.raw("DTEND")) == ("20261101T050000Z", "20261101T093000Z")
    (event,) = [
        c for c in shift("2026-10-31 22:00", "9h", Style("tzid")).inner if c.name == "VEVENT"
    ]
    assert (event.raw("DTSTART"), event.raw("DTEND")) == ("20261031T220000", "20261101T060000")


def test_a_start_the_clocks_skip_is_written_as_it_is_taken() -> None:
    (event,) = [
        c for c in shift("2027-03-14 02:30", "8h", Style("tzid")).inner if c.name == "VEVENT"
    ]
    assert (event.raw("DTSTART"), event.raw("DTEND")) == ("20270314T033000", "20270314T113000")


def test_a_reminder_is_there_only_if_it_was_asked_for() -> None:
    assert not [e for e in shift("2026-12-08 09:00", "8h", Style()).inner if e.inner]
    (event,) = shift("2026-12-08 09:00", "8h", Style(alarm=timedelta(minutes=90))).inner
    (alarm,) = event.inner
    assert alarm.properties == [
        ("ACTION", "", "DISPLAY"),
        ("DESCRIPTION", "", "N 09:00–17:00"),
        ("TRIGGER", "", "-PT1H30M"),
    ]


def test_nothing_forbidden_is_in_either_form() -> None:
    for style in (Style(), Style("tzid", timedelta(0))):
        for event in shift("2026-12-08 09:00", "8h", style).inner:
            if event.name == "VEVENT":
                assert not set(event.names()) & set(FORBIDDEN)
