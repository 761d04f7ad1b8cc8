"""The cases that calendar programs are known to get wrong. Instants are worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, time

import icalendar
import pytest
import tzdata

from shiftplan.calendars import render
from shiftplan.facts import ShiftSpec
from shiftplan.roster import Roster

from .plans import BY_CELL, facts_at
from .reading import one_shift, read

LA = "America/Los_Angeles"


@pytest.mark.parametrize(
    ("zone", "start", "length", "begin", "end"),
    [
        # 1 The night the clocks go back: 22:00 PDT is 05:00Z, 06:00 PST is 14:00Z, nine hours.
        (LA, "2026-10-31 22:00", "9h", "2026-11-01 05:00", "2026-11-01 14:00"),
        # 2 The night they go forward: 22:00 PST is 06:00Z, 06:00 PDT is 13:00Z, seven hours.
        (LA, "2027-03-13 22:00", "7h", "2027-03-14 06:00", "2027-03-14 13:00"),
        # 3 The first hour after the jump: 03:30 PDT is 10:30Z.
        (LA, "2027-03-14 03:30", "8h", "2027-03-14 10:30", "2027-03-14 18:30"),
        # 4 02:30 is skipped, and means 03:30 PDT.
        (LA, "2027-03-14 02:30", "8h", "2027-03-14 10:30", "2027-03-14 18:30"),
        # 5 01:30 comes twice, and means the first.
        (LA, "2026-11-01 01:30", "8h", "2026-11-01 08:30", "2026-11-01 16:30"),
        # 6 Dublin is at +0 in winter and +1 in summer, whatever is called standard there.
        ("Europe/Dublin", "2026-12-08 09:00", "8h", "2026-12-08 09:00", "2026-12-08 17:00"),
        ("Europe/Dublin", "2027-07-08 09:00", "8h", "2027-07-08 08:00", "2027-07-08 16:00"),
        # 7 Zones whose rules changed in 2026: Vancouver stays at -7, Casablanca goes to +0.
        ("America/Vancouver", "2026-12-15 09:00", "8h", "2026-12-15 16:00", "2026-12-16 00:00"),
        ("Africa/Casablanca", "2026-10-15 09:00", "8h", "2026-10-15 09:00", "2026-10-15 17:00"),
        # 8 Offsets of half and quarter hours, an old name, and clocks that change by half an hour:
        # Lord Howe goes from +10:30 to +11 on 4 October 2026 at 02:00.
        ("Asia/Kolkata", "2026-12-03 21:30", "8h30", "2026-12-03 16:00", "2026-12-04 00:30"),
        ("Asia/Calcutta", "2026-12-03 21:30", "8h30", "2026-12-03 16:00", "2026-12-04 00:30"),
        ("Asia/Kathmandu", "2026-12-03 09:00", "8h", "2026-12-03 03:15", "2026-12-03 11:15"),
        ("Australia/Lord_Howe", "2026-10-03 22:00", "8h", "2026-10-03 11:30", "2026-10-03 19:30"),
        ("Australia/Lord_Howe", "2026-10-04 22:00", "8h", "2026-10-04 11:00", "2026-10-04 19:00"),
        # 17 A duty of a whole day that lasts 25 hours.
        (LA, "2026-11-01 00:00", "25h", "2026-11-01 07:00", "2026-11-02 08:00"),
    ],
)
def test_a_shift_is_written_at_the_instants_it_is_worked(
    zone: str, start: str, length: str, begin: str, end: str
) -> None:
    local = datetime.fromisoformat(start)
    event = one_shift(zone, local.date(), local.time(), length)
    assert (f"{event.begin:%Y-%m-%d %H:%M}", f"{event.end:%Y-%m-%d %H:%M}") == (begin, end)


def test_the_zone_data_in_use_is_on_record() -> None:
    roster = Roster(facts_at(LA, date(2026, 12, 15)))
    for data in render(roster, identity=BY_CELL).values():
        assert read(data).text("X-SHIFTPLAN-TZDATA") == tzdata.IANA_VERSION


def test_the_two_hours_of_an_autumn_night_can_be_told_apart() -> None:
    # 22:00 at -7; eight hours later it is 05:00 at -8.
    event = one_shift(LA, date(2026, 10, 31), time(22), "8h", "Night")
    assert event.text("SUMMARY") == "Night 22:00–05:00"
    assert event.text("DESCRIPTION").splitlines() == [
        "Shift N at Site",
        "2026-10-31 22:00 (UTC-07:00) – 2026-11-01 05:00 (UTC-08:00)",
        "Time zone America/Los_Angeles",
        "Length 8h",
        "Draft roster: may still change.",
    ]


def test_a_duty_of_a_day_or_more_says_how_long_it_is() -> None:
    event = one_shift(LA, date(2026, 11, 1), time(0), "25h")
    assert event.timed
    assert event.text("SUMMARY") == "N 00:00–00:00 (25h)"


def test_a_shift_names_itself_its_place_and_its_kind() -> None:
    event = one_shift("Europe/Dublin", date(2026, 12, 8), time(5), "8h30", "Early")
    assert event.text("SUMMARY") == "Early 05:00–13:30"
    assert event.text("LOCATION") == "Site"
    assert (event.raw("CATEGORIES"), event.raw("COLOR")) == ("early", "orange")
    assert (event.raw("TRANSP"), event.raw("X-MICROSOFT-CDO-BUSYSTATUS")) == ("OPAQUE", "BUSY")
    assert (event.raw("SEQUENCE"), event.raw("STATUS")) == ("0", "TENTATIVE")
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        assert event.raw(name) == "20261001T120005Z"


LONG = 'Ward A, bay 3; "Ω" \\ crème — 手術室 🏥 C:\\Night\\new ' * 3


def test_awkward_text_reads_back_as_it_was() -> None:
    event = one_shift(LA, date(2026, 12, 8), time(9), "8h", LONG)
    assert event.text("SUMMARY") == f"{LONG.strip()} 09:00–17:00"


def test_awkward_text_reads_back_with_icalendar() -> None:
    day = date(2026, 12, 8)
    facts = facts_at(
        LA, day, ShiftSpec(code="N", name=LONG, start=time(9), length="8h"), people=(LONG,)
    )
    files = render(Roster(facts).with_cell(LONG.strip(), day, "N"), identity=BY_CELL)
    team, own = (icalendar.Calendar.from_ical(data) for data in files.values())
    assert team.events[0]["summary"] == f"{LONG.strip()}: {LONG.strip()} 09:00–17:00"
    assert own.events[1]["summary"] == f"{LONG.strip()} 09:00–17:00"
