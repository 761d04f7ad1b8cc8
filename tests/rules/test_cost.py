"""What a roster costs: cents worked out by hand, and solver and checker agreeing on any terms."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shiftplan.facts import Facts, History, Horizon, Person, ShiftSpec, Site, Team
from shiftplan.roster import Roster
from shiftplan.rules import Filter
from shiftplan.rules.cost import Cost
from tests.plans import any_facts, any_roster
from tests.rules.contract import found, hold
from tests.tries import tries

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 10, 26) + timedelta(days=k) for k in range(7))
"""Clocks in San Jose go back on the Sunday; the Monday is a public holiday in Ireland."""
BEFORE = MON - timedelta(days=1)

SHIFTS = tuple(
    shift
    for spec in (
        ShiftSpec(code="D", start=time(9), length="8h30", unpaid_break="30m"),
        ShiftSpec(code="T", start=time(8), length="10h"),
        ShiftSpec(code="N", start=time(22), length="8h"),
        ShiftSpec(code="V", start=time(18), length="8h"),
    )
    for shift in spec.expand()
)
CALIFORNIA: dict[str, Any] = {
    "daily_overtime": "8h",
    "daily_double": "12h",
    "weekly_overtime": "40h",
    "seventh_day": True,
}


def team(*people: Person, **more: Any) -> Facts:
    return Facts(
        team=Team(name="Team", home="San Jose"),
        horizon=Horizon(start=MON, weeks=1),
        sites=(
            Site(name="San Jose", timezone="America/Los_Angeles"),
            Site(name="Dublin", timezone="Europe/Dublin", holidays="IE"),
        ),
        shifts=SHIFTS,
        people=people or (person("Ana", 30.0), person("Ben", 20.01)),
        **more,
    )


def person(name: str, rate: float | None, site: str = "San Jose") -> Person:
    return Person(name=name, site=site, hourly_rate=rate)


def worked(facts: Facts, who: str, *cells: tuple[date, str]) -> Roster:
    roster = Roster(facts)
    for day, code in cells:
        roster = roster.with_cell(who, day, code)
    return roster


def cents(rule: Cost, roster: Roster) -> int:
    hold(rule, roster)
    return found(rule, roster)


def cost(**terms: Any) -> Cost:
    return Cost.model_validate(terms)


def test_straight_pay_is_rate_times_paid_hours() -> None:
    """Ana 5 x 8 h at 30.00 are 1200.00; the unpaid half hours are not paid."""
    roster = worked(team(), "Ana", *((day, "D") for day in (MON, TUE, WED, THU, FRI)))
    assert cents(cost(), roster) == 120_000
    (breach,) = cost().check(roster)
    assert breach.text == "The roster costs 1,200.00."


def test_parts_of_a_cent_are_rounded_up_once_for_everybody() -> None:
    """Ben's 10 h: 8 x 20.01 + 2 x 30.015 = 220.11. N from Saturday 22:00 has 6 h on the Sunday, at
    10 % more:

    8 x 20.01 + 6 x 2.001 = 172.086, so 172.09; Ana's 8 x 30 + 6 x 3 = 258.00 make it 430.086, so
    430.09.
    """
    assert cents(cost(**CALIFORNIA), worked(team(), "Ben", (MON, "T"))) == 22_011
    facts = team()
    assert cents(cost(sunday=10), worked(facts, "Ben", (SAT, "N"))) == 17_209
    assert (
        cents(cost(sunday=10), worked(facts, "Ben", (SAT, "N")).with_cell("Ana", SAT, "N"))
        == 43_009
    )


def test_a_night_and_the_evening_after_it_are_four_hours_of_overtime() -> None:
    """16 h straight are 480.00; the 4 h beyond 8 of Tuesday add 2 h of pay. From noon to noon
    nothing.
    """
    roster = worked(team(), "Ana", (MON, "N"), (TUE, "V"))
    assert cents(cost(**CALIFORNIA), roster) == 48_000 + 6_000
    assert cents(cost(**CALIFORNIA, workday_start="12:00:00"), roster) == 48_000


def test_seven_days_of_ten_hours_are_forty_straight_twenty_eight_half_and_two_double() -> None:
    """At 30.00: 40 + 28 x 1.5 + 2 x 2 = 86 hours of pay."""
    roster = worked(team(), "Ana", *((MON + timedelta(days=k), "T") for k in range(7)))
    assert cents(cost(**CALIFORNIA), roster) == 86 * 3000
    assert cents(cost(**CALIFORNIA, of="premiums"), roster) == 16 * 3000


def test_what_a_night_before_the_first_day_reaches_into_it_is_not_paid_but_counts() -> None:
    """N on Sunday leaves 6 h on Monday. With D there are 14 h: 4 h at time and a half and 2 h
    double.

    8 h straight 240.00, plus 4 x 15.00 and 2 x 30.00.
    """
    facts = team(history=History(BEFORE, {("Ana", BEFORE): "N"}))
    assert cents(cost(**CALIFORNIA), worked(facts, "Ana", (MON, "D"))) == 24_000 + 6_000 + 6_000
    assert cents(cost(**CALIFORNIA), Roster(facts)) == 0


def test_hours_before_the_first_day_that_belong_to_the_week_before_count_there() -> None:
    """Workdays from noon: T on Monday 8-18 has 4 h in the Sunday's workday and the week before.

    Six days of 8 h from 9 to 17 on record there are 45 h straight of that week, its limit 40; so
    those 4 h are at time and a half, the 6 h after noon are not. 10 x 30.00 + 4 x 15.00.
    """
    days = [MON - timedelta(days=k) for k in range(2, 8)]
    facts = team(history=History(days[-1], {("Ana", day): "D" for day in days}))
    terms = cost(weekly_overtime="40h", workday_start="12:00:00")
    assert cents(terms, worked(facts, "Ana", (MON, "T"))) == 30_000 + 6_000


def test_a_budget_counts_only_what_is_above_it_and_the_breach_names_nobody() -> None:
    roster = worked(team(), "Ana", (MON, "D"), (TUE, "D"))
    assert cents(cost(budget=480), roster) == 0
    rule = cost(budget=400.5)
    assert cents(rule, roster) == 48_000 - 40_050
    (breach,) = rule.check(roster)
    assert breach.text == "The roster costs 480.00, 79.50 above the budget."
    assert (breach.who, breach.day) == (None, None)


def test_only_the_days_of_the_filter_are_paid_and_counted() -> None:
    """T on Monday and Tuesday, Tuesday alone counted: 10 h and 4 h beyond six a week."""
    roster = worked(team(), "Ana", (MON, "T"), (TUE, "T"))
    rule = cost(weekly_overtime="6h", **{"for": {"from_date": TUE}})
    assert cents(rule, roster) == 30_000 + 6_000


def test_holidays_are_those_of_the_site() -> None:
    """Monday 26 October is a holiday in Dublin: D there is paid double at 100 %; in San Jose it is
    not.
    """
    facts = team(person("Ana", 30.0), person("Eoin", 30.0, "Dublin"))
    assert cents(cost(holiday=100), worked(facts, "Eoin", (MON, "D"))) == 48_000
    assert cents(cost(holiday=100), worked(facts, "Ana", (MON, "D"))) == 24_000


def test_nights_cost_more_by_the_wall_clock() -> None:
    """N 22-06 has 7 h between 23:00 and 06:00; 25 % of 7 h at 30.00 are 52.50. From 00:00 to 07:00,
    6 h.
    """
    roster = worked(team(), "Ana", (TUE, "N"))
    assert cents(cost(night=25), roster) == 24_000 + 5_250
    assert (
        cents(cost(night=25, night_from="00:00:00", night_to="07:00:00"), roster) == 24_000 + 4_500
    )


def test_who_has_no_rate_costs_nothing() -> None:
    facts = team(person("Ana", 30.0), person("Ben", None))
    assert cents(cost(), worked(facts, "Ben", (MON, "D"))) == 0


@pytest.mark.parametrize(
    ("terms", "people", "expected"),
    [
        ({"strength": "must"}, (), "budget: as a hard rule it needs one."),
        (
            {"strength": "cost"},
            (person("Ana", None), person("Ben", None)),
            "for: nobody it applies to",
        ),
        ({"strength": "cost"}, (person("Ana", 30.0), person("Ben", None)), "for: only one person"),
        ({"strength": "cost", "holiday": 50}, (), "holiday: no site names a holiday calendar."),
    ],
)
def test_terms_that_make_no_sense_here_are_reported(
    terms: dict[str, Any], people: tuple[Person, ...], expected: str
) -> None:
    (text,) = cost(**terms).problems(team(*people))
    assert text.startswith(expected)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"daily_double": "12h"}, "daily_double: it needs daily_overtime"),
        (
            {"daily_overtime": "8h", "daily_double": "7h"},
            "daily_double: 7h is less than daily_overtime",
        ),
        ({"of": "premiums"}, "of: no premium is given to count"),
    ],
)
def test_terms_that_contradict_each_other_are_refused(terms: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        cost(**terms)


OVERNIGHT = ShiftSpec(code="B", start=time(19, 45), length="9h15", unpaid_break="45m").expand()
"""A night whose break lies about midnight."""


def any_terms(seed: int, facts: Facts) -> Cost:
    rng = random.Random(f"terms {seed}")
    since, until = sorted(rng.sample(facts.known_days, 2))
    daily = rng.choice((None, 240, 480, 600))
    return Cost(
        kind="cost",
        whom=Filter(
            from_date=rng.choice((None, None, since)), to_date=rng.choice((None, None, until))
        ),
        of=rng.choice(("pay", "premiums")) if daily else "pay",
        budget=rng.choice((None, None, rng.randint(0, 3000))),
        daily_overtime=daily,
        daily_double=daily and rng.choice((None, daily, daily + 240)),
        weekly_overtime=rng.choice((None, 1200, 2400)),
        seventh_day=rng.random() < 0.6,
        workday_start=time(rng.choice((0, 0, 6, 12, 23))),
        sunday=rng.choice((0, 33)),
        holiday=rng.choice((0, 100)),
        night=rng.choice((0, 7)),
        night_from=time(rng.choice((0, 20, 23))),
        night_to=time(rng.choice((6, 7, 20))),
    )


@pytest.mark.slow
@tries(250)
@given(st.integers(0, 2**32 - 1), st.sampled_from((0.7, 0.97)))
def test_solver_and_checker_agree_on_any_terms(seed: int, busy: float) -> None:
    facts = any_facts(seed)
    facts = facts.changed(shifts=(*facts.shifts, *OVERNIGHT))
    rule = any_terms(seed, facts)
    hold(rule, any_roster(facts, seed, busy=busy))
