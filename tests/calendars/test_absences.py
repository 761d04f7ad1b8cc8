"""What somebody's own calendar says of their absences."""

from __future__ import annotations

from datetime import date

import pytest

from shiftplan.calendars.absences import LARGEST, Absence, read_absences
from shiftplan.errors import ShiftplanError

from .plans import EVIL

LA = "America/Los_Angeles"
FIRST, LAST = date(2026, 10, 19), date(2026, 11, 15)
"""Los Angeles goes back from -7 to -8 on 1 November."""

NEW_YORK = """BEGIN:VTIMEZONE
TZID:Custom Eastern
BEGIN:STANDARD
DTSTART:20251102T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260308T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
END:VTIMEZONE"""


def event(*lines: str, uid: str = "1") -> str:
    """Return a VEVENT with *lines* in it."""
    return "\n".join(
        (
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20260101T000000Z",
            "SUMMARY:Away",
            *lines,
            "END:VEVENT",
        )
    )


def calendar(*parts: str) -> bytes:
    """Return a calendar with *parts* in it."""
    text = "\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *parts, "END:VCALENDAR", "")
    )
    return text.replace("\n", "\r\n").encode()


def absences(
    *parts: str, first: date = FIRST, last: date = LAST, tz: str = LA
) -> list[tuple[object, ...]]:
    """Return first and last day and hours of each absence."""
    found, _ = read_absences(calendar(*parts), "a.ics", tz, first, last)
    return [(a.first.isoformat(), a.last.isoformat(), _hours(a)) for a in found]


def _hours(absence: Absence) -> str:
    return "-".join(f"{t:%H:%M}" for t in absence.hours) if absence.hours else ""


def reasons(*parts: str) -> list[str]:
    """Return why each event that is no absence is none."""
    return [s.why for s in read_absences(calendar(*parts), "a.ics", LA, FIRST, LAST)[1]]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        # All day: the end is the day after the last.
        (
            ("DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261027"),
            [("2026-10-24", "2026-10-26", "")],
        ),
        (("DTSTART;VALUE=DATE:20261024",), [("2026-10-24", "2026-10-24", "")]),
        (("DTSTART;VALUE=DATE:20261024", "DURATION:P2D"), [("2026-10-24", "2026-10-25", "")]),
        # 16:00Z is 09:00 PDT, and 08:00 PST once the clocks have gone back.
        (("DTSTART:20261020T160000Z", "DURATION:PT90M"),
         [("2026-10-20", "2026-10-20", "09:00-10:30")]),
        (("DTSTART:20261103T160000Z", "DURATION:PT90M"),
         [("2026-11-03", "2026-11-03", "08:00-09:30")]),
        # A time without a zone is the person's own.
        (("DTSTART:20261020T090000", "DTEND:20261020T103000"),
         [("2026-10-20", "2026-10-20", "09:00-10:30")]),
        # 02:00Z on the 21st is 19:00 on the 20th.
        (("DTSTART:20261021T020000Z", "DURATION:PT1H"),
         [("2026-10-20", "2026-10-20", "19:00-20:00")]),
        # Over midnight; to the minute, the end rounded up.
        (("DTSTART:20261020T220030", "DTEND:20261021T060030"),
         [("2026-10-20", "2026-10-20", "22:00-06:01")]),
        # A day from midnight to midnight is a whole day.
        (("DTSTART:20261020T000000", "DTEND:20261022T000000"), [("2026-10-20", "2026-10-21", "")]),
        # From Tuesday noon to Friday noon: two parts and two whole days.
        (
            ("DTSTART:20261020T120000", "DTEND:20261023T120000"),
            [("2026-10-20", "2026-10-20", "12:00-00:00"), ("2026-10-21", "2026-10-22", ""),
             ("2026-10-23", "2026-10-23", "00:00-12:00")],
        ),
        # Of what runs over the edge, the days inside.
        (("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261021"),
         [("2026-10-19", "2026-10-20", "")]),
        (("DTSTART;VALUE=DATE:20261115", "DTEND;VALUE=DATE:20261201"),
         [("2026-11-15", "2026-11-15", "")]),
        (("DTSTART;VALUE=DATE:20261116", "DTEND;VALUE=DATE:20261201"), []),
        (("DTSTART:20261020T120000", "DTEND:20261020T120000"), []),
    ],
)  # fmt: skip
def test_an_event_is_put_into_the_local_time_of_the_person(
    lines: tuple[str, ...], wanted: list[object]
) -> None:
    assert absences(event(*lines)) == wanted


