"""What cannot be met, found by counting alone: in words, before any search.

Each sentence comes from a rule and is a proof; silence proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..facts import Facts
from ..rules import MUST, Rule
from ..rules.base import LeastPaid
from .plan import Plan


@dataclass(frozen=True)
class Shortage:
    """Something a rule wants that no roster can give. With a hard rule there is no roster."""

    text: str
    must: bool
    """Whether the rule is hard."""
    rule: int = field(default=0, compare=False)
    """Which rule of the plan says so."""


def shortages(plan: Plan) -> tuple[Shortage, ...]:
    """Return what cannot be met, in a sentence each."""
    facts = plan.facts
    limiting = _hard_rules(plan, "most_days")

    def most_days(who: str, week: Sequence[date]) -> int:
        # Outside a contract nobody works, rule or no rule.
        under_contract = sum(map(facts.person(who).employed, week))
        limits = (rule.most_days(facts, who, week) for rule in limiting[who])
        return min((under_contract, *limits))

    least_paid = _least_paid(facts, _hard_rules(plan, "least_paid"))
    found: list[Shortage] = []
    for number, rule in enumerate(plan.rules):
        texts = [*rule.cannot_be_met(facts, most_days), *rule.exceeded(facts, least_paid)]
        found += (Shortage(text, rule.strength == MUST, number) for text in texts)
    # Two rules may say the same, such as one for a team and one for a site of it.
    return tuple(dict.fromkeys(found))


def _hard_rules(plan: Plan, hook: str) -> Mapping[str, list[Rule]]:
    """Return for each person the hard rules that answer to *hook*."""
    answering = [r for r in plan.rules if r.strength == MUST and _answers(r, hook)]
    return {p.name: [r for r in answering if r.whom.matches(p)] for p in plan.facts.people}


def _answers(rule: Rule, hook: str) -> bool:
    """Say whether *rule* has a method *hook* of its own, not only the one that says nothing."""
    return getattr(type(rule), hook) is not getattr(Rule, hook)


def _least_paid(facts: Facts, forcing: Mapping[str, list[Rule]]) -> LeastPaid:
    """Return how to find the paid minutes nobody can do with less of, on days that a condition
    names.
    """

    def forced(who: str, days: Sequence[date]) -> int:
        # A rule that leaves out one of the days says nothing about the others by themselves.
        rules = [rule for rule in forcing[who] if all(map(rule.whom.covers, days))]
        return max((rule.least_paid(facts, who, days) for rule in rules), default=0)

    def least(who: str, covers: Callable[[date], bool]) -> int:
        longest = max((facts.shift(code).paid for code in facts.codes(who)), default=0)
        total = 0
        for week in facts.weeks:
            # As much of it as can be is done on days that the condition does not name.
            elsewhere = longest * sum(not covers(day) for day in week)
            total += max(0, forced(who, week) - elsewhere)
        if all(map(covers, facts.days)):
            total = max(total, forced(who, facts.days))
        return total

    return least
