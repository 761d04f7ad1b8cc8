"""What cannot be met by counting is reported, with the numbers; the rest is left alone."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from shiftplan.facts import (
    Availability,
    Curve,
    DemandRow,
    Facts,
    Horizon,
    Leave,
    Person,
    RotaWeek,
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
    dates, shifts = facts.pop("dates", {}), facts.pop("shifts", SHIFTS)
    given = Facts(
        team=Team(name="Team", home="Dublin"),
        horizon=Horizon(start=MON, weeks=1),
        sites=(Site(name="Dublin", timezone="Europe/Dublin"),),
        shifts=tuple(shift for spec in shifts for shift in spec.expand()),
        people=tuple(
            Person.model_validate(
                {
                    "name": n,
                    "site": "Dublin",
                    "skills": ("lead",) * (n == "Ana"),
                    **dates.get(n, {}),
                }
            )
            for n in names
        ),
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


def test_limits_of_one_kind_of_shift_meet_what_another_rule_wants_of_it() -> None:
    most = {"kind": "shift-count", "of": "L", "max": 2}
    # An early does not count towards the maximum of lates.
    assert found(most, {"kind": "shift-count", "of": "E", "min": 3}, people=1) == []
    assert found(most, {"kind": "shift-count", "of": "L", "min": 3}, people=1) == [
        "Ana is to work 3 L shifts or more from Mon 02 Nov to Sun 08 Nov, but can 2 at most."
    ]
    # Of any three days at most one: of seven days in a row three.
    sparse = {"kind": "shift-count", "max": 1, "days": 3}
    assert found(sparse, {"kind": "shift-count", "min": 4}, people=1)[0].endswith("3 at most.")
    assert found(sparse, {"kind": "shift-count", "min": 3}, people=1) == []


def test_days_off_exactly_so_many_meet_the_longest_run() -> None:
    # After each six days of work comes one off, so that nobody works all seven.
    run = {"kind": "work-run", "max": 6}
    assert found(run, {"kind": "days-off", "per_week": 1}, people=1) == []
    assert found(run, {"kind": "days-off", "per_week": 0}, people=1) == [
        "Ana is to have only 0 days off in the week of Mon 02 Nov, but can work 6 days at most."
    ]
    # With one day of work at most in a row there are four of seven, and five are wanted.
    assert found({"kind": "work-run", "max": 1}, DAYS_OFF, people=1) == [
        "Ana is to have only 2 days off in the week of Mon 02 Nov, but can work 4 days at most."
    ]


def test_a_minimum_of_hours_meets_the_maximum_of_another_rule() -> None:
    low, high = {"kind": "hours", "min": "40h"}, {"kind": "hours", "max": "38h"}
    # 38 h have room for four shifts of 8 h.
    assert found(low, high, people=1) == [
        "Ana is to be paid 40h or more from Mon 02 Nov to Sun 08 Nov, but can reach 32h at most."
    ]
    horizon = {"kind": "hours", "max": "38h", "per": "horizon"}
    assert len(found(low, horizon, people=1)) == 1


def test_hours_between_two_limits_that_no_whole_shifts_come_to() -> None:
    shifts = (
        ShiftSpec(code="E", start=time(6), length="8h"),
        ShiftSpec(code="X", start=time(6), length="11h"),
    )
    # Three of 8 h and one of 11 h are 35 h, two and two are 38 h; five of 8 h are 40 h.
    assert found({"kind": "hours", "min": "36h", "max": "37h30"}, people=1, shifts=shifts) == [
        "Ana is to be paid 36h to 37h30 from Mon 02 Nov to Sun 08 Nov, but shifts come to 35h or "
        "38h."
    ]
    assert found({"kind": "hours", "min": "36h", "max": "38h"}, people=1, shifts=shifts) == []


def test_days_on_which_nobody_can_work_are_too_many_days_off_in_a_row() -> None:
    row = Availability(person="Ana", can="never", weekdays=("tuesday", "wednesday", "thursday"))
    rules = ({"kind": "available"}, {"kind": "off-run", "max": 2})
    assert found(*rules, availability=(row,)) == [
        "Ana is to be off at most 2 days in a row, but cannot work from Tue 03 Nov to Thu 05 Nov."
    ]
    # A day of leave is no day off.
    leave = (off("Ana", 2, 2),)
    assert found(*rules, availability=(row,), leave=leave) == []


def test_days_outside_a_contract_are_no_days_to_work_on_rule_or_no_rule() -> None:
    late = ShiftNeed(shift="L", weekday="tue wed", minimum=1)
    dates = {"Ana": {"end_date": MON + timedelta(1)}}
    assert found({"kind": "shift-demand"}, shift_needs=(late,), dates=dates) == [
        "L on Wed 04 Nov needs 1 person, but none of those who could can work."
    ]


def test_a_week_cut_by_a_contract_asks_for_the_days_that_days_off_leave() -> None:
    # Ana joins on Friday: of three days two are off, so that one is left, a fifth of a week.
    dates = {"Ana": {"start_date": MON + timedelta(4)}}
    wanted = {"kind": "hours", "min": "40h", "max": "40h"}, {"kind": "shift-count", "min": 5}
    assert found(DAYS_OFF, *wanted, dates=dates) == []
    # Without a rule about days off, three of seven days are owed: 17 h 08, and three shifts do.
    assert found(wanted[0], dates=dates) == []


ROTA = {
    "rotation_start": MON,
    "rotation": (
        RotaWeek(week=1, monday="E", tuesday="L", wednesday="E", people=("Ana",)),
        RotaWeek(week=2, monday="E"),
    ),
}
FOLLOWED = {"kind": "rotation"}
FIRST_WEEK = "Ana cannot follow week 1 of the rota in the week of Mon 02 Nov: "


def test_a_rota_whose_shifts_are_too_close_is_found_without_a_search() -> None:
    # From 22:00 on Tuesday to 06:00 on Wednesday are eight hours.
    (text,) = found({"kind": "rest", "hours": 11}, FOLLOWED, **ROTA)
    assert text.startswith(FIRST_WEEK)
    assert "E on Wed 04 Nov" in text
    assert found({"kind": "rest", "hours": 8}, FOLLOWED, **ROTA) == []


def test_a_rota_that_meets_times_at_which_people_cannot_work_is_found() -> None:
    row = Availability(
        person="Ana", can="never", weekdays=("tuesday",), start=time(20), end=time(23)
    )
    text = FIRST_WEEK + "Ana works L on Tue 03 Nov, when they are not available."
    assert found({"kind": "available"}, FOLLOWED, availability=(row,), **ROTA) == [text]
    # Only the kind must be that of the rota, and no other shift is of that kind.
    assert found(
        {"kind": "available"}, {**FOLLOWED, "what": "kind"}, availability=(row,), **ROTA
    ) == [FIRST_WEEK + "it gives them L on Tue 03 Nov, which they cannot work."]
    # Which days are off is all that counts, and an early suits her.
    assert (
        found({"kind": "available"}, {**FOLLOWED, "what": "days-off"}, availability=(row,), **ROTA)
        == []
    )


def test_leave_and_days_outside_the_contract_are_void_in_a_rota() -> None:
    rest = {"kind": "rest", "hours": 11}
    assert found(LEAVE, rest, FOLLOWED, leave=(off("Ana", 2, 2),), **ROTA) == []
    dates = {"Ana": {"end_date": MON + timedelta(1)}}
    assert found(rest, FOLLOWED, dates=dates, **ROTA) == []


def test_a_rota_that_is_only_wished_for_is_reported_as_a_wish() -> None:
    given = Facts(
        team=Team(name="Team", home="Dublin", goals=("stability",)),
        horizon=Horizon(start=MON, weeks=1),
        sites=(Site(name="Dublin", timezone="Europe/Dublin"),),
        shifts=tuple(shift for spec in SHIFTS for shift in spec.expand()),
        people=(Person(name="Ana", site="Dublin", skills=("lead",)),),
        **ROTA,
    )
    rest = RULES["rest"].model_validate({"hours": 11})
    for strength, must in (("must", True), ("stability", False)):
        rotation = RULES["rotation"].model_validate({"strength": strength})
        assert [s.must for s in shortages(Plan(given, (rest, rotation)))] == [must]


def curve(minimum: int) -> Curve:
    """Return a desk that needs so many people from 06:00 to 22:00 every day."""
    row = DemandRow(weekday="daily", start="06:00", end="22:00", minimum=minimum)
    return Curve(queue="desk", clock="Europe/Dublin", skill="lead", rows=(row,))


LEADS = {name: {"skills": ("lead",)} for name in ("Ana", "Ben", "Cy", "Dee")}
DEMAND = {"kind": "demand", "target": 0}


def test_a_minimum_above_the_seats_of_the_site_is_found() -> None:
    given = {"curves": (curve(2),), "dates": LEADS, "people": 4}
    assert found(DEMAND, {"kind": "seats", "seats": 2}, **given) == []
    text = found(DEMAND, {"kind": "seats", "seats": 1}, **given)[0]
    assert text.startswith("desk needs 2 people from Mon 02 Nov 06:00")
    assert text.endswith("but only 1 with 'lead' could be on duty.")
    # Where only some take a seat the others may be there too.
    some = {"kind": "seats", "seats": 1, "for": {"names": ["Ana"]}}
    assert found(DEMAND, some, **given) == []


def test_hours_of_a_week_bound_what_everyone_can_give_to_the_queues() -> None:
    # 16 h on seven days are 112 h. Of 44 h at most, three people work five shifts of 8 h: 120 h.
    given = {"curves": (curve(1),), "dates": LEADS, "people": 3}
    assert found(DEMAND, {"kind": "hours", "max": "44h"}, **given) == []
    assert found(DEMAND, {"kind": "hours", "max": "38h"}, **given) == [
        "The minimums of the queues require 112h of work in the period, but everyone with the "
        "skills can give 96h at most."
    ]


def test_a_budget_below_the_pay_of_the_staff_required_is_found() -> None:
    # 112 h at the lowest rate of 20 are 2240.
    rates = {n: {**more, "hourly_rate": 20 + k} for k, (n, more) in enumerate(LEADS.items())}
    given = {"curves": (curve(1),), "dates": rates, "people": 3}
    assert found(DEMAND, {"kind": "cost", "budget": 2240}, **given) == []
    assert found(DEMAND, {"kind": "cost", "budget": 2200}, **given) == [
        "The budget is 2,200.00, but the staff on duty that hard rules require, 112h in all, cost "
        "2,240.00 at least."
    ]


def test_minimums_of_a_week_that_are_too_many_together_are_found() -> None:
    lates, earlies = ({"kind": "shift-count", "of": code, "min": 3} for code in "LE")
    assert found(lates, earlies, people=1) == []
    assert found(lates, earlies, DAYS_OFF, people=1) == [
        "Ana is to work 3 L shifts and 3 E shifts from Mon 02 Nov to Sun 08 Nov, but can work "
        "5 days at most."
    ]


def test_rules_about_runs_weeks_and_weekends_that_clash_are_named_once_for_all() -> None:
    # Five days of work in four at most in a row take a day off in between; with runs of two days
    # off at least that is two, and so are the two days off of the week: they must be all of them.
    runs = {"kind": "work-run", "max": 4}, {"kind": "off-run", "min": 2}
    assert found(DAYS_OFF, *runs) == []
    free = {"kind": "weekends", "max": 0}
    # With the weekend free as well, Monday to Friday are five in a row.
    assert found(DAYS_OFF, *runs, free) == [
        "No roster suits Ana, Ben and Cy: these hard rules clash. Everyone has exactly 2 days off "
        "in each week. Everyone works at most 4 days in a row. Everyone works at most 0 weekends."
    ]
    # Somebody on leave is not looked at.
    assert len(found(DAYS_OFF, *runs, free, leave=(off("Ana", 0, 6),))) == 1
