"""Paid leave is earned to the minute, and no span loses or makes one by where it is cut."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.facts import LeavePolicy, Person
from shiftplan.ledger.accrual import accrued, anniversary, minutes, years_of_service

LADDER = LeavePolicy(pto=((0, 17), (3, 20), (5, 22)))
FLAT = LeavePolicy(pto=((0, 17),))
DATES = st.dates(date(2019, 1, 1), date(2033, 12, 31))


def year(number: int, hired: date | None, policy: LeavePolicy = LADDER) -> Fraction:
    return accrued(policy, hired, date(number, 1, 1), date(number, 12, 31))


def whole(
    hired: date | None, first: date, last: date, *, share: int = 100, end: date | None = None
) -> int:
    return minutes(
        LADDER, Person(name="A", site="S", start_date=hired, end_date=end), share, first, last
    )


def test_the_first_year_is_pro_rata_by_days() -> None:
    # From 6 July to 31 December are 179 days (26 + 31 + 30 + 31 + 30 + 31): 17 x 179 / 365 = 3043 /
    # 365, which is 8.33699 days.
    assert year(2026, date(2026, 7, 6)) == Fraction(3043, 365)
    assert round(float(year(2026, date(2026, 7, 6))), 5) == 8.33699


def test_a_year_earns_its_days_be_it_a_leap_year_or_not() -> None:
    assert year(2027, date(2026, 7, 6)) == 17
    assert year(2028, date(2026, 7, 6)) == 17
    assert whole(date(2026, 7, 6), date(2028, 1, 1), date(2028, 12, 31)) == 17 * 480


def test_the_rate_goes_up_on_the_anniversary_itself() -> None:
    # Three years on 6 July 2029: 186 days at 17 and 179 at 20 of 365: (3162 + 3580) / 365 =
    # 18.4712.
    assert year(2029, date(2026, 7, 6)) == Fraction(6742, 365)
    assert round(float(year(2029, date(2026, 7, 6))), 4) == 18.4712


def test_who_was_hired_on_29_february_is_a_year_older_on_1_march() -> None:
    hired = date(2024, 2, 29)
    assert [anniversary(hired, n) for n in (1, 3, 4)] == [
        date(2025, 3, 1),
        date(2027, 3, 1),
        date(2028, 2, 29),
    ]
    assert [years_of_service(hired, d) for d in (date(2027, 2, 28), date(2027, 3, 1))] == [2, 3]
    assert [years_of_service(hired, d) for d in (date(2028, 2, 28), date(2028, 2, 29))] == [3, 4]
    # 2027: 59 days at 17, 306 at 20: (1003 + 6120) / 365.
    assert year(2027, hired) == Fraction(7123, 365)


@pytest.mark.parametrize(
    ("parts", "hours"),
    # 17 days are 136 hours; a year over 26, 24 and 12, and over 2080 hours worked.
    [(26, 5.230769), (24, 5.666667), (12, 11.333333), (2080, 0.065385)],
)
def test_the_usual_periods_earn_what_they_should(parts: int, hours: float) -> None:
    assert round(float(year(2027, None, FLAT)) * 8 / parts, 6) == hours


def test_who_has_no_first_day_is_in_the_first_year() -> None:
    assert year(2027, None) == 17


def test_part_time_earns_its_share_and_nothing_is_earned_outside_the_contract() -> None:
    assert whole(None, date(2027, 1, 1), date(2027, 12, 31), share=50) == 17 * 240
    # Four days of service: 4 x 17 x 480 / 365 = 89.4 minutes.
    assert whole(date(2027, 3, 2), date(2027, 1, 1), date(2027, 12, 31), end=date(2027, 3, 5)) == 89
    assert whole(date(2027, 3, 2), date(2027, 1, 1), date(2027, 3, 1)) == 0
    assert whole(date(2027, 3, 2), date(2027, 3, 6), date(2027, 3, 9), end=date(2027, 3, 5)) == 0


@given(
    hired=st.none() | DATES | st.just(date(2024, 2, 29)),
    days=st.lists(DATES, min_size=2, max_size=8, unique=True),
    share=st.integers(min_value=1, max_value=100),
)
def test_any_parts_of_a_span_add_up_to_the_whole(
    hired: date | None, days: list[date], share: int
) -> None:
    cuts = sorted(days)
    one = timedelta(days=1)
    parts = [(a, b - one) for a, b in pairwise(cuts)]
    first, last = cuts[0], cuts[-1] - one
    assert sum(accrued(LADDER, hired, a, b) for a, b in parts) == accrued(
        LADDER, hired, first, last
    )
    assert sum(whole(hired, a, b, share=share) for a, b in parts) == whole(
        hired, first, last, share=share
    )
    exact = accrued(LADDER, hired, first, last) * 480 * Fraction(share, 100)
    assert abs(whole(hired, first, last, share=share) - exact) < 1


@given(hired=st.none() | DATES, first=DATES, span=st.integers(min_value=0, max_value=800))
def test_every_day_earns_its_own_rate_over_the_days_of_its_year(
    hired: date | None, first: date, span: int
) -> None:
    days = [first + timedelta(days=k) for k in range(span + 1)]
    total = Fraction(0)
    for day in days:
        if hired is None or day >= hired:
            years = 0
            while hired and anniversary(hired, years + 1) <= day:
                years += 1
            rate = 22 if years >= 5 else 20 if years >= 3 else 17
            total += Fraction(rate, (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days)
    assert accrued(LADDER, hired, first, days[-1]) == total
