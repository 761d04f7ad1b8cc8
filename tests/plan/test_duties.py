"""Duties are assigned to people at work who can, each to another as far as that goes, and shared
evenly.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from shiftplan.plan import Plan
from shiftplan.plan.duties import AssignedDuty, assign_duties
from shiftplan.roster import Roster
from shiftplan.rules import RULES
from shiftplan.rules.duty import Duty
from tests.plans import any_facts, any_roster
from tests.tries import tries

SEEDS = st.integers(0, 2**32 - 1)


def duty(**values: object) -> Duty:
    rule = RULES["duty"].model_validate({"kind": "duty", "name": "Report", **values})
    assert isinstance(rule, Duty)
    return rule


def least_uneven(rule: Duty, roster: Roster) -> int:
    """Return the least sum of squares of days assigned, by another method: integer programming."""
    model = cp_model.CpModel()
    days: dict[str, list[cp_model.IntVar]] = {}
    for there in rule.candidates(roster).values():
        own = {who: model.new_bool_var("") for who in there}
        for who, x in own.items():
            days.setdefault(who, []).append(x)
        model.add(sum(own.values()) == min(rule.count, len(there)))
    squares = []
    for terms in days.values():
        count, square = (
            model.new_int_var(0, len(terms), ""),
            model.new_int_var(0, len(terms) ** 2, ""),
        )
        model.add(count == sum(terms))
        model.add_multiplication_equality(square, [count, count])
        squares.append(square)
    model.minimize(sum(squares))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def loads(found: tuple[AssignedDuty, ...]) -> Counter[str]:
    return Counter(who for o in found for who in o.people)


@tries(60)
@given(plan=SEEDS, roster=SEEDS, count=st.integers(1, 2))
def test_no_other_choice_of_people_is_more_even(plan: int, roster: int, count: int) -> None:
    facts = any_facts(plan, people=5)
    made = any_roster(facts, roster)
    rule = duty(count=count)
    assert sum(
        n * n for n in loads(assign_duties(Plan(facts, (rule,)), made)).values()
    ) == least_uneven(rule, made)


@tries(60)
@given(plan=SEEDS, roster=SEEDS)
def test_what_duties_are_short_of_is_what_the_checker_finds(plan: int, roster: int) -> None:
    facts = any_facts(plan, people=4)
    made = any_roster(facts, roster)
    rules = (duty(skill="lead"), duty(name="QA", level="L2", count=2, weekdays="mon-fri"))
    found = assign_duties(Plan(facts, rules), made)
    assert sum(o.missing for o in found) == sum(b.amount for r in rules for b in r.check(made))
    for o in found:
        assert all(made.works(who, o.day) for who in o.people)


def test_two_duties_of_a_day_go_to_two_people_and_turn_about() -> None:
    # Two people at work on two days, two duties a day: each is assigned one of each.
    facts = next(f for f in (any_facts(seed, people=5) for seed in range(99)) if len(f.people) > 1)
    one, two = facts.people[0].name, facts.people[1].name
    code = {who: facts.codes(who)[0] for who in (one, two)}
    days = (facts.first, facts.first + timedelta(days=1))
    roster = Roster(facts, {(who, day): code[who] for who in (one, two) for day in days})
    found = assign_duties(Plan(facts, (duty(name="A", count=1), duty(name="B", count=1))), roster)
    by: dict[date, list[tuple[str, ...]]] = {}
    for o in found:
        by.setdefault(o.day, []).append(o.people)
    assert all(sorted(by[day]) == sorted([(one,), (two,)]) for day in days)
    for name in ("A", "B"):
        assert loads(tuple(o for o in found if o.duty == name)) == {one: 1, two: 1}
