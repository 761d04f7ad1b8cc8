"""What rules show of what they require is what their checkers measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.clock import SLOT
from shiftplan.facts import Facts, History, ShiftNeed
from shiftplan.plan.plan import shows_required
from shiftplan.roster import Roster
from shiftplan.rules import RULES, Rule
from tests.plans import any_facts, any_roster
from tests.tries import tries

SHOWN = sorted(kind for kind, rule in RULES.items() if rule.required is not Rule.required)


def rules_for(facts: Facts, kind: str) -> list[Rule]:
    made = [RULES[kind].model_validate({"kind": kind, **ex}) for ex in RULES[kind].examples]
    return [rule for rule in made if not list(rule.problems(facts))]


def judged(facts: Facts) -> Facts:
    """Return *facts* with nothing left that nobody knows of the days before."""
    return facts.changed(history=History(none=True)) if facts.unrecorded else facts


def shown_missing(rule: Rule, roster: Roster) -> int:
    return sum(requirement.missing for requirement in rule.required(roster))


def measured(rule: Rule, roster: Roster) -> int:
    """Return what the checker finds missing, beyond the window apart: there a week is assumed."""
    if rule.kind == "presence":
        window = roster.facts.window
        pieces = [s for s in rule._missing(roster) if s.start < window.end]  # type: ignore[attr-defined]
        return sum(max(0, piece.people) * SLOT for piece in pieces)
    return sum(breach.amount for breach in rule.check(roster))


def test_the_kinds_that_say_what_they_require_are_these() -> None:
    assert SHOWN == ["duty", "handover", "mix", "presence", "shift-demand"]
    assert not shows_required(RULES["demand"](kind="demand"))


@pytest.mark.parametrize("kind", SHOWN)
@tries(25)
@given(plan=st.integers(0, 10**6), seed=st.integers(0, 10**6))
def test_what_is_missing_is_what_the_checker_measures(kind: str, plan: int, seed: int) -> None:
    facts = judged(any_facts(plan))
    if kind == "shift-demand":
        code = facts.shifts[0].code
        facts = facts.changed(shift_needs=(ShiftNeed(shift=code, weekday="daily", minimum=2),))
    roster = any_roster(facts, seed)
    for rule in rules_for(facts, kind):
        if getattr(rule, "level", "") == "preferred":
            continue  # a target is no gap
        assert shown_missing(rule, roster) == measured(rule, roster), rule.sentence()
        for requirement in rule.required(roster):
            assert requirement.not_judged == 0
            parts = requirement.there + requirement.missing
            assert parts == requirement.required
            met = sum(
                min(i.minimum, i.staffed) * requirement.times(i) for i in requirement.intervals
            )
            assert requirement.there == met


@pytest.mark.parametrize("kind", SHOWN)
@tries(25)
@given(plan=st.integers(0, 10**6), seed=st.integers(0, 10**6))
def test_what_is_there_missing_and_not_judged_adds_up(kind: str, plan: int, seed: int) -> None:
    facts = any_facts(plan).changed(history=History())
    roster = any_roster(facts, seed)
    for rule in rules_for(facts, kind):
        for requirement in rule.required(roster):
            met = sum(
                min(i.minimum, i.staffed) * requirement.times(i) for i in requirement.intervals
            )
            rest = requirement.missing + requirement.not_judged
            assert met + rest == requirement.required
            if requirement.per == "time":
                before = [i for i in requirement.intervals if not i.is_judged]
                assert all(i.end <= facts.window.start for i in before)


def test_people_are_not_named() -> None:
    """A requirement stands on a page for everybody: a rule for two by name counts them."""
    facts = any_facts(3)
    names = [person.name for person in facts.people[:2]]
    skill = next(s for s in facts.people[0].skills)
    rule = RULES["presence"].model_validate(
        {"kind": "presence", "skill": skill, "for": {"names": names}}
    )
    (found,) = rule.required(Roster(facts))
    assert not any(name in found.name for name in names)
    assert found.name == f"{skill} at every hour (2 people by name)"
