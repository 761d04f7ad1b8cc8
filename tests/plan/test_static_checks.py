"""What cannot be met by counting is reported, with the numbers; the rest is left alone."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from shiftplan.facts import (
    Availability,
    Facts,
    Horizon,
    Leave,
    Person,
    ShiftNeed,
    ShiftSpec,
    Site,
    Team,
    Worked,
)
from shiftplan.plan import Plan
from shiftplan.plan.static_checks import shortages
from shiftplan.rules import RULES

MON = date(2026, 11, 2)
SHIFTS = (
    ShiftSpec(code="E", start=time(6), length="8h"),
    ShiftSpec(code="L", start=time(14), length="8h", requires=("lead",)),
)


def found(*rules: dict[str, Any], people: int = 3, **facts: Any) -> list[str]:
    """Return what cannot be met for Ana, a lead, Ben and others over one week from Mon 2 Nov."""
    names = ("Ana", "Ben", "Cy", "Dee")[:people]
    given = Facts(
        team=Team(name="Team", home="Dublin"),
        horizon=Horizon(start=MON, weeks=1),
        sites=(Site(name="Dublin", timezone="Europe/Dublin"),),
        shifts=tuple(shift for spec in SHIFTS for shift in spec.expand()),
        people=tuple(Person(name=n, site="Dublin", skills=("lead",) * (n == "Ana")) for n in names),
        **facts,
    )
    plan = Plan(given, tuple(RULES[r["kind"]].model_validate(r) for r in rules))
    assert list(plan.problems()) == []
    return [s.text for s in shortages(plan)]


DAYS_OFF = {"kind": "days-off", "per_week": 2}
LEAVE = {"kind": "leave"}


def off(who: str, first: int, last: int) -> Leave:
    return Leave(person=who, from_date=MON + timedelta(first), to_date=MON + timedelta(last))


def test_more_staff_on_shifts_than_people_have_days_left() -> None:
    needs = (
        ShiftNeed(shift="E", weekday="daily", minimum=2),
        ShiftNeed(shift="L", weekday="daily", minimum=1),
    )
    # Three on each of seven days are 21 days of work; three people with two days off each give 15.
    texts = found(DAYS_OFF, {"kind": "shift-demand"}, shift_needs=needs)
    assert texts == [
        "The shifts need 21 days of work from Mon 02 Nov to Sun 08 Nov, but everyone who could "
        "can work 15 days at most."
    ]
    # A line for any shift may be served by the same people, so it needs no more than the other
    # two.
    anyone = ShiftNeed(shift="any", weekday="daily", minimum=2)
    assert found(DAYS_OFF, {"kind": "shift-demand"}, shift_needs=(anyone, needs[0])) == []


def test_nobody_left_with_the_skill_a_shift_needs() -> None:
    late = ShiftNeed(shift="L", weekday="tue wed", minimum=1)
    texts = found(LEAVE, {"kind": "shift-demand"}, shift_needs=(late,), leave=(off("Ana", 1, 1),))
    assert "L on Tue 03 Nov needs 1 person, but none of those who could can work." in texts
    assert not any("Wed" in text and "needs" in text for text in texts)


def test_preferred_staff_cannot_be_met_only_where_fewer_cost() -> None:
    crowd = {"shift": "E", "weekday": "mon", "preferred": 5}
    preferred = {"kind": "shift-demand", "level": "preferred"}
    assert found(preferred, shift_needs=(ShiftNeed(**crowd, under=0, over=1),)) == []
    assert found(preferred, shift_needs=(ShiftNeed(**crowd, under=2),))[0] == (
        "E on Mon 02 Nov needs 5 people, but 3 of those who could can work."
    )


def test_minimum_hours_above_what_the_days_left_allow() -> None:
    wanted = {"kind": "hours", "min": "36h", "leave_day": "0m"}
    # Four days of leave leave three days of 8 h: 24 h of the 36.
    texts = found(LEAVE, wanted, leave=(off("Ben", 0, 3),))
    assert texts == [
        "Ben is to be paid 36h or more from Mon 02 Nov to Sun 08 Nov, but can reach 24h at most."
    ]
    # With 8 h counted for each day of leave 4 h are left to do, on three days.
    assert found(LEAVE, {**wanted, "leave_day": "8h"}, leave=(off("Ben", 0, 3),)) == []


def test_more_shifts_than_days_that_hard_rules_leave() -> None:
    assert found(DAYS_OFF, {"kind": "shift-count", "min": 6}) == [
        f"{who} is to work 6 days or more from Mon 02 Nov to Sun 08 Nov, but can 5 at most."
        for who in ("Ana", "Ben", "Cy")
    ]
    assert found(DAYS_OFF, {"kind": "shift-count", "min": 5}) == []


def test_maximum_hours_leave_so_many_days_of_the_shortest_shift() -> None:
    needs = (ShiftNeed(shift="E", weekday="daily", minimum=2),)
    # 30 h a week are three shifts of 8 h; three people give 9 days of the 14 needed.
    texts = found({"kind": "hours", "max": "30h"}, {"kind": "shift-demand"}, shift_needs=needs)
    assert texts == [
        "The shifts need 14 days of work from Mon 02 Nov to Sun 08 Nov, but everyone who could "
        "can work 9 days at most."
    ]
    # Nobody has a shift as short as 6 h, so nobody can work on Monday.
    short = {"kind": "hours", "max": "6h", "per": "day", "for": {"to_date": MON}}
    assert found(short, {"kind": "duty", "name": "Report"}) == [
        "'Report' on Mon 02 Nov requires 1 person, but none of those who can be assigned it "
        "can work."
    ]


def test_a_shift_fixed_on_a_day_that_a_hard_rule_keeps_free() -> None:
    pins = (
        Worked(person="Ben", date=MON, shift="E"),
        Worked(person="Ben", date=MON + timedelta(1), shift="E"),
    )
    rows = (Availability(person="Ben", can="never", weekdays=("monday",)),)
    texts = found({"kind": "available"}, {"kind": "pinned"}, pins=pins, availability=rows)
    assert texts == ["Ben is fixed to E on Mon 02 Nov, but cannot work then."]


def test_days_are_free_only_if_no_row_of_availability_can_hold_a_shift() -> None:
    # Only from 22:00 on Mondays, so until 14:00 on Tuesday: the early of Tuesday will do.
    row = Availability(person="Ana", can="only", weekdays=("monday",), start=time(22), end=time(14))
    duty = {"kind": "duty", "name": "Report", "skill": ["lead"]}
    days = {text[12:18] for text in found({"kind": "available"}, duty, availability=(row,))}
    assert days == {"Mon 02", "Wed 04", "Thu 05", "Fri 06", "Sat 07", "Sun 08"}
