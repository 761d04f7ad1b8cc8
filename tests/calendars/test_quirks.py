"""What other programs get wrong, or have names of their own for, is written so that they cope."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from icalendar import Event

from shiftplan.calendars import TEAM_FILE, render
from shiftplan.calendars.absences import read_absences
from shiftplan.calendars.quirks import Busy, Text, busy_of, comes_twice, put_busy
from shiftplan.calendars.zones import vtimezone
from shiftplan.roster import Roster

from .plans import BY_CELL, DAY, facts_at
from .reading import Component, read
from .test_absences import calendar, event


def team_file() -> Component:
    """Return the team's calendar of a roster with one shift."""
    roster = Roster(facts_at("Europe/Dublin", DAY)).with_cell("Ana", DAY, "E")
    return read(render(roster, identity=BY_CELL)[TEAM_FILE])


def test_a_backslash_before_an_n_is_no_line_break_to_icalendar() -> None:
    made = Event()
    made["summary"] = Text("Ops\\Night")
    assert b"SUMMARY:Ops\\\\Night\r\n" in made.to_ical()
    assert str(Event.from_ical(made.to_ical())["summary"]) == "Ops\\Night"


def test_a_calendar_has_no_uid_of_its_own() -> None:
    assert "UID" not in team_file().names()


def test_a_calendar_has_its_name_twice_and_says_twice_how_often_to_read_it() -> None:
    made = team_file()
    assert made.text("NAME") == made.text("X-WR-CALNAME") == "Support – team"
    assert (made.raw("REFRESH-INTERVAL"), made.raw("X-PUBLISHED-TTL")) == ("PT1H", "PT1H")


@pytest.mark.parametrize(
    ("busy", "transp"), [("BUSY", "OPAQUE"), ("FREE", "TRANSPARENT"), ("OOF", "OPAQUE")]
)
def test_how_busy_an_event_makes_one_is_written_for_outlook_too(busy: str, transp: str) -> None:
    made = Event()
    put_busy(made, busy)
    assert (made["transp"], made["x-microsoft-cdo-busystatus"]) == (transp, busy)
    assert (busy_of(made) is Busy.FREE) == (busy == "FREE")


@pytest.mark.parametrize("line", ["TRANSP:transparent", "X-MICROSOFT-CDO-BUSYSTATUS:free"])
def test_an_event_is_free_by_either_name(line: str) -> None:
    (one,) = icalendar.Calendar.from_ical(calendar(event(line))).events
    assert busy_of(one) is Busy.FREE


def test_a_wall_time_comes_twice_only_when_clocks_go_back() -> None:
    """Dublin's clocks show 01:00 to 02:00 twice on 25 October 2026, and skip it on 28 March."""
    dublin = ZoneInfo("Europe/Dublin")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert comes_twice(first.astimezone(dublin))
    assert comes_twice(first.replace(hour=1).astimezone(dublin))
    assert not comes_twice(first.replace(hour=2).astimezone(dublin))
    assert not comes_twice(datetime(2027, 3, 28, 1, 30, tzinfo=UTC).astimezone(dublin))


def test_the_larger_offset_is_daylight_saving_time_in_dublin_too() -> None:
    """For tzdata, Irish summer time is standard, and winter time is an hour less than that."""
    parts = {part.name: part for part in vtimezone("Europe/Dublin", 2026, 2026).subcomponents}
    assert parts["DAYLIGHT"].to_ical().count(b"TZOFFSETTO:+0100") == 1
    assert parts["STANDARD"].to_ical().count(b"TZOFFSETTO:+0000") == 1


@pytest.mark.parametrize(
    ("series", "why"),
    [
        ("RRULE:FREQ=SECONDLY", "it recurs within a day"),
        ("RRULE:FREQ=DAILY;BYHOUR=1,2,3", "it recurs within a day"),
        (
            "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "its rule never comes; only its first time counts",
        ),
    ],
)
def test_a_series_without_end_is_not_followed_for_ever(series: str, why: str) -> None:
    own = calendar(event("DTSTART:20261020T090000", "DTEND:20261020T100000", series))
    first, last = date(2026, 10, 19), date(2026, 10, 25)
    found, skipped = read_absences(own, "own.ics", "UTC", first, last)
    assert [s.why for s in skipped] == ([why] if why else [])
    assert len(found) <= 1


def test_a_damaged_event_spoils_no_other() -> None:
    good = event("DTSTART;VALUE=DATE:20261020", uid="good")
    bad = event("DTSTART:20261020T090000", "DTEND;VALUE=DATE:20261021", uid="bad")
    first, last = date(2026, 10, 19), date(2026, 10, 25)
    found, _ = read_absences(calendar(bad, good), "own.ics", "UTC", first, last)
    assert date(2026, 10, 20) in [absence.first for absence in found]
