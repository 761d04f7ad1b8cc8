"""Overtime as California counts it, worked out by hand: by fixed local workdays, not by shifts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.clock import resolve, to_instant, zone
from shiftplan.facts import ShiftType
from shiftplan.roster import Assignment
from shiftplan.roster.pay import PaidWork, Split, Terms, earned, week_split

LA = "America/Los_Angeles"
CALIFORNIA = Terms(daily=480, double=720, weekly=2400, seventh_day=True)
MON = date(2026, 11, 2)


def duty(day: date, start: str, end: str, *, unpaid: int = 0, tz: str = LA) -> Assignment:
    """Return a duty between two wall times; an end at or before the start is on the next day."""
    starts, ends = time.fromisoformat(start), time.fromisoformat(end)
    begin = resolve(day, starts, tz).instant
    over = resolve(day + timedelta(days=ends <= starts), ends, tz).instant
    shift = ShiftType(
        code="X", start=starts, length=over - begin, unpaid_break=unpaid, kind="day", family="X"
    )
    return Assignment("Ana", day, shift, begin, over)


def hours(*found: int) -> tuple[float, ...]:
    return tuple(minutes / 60 for minutes in found)


# A week's hours and how they are paid: straight, time and a half, double.
VECTORS = [
    ("five days of 8 h", [8] * 5, (40, 0, 0)),
    # each day 8 + 2; straight 4 x 8 = 32, below 40
    ("four days of 10 h", [10] * 4, (32, 8, 0)),
    # straight 48, of which 8 are beyond 40
    ("six days of 8 h", [8] * 6, (40, 8, 0)),
    # six days as above; the seventh all 8 at time and a half
    ("seven days of 8 h", [8] * 7, (40, 16, 0)),
    # six days: 48 straight (8 beyond 40) and 12 beyond 8; the seventh 8 and 2: 40 / 8 + 12 + 8 / 2
    ("seven days of 10 h", [10] * 7, (40, 28, 2)),
    ("one day of 13 h", [13], (8, 4, 1)),
    ("six days of 7 h", [7] * 6, (40, 2, 0)),
    # 14 = 8 + 4 + 2; straight 8 + 32 = 40, so nothing is weekly overtime
    ("14 h and four days of 8 h", [14, 8, 8, 8, 8], (40, 4, 2)),
    # six days: 48 straight and 24 beyond 8; the seventh 8 and 4: 40 / 8 + 24 + 8 / 4
    ("seven days of 12 h", [12] * 7, (40, 40, 4)),
    ("four days of 9 h and one of 4 h", [9, 9, 9, 9, 4], (36, 4, 0)),
    # 28 h in all, yet the seventh day in a row has its premium
    ("seven days of 4 h", [4] * 7, (24, 4, 0)),
]


@pytest.mark.parametrize(("worked", "paid"), [v[1:] for v in VECTORS], ids=[v[0] for v in VECTORS])
def test_a_week_is_split_into_straight_half_and_double(
    worked: list[int], paid: tuple[int, ...]
) -> None:
    week = [(MON + timedelta(days=k), f"{h + 6:02d}:00") for k, h in enumerate(worked)]
    found = earned([duty(day, "06:00", end) for day, end in week], LA, CALIFORNIA)
    assert hours(*found.split()) == paid
    assert found.minutes == 60 * sum(worked)


def test_weekly_overtime_falls_on_the_hours_worked_last() -> None:
    """Monday to Friday 8 h each are the 40; all of Saturday is beyond them."""
    found = earned(
        [duty(MON + timedelta(days=k), "09:00", "17:00") for k in range(6)], LA, CALIFORNIA
    )
    assert found.workdays[MON + timedelta(days=4)] == Split(480, 0, 0)
    assert found.workdays[MON + timedelta(days=5)] == Split(0, 480, 0)


TUE = MON + timedelta(days=1)
NIGHT_THEN_EVENING = [duty(MON, "22:00", "06:00"), duty(TUE, "18:00", "02:00")]


def test_a_night_and_the_next_evening_are_twelve_hours_of_one_midnight_workday() -> None:
    """Monday 22-24 is 2 h; Tuesday 0-6 and 18-24 are 12 h, 4 of them overtime; Wednesday 0-2 is 2
    h.
    """
    found = earned(NIGHT_THEN_EVENING, LA, CALIFORNIA)
    assert found.workdays == {
        MON: Split(120, 0, 0),
        TUE: Split(480, 240, 0),
        MON + timedelta(days=2): Split(120, 0, 0),
    }
    assert hours(*found.split()) == (12, 4, 0)


def test_counted_from_noon_to_noon_the_same_shifts_are_eight_hours_each() -> None:
    found = earned(
        NIGHT_THEN_EVENING, LA, Terms(daily=480, double=720, weekly=2400, workday_start=time(12))
    )
    assert found.workdays == {MON: Split(480, 0, 0), TUE: Split(480, 0, 0)}


def test_the_night_clocks_go_back_a_night_shift_is_nine_and_a_half_hours() -> None:
    """Saturday 31 October 22:00 to Sunday 06:30: 2 h before midnight, then 0:00-6:30 by the clock
    is 7.5 h.

    The Sunday has 25 hours. It is the last day of a workweek from Monday, the Saturday the sixth.
    """
    sat, sun = date(2026, 10, 31), date(2026, 11, 1)
    found = earned([duty(sat, "22:00", "06:30")], LA, CALIFORNIA)
    assert found.workdays == {sat: Split(120, 0, 0), sun: Split(450, 0, 0)}
    assert found.minutes == 570
    assert found.sunday == 450
    # another 1 h on the same Sunday makes 8.5 h of it: half an hour of overtime
    more = earned([duty(sat, "22:00", "06:30"), duty(sun, "20:00", "21:00")], LA, CALIFORNIA)
    assert more.workdays[sun] == Split(480, 30, 0)


def test_the_night_clocks_go_forward_a_night_shift_is_seven_hours() -> None:
    """Saturday 13 March 2027 22:00 to Sunday 06:00: 2 h before midnight, then 5 h; 2:00-3:00 is
    skipped.
    """
    sat, sun = date(2027, 3, 13), date(2027, 3, 14)
    found = earned([duty(sat, "22:00", "06:00")], LA, CALIFORNIA)
    assert found.workdays == {sat: Split(120, 0, 0), sun: Split(300, 0, 0)}


def test_where_midnight_is_skipped_the_day_begins_when_the_clocks_have_jumped() -> None:
    """In Santiago 6 September 2026 begins at 01:00: Saturday 22:00 to 06:00 is 2 h and 5 h."""
    sat, sun = date(2026, 9, 5), date(2026, 9, 6)
    found = earned(
        [duty(sat, "22:00", "06:00", tz="America/Santiago")], "America/Santiago", CALIFORNIA
    )
    assert found.workdays == {sat: Split(120, 0, 0), sun: Split(300, 0, 0)}


def test_the_unpaid_break_lies_in_the_middle_of_the_shift() -> None:
    """18:00-02:30 less 30 min are 8 h; the break is from 22:00, so 24 minus 18 less a half are 5.5
    h.
    """
    found = earned([duty(MON, "18:00", "02:30", unpaid=30)], LA, CALIFORNIA)
    assert found.workdays == {MON: Split(330, 0, 0), TUE: Split(150, 0, 0)}
    # 21:45-00:15 with 30 min around midnight: paid 21:45-22:45 and 23:15-00:15
    found = earned([duty(MON, "21:45", "00:15", unpaid=30)], LA, CALIFORNIA)
    assert found.workdays == {MON: Split(105, 0, 0), TUE: Split(15, 0, 0)}


def test_a_seventh_day_is_the_last_of_the_workweek_and_not_any_seventh_in_a_row() -> None:
    """Wednesday to Tuesday are seven days in a row, in two workweeks of five and two days."""
    days = [MON + timedelta(days=2 + k) for k in range(7)]
    found = earned([duty(day, "09:00", "17:00") for day in days], LA, CALIFORNIA)
    assert found.split() == Split(7 * 480, 0, 0)
    from_wednesday = Terms(
        daily=480, double=720, weekly=2400, seventh_day=True, week_starts="wednesday"
    )
    assert earned([duty(d, "09:00", "17:00") for d in days], LA, from_wednesday).split() == Split(
        2400, 960, 0
    )


def test_premiums_go_by_the_calendar_day_and_the_wall_clock() -> None:
    """Saturday 22:00 to Sunday 06:00: 6 h on Sunday, 7 h between 23:00 and 06:00; with Sunday a
    holiday 6 h.

    At 30.00 an hour: 8 x 30 = 240, 33 % of 6 h 59.40, 100 % of 6 h 180, 25 % of 7 h 52.50.
    """
    terms = Terms(sunday=33, holiday=100, night=25)
    sun = date(2026, 11, 8)
    found = earned([duty(sun - timedelta(days=1), "22:00", "06:00")], LA, terms, sun.__eq__)
    assert (found.sunday, found.holiday, found.night) == (360, 360, 420)
    assert found.cents(3000, terms) == 24000 + 5940 + 18000 + 5250


def test_pay_is_exact_and_not_rounded() -> None:
    """10 minutes at 20.05 an hour are 334 1/6 cents; time and a half makes 501 1/4."""
    found = PaidWork({MON: Split(0, 10, 0)}, 0, 0, 0)
    assert found.cents(2005, CALIFORNIA) == Fraction(2005, 4)


@given(
    st.lists(st.integers(0, 1440), min_size=7, max_size=7),
    st.integers(0, 6),
    st.integers(1, 60),
)
def test_every_minute_is_paid_once_and_more_work_is_never_paid_less(
    week: list[int], day: int, more: int
) -> None:
    splits = week_split(week, CALIFORNIA)
    assert [sum(split) for split in splits] == week
    assert sum(s.straight for s in splits) <= 2400
    longer = [*week[:day], week[day] + more, *week[day + 1 :]]

    def paid(found: list[Split]) -> float:
        return sum(s.straight + 1.5 * s.half + 2 * s.double for s in found)

    assert paid(week_split(longer, CALIFORNIA)) >= paid(splits) + more


@given(
    st.integers(0, 7 * 24 * 60),
    st.integers(1, 36 * 60),
    st.integers(0, 23),
    st.sampled_from([LA, "Asia/Kathmandu", "Africa/Cairo", "Australia/Lord_Howe"]),
)
def test_no_minute_is_lost_where_workdays_meet(after: int, length: int, hour: int, tz: str) -> None:
    begin = to_instant(datetime(2026, 10, 28, tzinfo=zone(tz))) + after
    shift = ShiftType(
        code="X", start=time(0), length=length, unpaid_break=length // 8, kind="day", family="X"
    )
    found = earned(
        [Assignment("Ana", MON, shift, begin, begin + length)], tz, Terms(workday_start=time(hour))
    )
    assert found.minutes == length - length // 8
