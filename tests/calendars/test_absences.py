"""What somebody's own calendar says of their absences."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, vRecur

from shiftplan.calendars.absences import Absence, read_absences
from shiftplan.calendars.foreign import LARGEST
from shiftplan.calendars.recurring import may_come
from shiftplan.calendars.series import SafeSeries
from shiftplan.errors import ShiftplanError
from tests.tries import tries

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


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("DTSTART:20261020T090000Z", "DTEND:20261020T100000Z", "EXDATE:foo"),
         "its EXDATE cannot be read"),
        (("DTSTART:20261020T090000Z", "DTEND:20261020T100000Z", "RRULE:FREQ=SOMETIMES"),
         "its RRULE cannot be read"),
        (("DTSTART:soon",), "its DTSTART cannot be read"),
        (("DTSTART:20261020T090000Z", "DTEND:late"), "its DTEND cannot be read"),
        (("DTSTART:20261020T090000Z",), "it has no end"),
        (("DTSTART:20261020T090000Z", "DTEND:20261020T080000Z"), "it ends before it starts"),
        (("DTSTART:20261020T090000Z", "DURATION:-PT1H"), "it ends before it starts"),
        (("DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:20261024"), "it ends before it starts"),
        (("DTSTART:20261020T090000Z", "DTEND:20261020T090000Z"), "it takes no time"),
        (("DTSTART;TZID=Nowhere/Nothing:20261021T090000", "DURATION:PT1H"),
         "its time zone 'Nowhere/Nothing' is not known"),
        (("DTSTART:20261021T090000Z", "DTEND;TZID=No/Where:20261021T100000"),
         "its time zone 'No/Where' is not known"),
        (("DTSTART:20261021T090000Z", "DURATION:PT1H", "EXDATE;TZID=No/Where:20261021T100000"),
         "its time zone 'No/Where' is not known"),
        (("DTSTART:20261021T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=0"),
         "how it recurs cannot be read: its INTERVAL is less than 1"),
        (("DTSTART:20200101T090000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9"),
         "its rule never comes; only its first time counts"),
        (("DTSTART;VALUE=DATE:20261020", "RRULE:FREQ=DAILY;COUNT=3", "EXRULE:FREQ=DAILY;COUNT=1"),
         "it has an EXRULE, which calendars no longer know"),
        (("DTSTART;VALUE=DATE:20261020", "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"),
         "it is marked as working elsewhere"),
    ],
)  # fmt: skip
def test_what_is_not_taken_says_why(lines: tuple[str, ...], why: str) -> None:
    good = event("DTSTART;VALUE=DATE:20261101", uid="2")
    assert reasons(event(*lines), good) == [why]
    assert absences(event(*lines), good) == [("2026-11-01", "2026-11-01", "")]


def test_what_is_no_event_says_so() -> None:
    parts = [f"BEGIN:{kind}\nUID:1\nSUMMARY:x\nEND:{kind}" for kind in ("VTODO", "VJOURNAL")]
    assert reasons(*parts) == ["it is a journal entry", "it is a task"]


@pytest.mark.parametrize(
    ("method", "why"),
    [("CANCEL", "the file cancels it"), ("REPLY", "the file answers an invitation")],
)
def test_a_file_that_takes_events_back_makes_no_absence(method: str, why: str) -> None:
    part = event("DTSTART;VALUE=DATE:20261024")
    assert absences(f"METHOD:{method}", part) == []
    assert reasons(f"METHOD:{method}", part) == [why]
    assert absences("METHOD:PUBLISH", part) == [("2026-10-24", "2026-10-24", "")]


def test_a_series_that_ended_before_it_began_is_listed() -> None:
    late = event("DTSTART:20261201T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20251203")
    assert reasons(late) == ["its rule never comes; only its first time counts"]


def test_a_series_that_is_over_is_no_fault() -> None:
    over = event("DTSTART:20200106T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20210601")
    assert absences(over) == []
    assert reasons(over) == []


def test_all_of_the_day_a_series_of_times_ends_on_is_its_own() -> None:
    until = event("DTSTART:20261020T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20261022")
    assert [first[-2:] for first, *_ in absences(until)] == ["20", "21", "22"]


def test_a_day_moved_out_of_a_series_of_times_leaves_no_double() -> None:
    series = event("DTSTART:20261020T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    moved = event("RECURRENCE-ID;VALUE=DATE:20261021", "DTSTART:20261021T150000", "DURATION:PT1H")
    days = [(first[-2:], hours) for first, _, hours in absences(series, moved)]
    assert days == [("20", "10:00-11:00"), ("21", "15:00-16:00"), ("22", "10:00-11:00")]


def test_a_moved_time_of_a_long_series_is_still_found() -> None:
    # The series is begun later than it says; what was moved from years ago into these days counts.
    series = event("DTSTART:20200106T100000", "DTEND:20200106T110000", "RRULE:FREQ=WEEKLY;BYDAY=MO")
    moved = event(
        "RECURRENCE-ID:20200113T100000", "DTSTART:20261021T150000", "DTEND:20261021T160000"
    )
    days = [(first, hours) for first, _, hours in absences(series, moved)]
    mondays = [(f"2026-{day}", "10:00-11:00") for day in ("10-19", "10-26", "11-02", "11-09")]
    assert days == [mondays[0], ("2026-10-21", "15:00-16:00"), *mondays[1:]]


BUSY_TIMES = """BEGIN:VFREEBUSY
UID:f
DTSTART:20261019T000000Z
DTEND:20261115T000000Z
FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261026T070000Z/20261027T070000Z
FREEBUSY:20261028T160000Z/PT2H
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261029T160000Z/PT2H
FREEBUSY;FBTYPE=FREE:20261030T160000Z/PT2H
END:VFREEBUSY"""


def test_busy_times_are_absences_without_a_title() -> None:
    found, left = read_absences(calendar(BUSY_TIMES), "a.ics", LA, FIRST, LAST)
    assert [(a.first.day, _hours(a), a.busy, a.what) for a in found] == [
        (26, "", "away", "(no title)"),
        (28, "09:00-11:00", "busy", "(no title)"),
        (29, "09:00-11:00", "tentative", "(no title)"),
    ]
    assert [s.why for s in left] == ["it is marked as free"]


@pytest.mark.parametrize(
    "damaged",
    [
        BUSY_TIMES.replace("20261028T160000Z/PT2H", "20261028T160000Z/20261027T160000Z"),
        BUSY_TIMES.replace("20261028T160000Z/PT2H", "whenever"),
    ],
)
def test_a_busy_time_that_is_wrong_spoils_nothing_but_itself(damaged: str) -> None:
    good = event("DTSTART;VALUE=DATE:20261101", uid="2")
    found, left = read_absences(calendar(damaged, good), "a.ics", LA, FIRST, LAST)
    assert [a.first.day for a in found] == [26, 29, 1]
    assert sorted(s.why for s in left) == ["it cannot be read", "it is marked as free"]


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("FREEBUSY;TZID=Foo/Bar:20261028T090000/PT1H", "its time zone 'Foo/Bar' is not known"),
        ("FREEBUSY:20261028T160000Z/20261028T160000Z", "it takes no time"),
    ],
)
def test_a_busy_time_without_a_time_says_why(period: str, why: str) -> None:
    part = f"BEGIN:VFREEBUSY\nUID:f\n{period}\nEND:VFREEBUSY"
    assert absences(part) == []
    assert reasons(part) == [why]


def test_a_zone_with_two_names_spoils_nothing_but_itself() -> None:
    twice = NEW_YORK.replace("TZID:Custom Eastern", "TZID:Custom Eastern\nTZID:Other")
    good = event("DTSTART;VALUE=DATE:20261101", uid="2")
    there = event(
        "DTSTART;TZID=Custom Eastern:20261021T120000", "DURATION:PT1H", "SUMMARY:Far away"
    )
    found, left = read_absences(calendar(twice, there, good), "a.ics", LA, FIRST, LAST)
    assert [a.first for a in found] == [date(2026, 11, 1)]
    assert [s.why for s in left] == ["its time zone 'Custom Eastern' is not known"]


def test_a_zone_of_another_file_says_nothing_about_this_one() -> None:
    there = event("DTSTART;TZID=Custom Eastern:20261021T120000", "DURATION:PT1H")
    assert len(absences(NEW_YORK, there)) == 1
    assert absences(there) == []


@pytest.mark.slow
def test_thousands_of_series_are_laid_out_from_shortly_before() -> None:
    parts = [
        event("DTSTART:19700105T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid=f"{k}")
        for k in range(200)
    ]
    assert len(absences(*parts)) == 28


def test_series_too_long_together_say_so() -> None:
    weekly = ("DTSTART:20261001T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=99")
    whole = Calendar.from_ical(calendar(*(event(*weekly, uid=f"{k}") for k in range(3))))
    # Four or five weeks of each; the third is too much.
    taken_out = SafeSeries(FIRST, LAST, most=10).take_out(whole)
    assert [why for _, why in taken_out] == [
        "the series of this file are too many together; take fewer days at a time"
    ]


def _numbers(most: int) -> st.SearchStrategy[str]:
    some = st.integers(-most, most).filter(bool)
    return st.lists(some, min_size=1, max_size=3).map(lambda found: ",".join(map(str, found)))


WEEKDAY = st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
PLACED = st.tuples(st.integers(-6, 6).filter(bool), WEEKDAY).map(lambda one: f"{one[0]}{one[1]}")
MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=3).map(lambda k: ",".join(map(str, k)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw a recurrence rule of days without an end."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    weekday = st.one_of(WEEKDAY, PLACED) if frequency in ("MONTHLY", "YEARLY") else WEEKDAY
    parts = {
        "BYMONTH": MONTHS,
        "BYMONTHDAY": _numbers(31),
        "BYYEARDAY": _numbers(366),
        "BYDAY": st.lists(weekday, min_size=1, max_size=3).map(",".join),
        "WKST": WEEKDAY,
    }
    used = draw(st.lists(st.sampled_from(sorted(parts)), unique=True, max_size=3))
    chosen = [f"{key}={draw(parts[key])}" for key in used]
    if chosen and draw(st.booleans()):
        chosen.append(f"BYSETPOS={draw(_numbers(9))}")
    return ";".join([f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 9))}", *chosen])


@tries(100)
@given(rules(), st.dates(date(9993, 1, 1), date(9994, 12, 31)))
def test_a_rule_that_has_a_day_is_not_taken_for_one_that_never_comes(
    text: str, start: date
) -> None:
    # So late that a rule without a day is soon at the end of all years.
    first = next(iter(rrulestr(text, dtstart=datetime.combine(start, time()))), None)
    if first is not None:
        assert may_come(vRecur.from_ical(text), start, date(9998, 12, 31)) or first.year == 9999
