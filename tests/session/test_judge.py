"""What is judged again after an edit is no less than judging all of it again."""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.facts import Cell
from shiftplan.plan import Finding, Plan, Verdict
from shiftplan.roster import Roster
from shiftplan.roster.coverage import intervals
from shiftplan.rules import RULES, Rule
from shiftplan.session.coverage import RosterCoverage
from shiftplan.session.effects import at_once, whole
from shiftplan.session.judge import Judge
from shiftplan.session.judged_roster import JudgedRoster
from tests.plans import any_facts, any_roster
from tests.tries import tries

EXAMPLES = [
    pytest.param(rule, e, id=f"{kind}-{k}")
    for kind, rule in RULES.items()
    for k, e in enumerate(rule.examples)
]
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
often = tries(8)

# Every example of every rule is tried on the same plans.
plans = lru_cache(maxsize=40)(any_facts)


def counted(verdict: Verdict | None) -> Counter[Finding]:
    assert verdict is not None
    return Counter(verdict.findings)


def any_edit(roster: Roster, rng: random.Random) -> dict[Cell, str | None]:
    """Return a change of a few cells, which may change nothing."""
    facts = roster.facts
    cells = [(p.name, d) for p in facts.people for d in facts.days if facts.codes(p.name)]
    chosen = rng.sample(cells, min(len(cells), rng.randint(1, 3)))
    return {cell: rng.choice((None, *facts.codes(cell[0]))) for cell in chosen}


@pytest.mark.hypothesis
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_asked_again_only_about_those_edited_finds_all_there_is(
    rule: type[Rule], example: dict[str, Any]
) -> None:
    @often
    @given(plan=SEEDS, roster=SEEDS)
    def case(plan: int, roster: int) -> None:
        facts, rng = plans(plan), random.Random(roster)
        judged = Plan(
            facts, (rule.model_validate({"kind": rule.model_fields["kind"].default, **example}),)
        )
        judge, current = Judge(judged), any_roster(facts, roster)
        assert counted(judge.verdict(current)) == counted(judged.judge(current))
        for _ in range(3):
            edit = any_edit(current, rng)
            edited = current.with_cells(edit)
            judge.edited(current, edited, {who for who, _ in edit})
            assert counted(judge.verdict(edited)) == counted(
                judged.judge(Roster(facts, edited.cells))
            )
            current = rng.choice((current, edited))  # now and then the edit was only a try

    case()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_about_one_person_at_a_time_names_that_person(
    rule: type[Rule], example: dict[str, Any]
) -> None:
    made = rule.model_validate({"kind": rule.model_fields["kind"].default, **example})
    for seed in range(20 if made.personal else 0):
        facts = plans(seed)
        roster = any_roster(facts, seed)
        for p in made.people(facts):
            alone = made.model_copy(
                update={"whom": made.whom.model_copy(update={"names": (p.name,)})}
            )
            assert {b.who for b in alone.check(roster.alone(p.name))} <= {p.name}


@often
@given(plan=SEEDS, roster=SEEDS)
def test_a_roster_edited_is_the_roster_made_anew(plan: int, roster: int) -> None:
    facts, rng = any_facts(plan), random.Random(roster)
    current = any_roster(facts, roster)
    for _ in range(3):
        current = current.with_cells(any_edit(current, rng)).with_pinned(())
        anew = Roster(facts, current.cells)
        assert current.assignments == anew.assignments
        assert current.before == anew.before
        assert current.overlaps() == anew.overlaps()
        assert all(current.timeline(p.name) == anew.timeline(p.name) for p in facts.people)


@often
@given(plan=SEEDS, roster=SEEDS)
def test_coverage_counted_on_is_coverage_counted_anew(plan: int, roster: int) -> None:
    facts, rng = any_facts(plan), random.Random(roster)
    current = any_roster(facts, roster)
    coverage = RosterCoverage.of(current)
    assert coverage.intervals == intervals(current)
    for _ in range(3):
        edit = any_edit(current, rng)
        edited = current.with_cells(edit)
        coverage = coverage.after(current, edited, {who for who, _ in edit})
        current = edited
        found = intervals(current)
        assert coverage.intervals == found
        short = Counter[str]()
        for i in found:
            short[i.queue] += 15 * i.short
        assert {q: n for q, n in coverage.missing[0].items() if n} == {
            q: n for q, n in short.items() if n
        }


def test_a_finding_names_the_source_of_its_rule() -> None:
    # Nobody works: each person is below the minimum, and no lead is ever at work.
    facts = any_facts(1)
    sources = {"shift-count": "Act, section 5", "presence": "House rule"}
    rules = (
        {"kind": "shift-count", "min": 1, "source": sources["shift-count"]},
        {"kind": "presence", "skill": ["lead"], "source": sources["presence"]},
    )
    plan = Plan(facts, tuple(RULES[rule["kind"]].model_validate(rule) for rule in rules))
    verdict = Judge(plan).verdict(Roster(facts))
    assert verdict is not None
    assert {f.breach.rule: f.source for f in verdict.findings} == sources


@often
@given(plan=SEEDS, roster=SEEDS)
def test_what_is_reported_at_once_is_part_of_what_is_reported_in_the_end(
    plan: int, roster: int
) -> None:
    facts, rng = any_facts(plan), random.Random(roster)
    kinds = ("rest", "days-off", "work-run", "succession", "wish", "presence", "fair-share")
    rules = tuple(RULES[k].model_validate({"kind": k, **RULES[k].examples[0]}) for k in kinds)
    judge = Judge(Plan(facts, rules))
    before = any_roster(facts, roster)
    edit = any_edit(before, rng)
    after = before.with_cells(edit)
    people = sorted({who for who, _ in edit})
    judge.edited(before, after, people)
    numbers = tuple(range(len(rules)))
    first, last = JudgedRoster(judge, before, numbers), JudgedRoster(judge, after, numbers)
    quick, whole_news = at_once(first, last, people), whole(first, last)
    personal = {None, *(k for k, rule in enumerate(rules) if rule.personal)}
    alike = [
        (c.number, c.before, c.after, Counter(c.broken), Counter(c.fixed))
        for c in quick
        if c.number is not None
    ]
    assert alike == [
        (c.number, c.before, c.after, Counter(c.broken), Counter(c.fixed))
        for c in whole_news
        if c.number in personal and c.number is not None
    ]
