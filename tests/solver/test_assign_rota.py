"""A rota is assigned in the best way there is by the plan's own rules, its weeks are shared out
evenly, and the same comes of it again.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, time, timedelta
from itertools import permutations, product

import pytest

from shiftplan.facts import (
    Carried,
    Facts,
    History,
    Horizon,
    Leave,
    Person,
    Rotation,
    RotaWeek,
    ShiftNeed,
    ShiftSpec,
    Site,
    Team,
    Wish,
)
from shiftplan.plan import Plan
from shiftplan.roster import following
from shiftplan.rules import RULES
from shiftplan.solver.rota.assign import Starts, assign

MONDAY = date(2026, 10, 5)
SHIFTS = tuple(
    shift
    for spec in (
        ShiftSpec(code="E", start=time(6), length="8h"),
        ShiftSpec(code="L", start=time(14), length="8h"),
        ShiftSpec(code="N", start=time(22), length="8h"),
    )
    for shift in spec.expand()
)
RULES_USED = (
    {"kind": "rest", "hours": 11},
    {"kind": "work-run", "max": 5},
    {"kind": "shift-demand", "strength": "coverage"},
    {"kind": "fair-share", "of": "night", "spread": 0, "strength": "fairness"},
    {"kind": "fair-share", "of": "weekend", "spread": 0, "strength": "fairness"},
    {"kind": "wish", "strength": "wishes"},
)
ROTA = ("E E E E E - -", "L L L L - - E", "- - N N N N N", "- - L L L E -")


def rows(*lines: str) -> list[RotaWeek]:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return [
        RotaWeek(week=k, **dict(zip(days, line.split(), strict=True)))
        for k, line in enumerate(lines, 1)
    ]


def made(seed: int, people: int = 4, weeks: int = 2) -> Plan:
    """Return a plan with a week on record, leave, wishes and points carried, all from *seed*."""
    rng = random.Random(seed)
    names = [f"P{k}" for k in range(people)]
    days = [MONDAY + timedelta(days=k) for k in range(7 * weeks)]
    away = rng.choice(days)
    worked = {
        (who, MONDAY - timedelta(days=k)): rng.choice("ELN")
        for who in names
        for k in range(1, rng.randint(2, 7))
    }
    facts = Facts(
        team=Team(name="Team", home="West", goals=("coverage", "fairness", "wishes")),
        horizon=Horizon(start=MONDAY, weeks=weeks),
        sites=(Site(name="West", timezone="Europe/Dublin"),),
        shifts=SHIFTS,
        people=tuple(Person(name=name, site="West") for name in names),
        shift_needs=tuple(ShiftNeed(shift=code, weekday="daily", preferred=1) for code in "ELN"),
        leave=(Leave(person=rng.choice(names), from_date=away, to_date=away + timedelta(days=4)),),
        wishes=tuple(
            Wish(person=who, date=rng.choice(days), wish="day-off", weight=2) for who in names
        ),
        carried=tuple(Carried(person=who, of="night", points=rng.randint(-3, 3)) for who in names),
        history=History(MONDAY - timedelta(days=7), worked),
    )
    return Plan(facts, tuple(RULES[str(r["kind"])].model_validate(r) for r in RULES_USED))


def order(plan: Plan, weeks: list[RotaWeek], starts: Starts) -> tuple[int, ...]:
    """Return what the starts cost, by the checkers."""
    turns = Rotation(plan.facts.first, dict.fromkeys(starts, tuple(weeks)), starts)
    return plan.judge(following(plan.facts, turns)).order


@pytest.mark.parametrize("seed", range(12))
def test_no_other_way_to_assign_is_better(seed: int) -> None:
    plan, weeks = made(seed), rows(*ROTA)
    names = [p.name for p in plan.facts.people]
    ways = [dict(zip(names, way, strict=True)) for way in permutations(range(4))]
    costs = [order(plan, weeks, way) for way in ways]
    assert len(set(costs)) > 1, "it must matter who starts where"
    found = assign(plan, names, weeks)
    assert sorted(found.values()) == [0, 1, 2, 3]
    assert order(plan, weeks, found) == min(costs)
    assert assign(plan, names, weeks) == found


@pytest.mark.parametrize(("people", "weeks"), [(5, 2), (2, 3), (4, 1), (1, 4)])
def test_weeks_are_shared_out_evenly_and_in_the_best_way(people: int, weeks: int) -> None:
    plan, rota = made(people, people), rows(*ROTA[:weeks])
    names = [p.name for p in plan.facts.people]
    found = assign(plan, names, rota)
    ways = [dict(zip(names, way, strict=True)) for way in product(range(weeks), repeat=people)]
    few, many = people // weeks, -(-people // weeks)
    even = [w for w in ways if all(few <= Counter(w.values())[k] <= many for k in range(weeks))]
    assert found in even
    assert order(plan, rota, found) == min(order(plan, rota, way) for way in even)


def test_the_others_work_by_their_own_rota_meanwhile() -> None:
    """P0 works E on weekdays already; of two weeks, E and L, P1 is better off in L, where nobody
    is.
    """
    plan = made(0, people=2, weeks=1)
    theirs = rows("E E E E E - -")[0].model_copy(update={"rota": "own", "people": ("P0",)})
    quiet = {"leave": (), "wishes": (), "carried": (), "history": History()}
    facts = plan.facts.changed(rotation=(theirs,), rotation_start=MONDAY, **quiet)
    assert assign(Plan(facts, plan.rules), ["P1"], rows("E E E E E - -", "L L L L L - -")) == {
        "P1": 1
    }


def test_nobody_or_nothing_cannot_be_assigned() -> None:
    with pytest.raises(ValueError, match="assigned to people"):
        assign(made(0), [], rows(*ROTA))