def test_recurrences_are_laid_out_with_their_exceptions() -> None:
    series = event(
        "DTSTART;TZID=Custom Eastern:20261005T120000",
        "DTEND;TZID=Custom Eastern:20261005T130000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO",
        "EXDATE;TZID=Custom Eastern:20261026T120000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Custom Eastern:20261102T120000",
        "DTSTART;TZID=Custom Eastern:20261103T140000",
        "DTEND;TZID=Custom Eastern:20261103T150000",
    )
    cancelled = event(
        "RECURRENCE-ID;TZID=Custom Eastern:20261109T120000",
        "DTSTART;TZID=Custom Eastern:20261109T120000",
        "DTEND;TZID=Custom Eastern:20261109T130000",
        "STATUS:CANCELLED",
    )
    # 12:00 in New York is 09:00 in Los Angeles. Of 19 and 26 October, 2 and 9 November, one is left
    # and one has moved.
    assert absences(NEW_YORK, series, moved, cancelled) == [
        ("2026-10-19", "2026-10-19", "09:00-10:00"),
        ("2026-11-03", "2026-11-03", "11:00-12:00"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=DAILY;INTERVAL=7",
        "FREQ=WEEKLY;UNTIL=20990101",
        "FREQ=WEEKLY;COUNT=100000",
        "FREQ=DAILY;BYDAY=SA",
    ],
)
def test_a_series_without_an_end_ends_with_the_plan(rule: str) -> None:
    found = absences(event("DTSTART;VALUE=DATE:20261024", f"RRULE:{rule}"))
    assert found[0] == ("2026-10-24", "2026-10-24", "")
    assert 1 <= len(found) <= 4


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=5", "FREQ=HOURLY", "FREQ=DAILY;BYMINUTE=1,2,3"]
)
def test_a_series_within_a_day_is_left_out(rule: str) -> None:
    part = event("DTSTART:20261020T120000Z", "DTEND:20261020T120100Z", f"RRULE:{rule}")
    assert absences(part) == []
    assert reasons(part) == ["it recurs within a day"]


@pytest.mark.slow
def test_a_series_that_never_comes_is_soon_given_up() -> None:
    assert (
        absences(event("DTSTART:19900101T100000", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")) == []
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("STATUS:CANCELLED", "it is cancelled"),
        ("TRANSP:TRANSPARENT", "it is marked as free"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "it is marked as free"),
    ],
)
def test_what_keeps_nobody_away_is_left_out(line: str, why: str) -> None:
    part = event("DTSTART;VALUE=DATE:20261024", line)
    assert absences(part) == []
    assert reasons(part) == [why]


def test_one_s_own_shifts_are_no_absence() -> None:
    part = event("DTSTART;VALUE=DATE:20261024", uid="1@shiftplan.invalid")
    assert reasons(part) == ["it is a shift or leave from here"]


@pytest.mark.parametrize("text", EVIL)
def test_hostile_titles_are_one_line_of_text(text: str) -> None:
    from icalendar import Calendar, Event

    cal, one = Calendar(), Event()
    one.add("uid", "1")
    one.add("dtstart", date(2026, 10, 24))
    one.add("summary", text)
    cal.add_component(one)
    ((absence,), left) = read_absences(cal.to_ical(), "a.ics", LA, FIRST, LAST)
    assert left == []
    assert all(c >= " " and c not in "\x7f\u202e\u2028" for c in absence.what)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "a.ics holds no calendar"),
        (b"hello", "a.ics is not a calendar"),
        (b"\xff\xfe", "a.ics is not UTF-8 text"),
        (b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", "a.ics holds no calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "a.ics"),
        (b" " * (LARGEST + 1), "a.ics is larger than 10 MB"),
    ],
)
def test_what_is_no_calendar_is_reported_in_a_sentence(data: bytes, expected: str) -> None:
    with pytest.raises(ShiftplanError, match=expected):
        read_absences(data, "a.ics", LA, FIRST, LAST)


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:nonsense",),
        ("DTSTART;TZID=No/Where:20261020T120000", "DTEND;TZID=No/Where:20261020T130000"),
        ("DTSTART;VALUE=DATE:20261024", "RRULE:FREQ=SOMETIMES"),
        ("DTSTART;VALUE=DATE:20261024", "DTEND:20261025T000000Z"),
        ("DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:20261024"),
        ("RRULE:FREQ=DAILY",),
        ("DTSTART;VALUE=DATE:99991231",),
    ],
)
def test_a_damaged_event_does_no_harm(lines: tuple[str, ...]) -> None:
    good = event("DTSTART;VALUE=DATE:20261101", uid="2")
    assert ("2026-11-01", "2026-11-01", "") in absences(event(*lines), good)


def test_a_byte_order_mark_does_no_harm() -> None:
    data = b"\xef\xbb\xbf" + calendar(event("DTSTART;VALUE=DATE:20261024"))
    assert len(read_absences(data, "a.ics", LA, FIRST, LAST)[0]) == 1
