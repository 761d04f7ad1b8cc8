"""Four periods in a row at one site of the flagship: what was unfair is repaid, and does not come
back.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shiftplan.facts import Carried, Facts, History, Horizon, ShiftNeed
from shiftplan.folder import load
from shiftplan.ledger import LedgerEntry
from shiftplan.ledger.fairness import book, carried
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from shiftplan.rules import RULES, Rule
from shiftplan.solver.search import search

PUO = Path(__file__).parents[2] / "fixtures" / "puo"
KEPT = ("days-off", "leave", "available", "rest", "work-run", "hours")
SPREAD = {"weekend": 1, "early": 2, "late": 2}
UNFAIR = {"weekend": 3, "early": 4, "late": 4}
"""Points every other person of the site starts with; the others are owed as many."""


def of_one_site(site: str, weeks: int) -> Plan:
    """Return the flagship's people and hard rules at *site*, three people early and late a day."""
    whole = load(PUO).plan
    people = tuple(p for p in whole.facts.people if p.site == site)
    names = {p.name for p in people}
    facts = Facts(
        team=whole.facts.team.model_copy(update={"home": site}),
        horizon=Horizon(start=whole.facts.first, weeks=weeks),
        sites=tuple(s for s in whole.facts.sites if s.name == site),
        contracts=whole.facts.contracts,
        shifts=whole.facts.shifts,
        people=people,
        leave=tuple(row for row in whole.facts.leave if row.person in names),
        availability=tuple(row for row in whole.facts.availability if row.person in names),
        shift_needs=tuple(ShiftNeed(shift=code, weekday="daily", minimum=3) for code in "EL"),
        carried=tuple(
            Carried(person=p.name, of=of, points=points if k % 2 else -points)
            for of, points in UNFAIR.items()
            for k, p in enumerate(people)
        ),
    )
    rules = [rule for rule in whole.rules if rule.kind in KEPT and rule.strength == "must"]
    rules.append(made("shift-demand", strength="coverage"))
    rules += [
        made("fair-share", of=of, spread=spread, strength="fairness")
        for of, spread in SPREAD.items()
    ]
    return Plan(facts, tuple(rules))


def made(kind: str, **parameters: object) -> Rule:
    return RULES[kind].model_validate({"kind": kind, **parameters})


def following(roster: Roster, entries: list[LedgerEntry]) -> Facts:
    """Return the facts of the next period, its leave left behind, its carried points from the
    ledger.
    """
    facts = roster.facts
    horizon = Horizon(start=facts.last + timedelta(days=1), weeks=facts.horizon.weeks)
    gone = {"leave": (), "carried": ()}
    then = facts.changed(horizon=horizon, history=History(facts.first, roster.cells), **gone)
    return then.changed(carried=carried(then, entries))


def apart(facts: Facts) -> dict[str, float]:
    """Return how many points lie between those who carry most and those who carry least."""
    points = {of: [row.points / 100 for row in facts.carried if row.of == of] for of in SPREAD}
    return {of: max(found) - min(found) for of, found in points.items()}


@pytest.mark.slow
def test_four_periods_bring_the_range_of_carried_points_down_and_keep_it_down() -> None:
    plan, entries = of_one_site("Singapore", weeks=2), list[LedgerEntry]()
    assert apart(plan.facts) == {"weekend": 6, "early": 8, "late": 8}
    seen = []
    for number in range(4):
        result = search(plan, seconds=40, seed=1, workers=1)
        assert result.roster is not None
        roster = Roster(plan.facts, result.roster.cells)
        costs = plan.judge(roster).costs
        assert (costs["must"], costs["coverage"]) == (0, 0)
        entries += book(plan, roster, entries, f"period {number}")
        plan = Plan(following(roster, entries), plan.rules)
        seen.append(apart(plan.facts))
    # A roster within the spread leaves at most the spread; twice that leaves room for a search cut
    # short.
    for of, spread in SPREAD.items():
        assert max(found[of] for found in seen[2:]) <= 2 * spread, seen
