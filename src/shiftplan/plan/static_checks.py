"""What counting alone shows cannot be: in words, before any search.

Each sentence comes from a rule and is a proof; silence proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..facts import Facts
from ..rules import MUST, Rule
from ..rules.base import LeastPaid
from .plan import Plan


@dataclass(frozen=True)
class Shortage:
    """Something a rule wants that no roster can give. Where the rule is a must, there is no roster."""

    text: str
    must: bool
    rule: int = field(default=0, compare=False)
    """Which rule of the plan says so."""


def shortages(plan: Plan) -> tuple[Shortage, ...]:
    """Return what is out of reach, in a sentence each."""
    facts = plan.facts
    limiting, forcing = (_musts(plan, hook) for hook in ("most_days", "least_paid"))

    def most(who: str, week: Sequence[date]) -> int:
        return min((r.most_days(facts, who, week) for r in limiting[who]), default=len(week))

    least = _least_paid(facts, forcing)

    def texts(rule: Rule) -> Iterator[str]:
        yield from rule.out_of_reach(facts, most)
        yield from rule.exceeded(facts, least)

    found = (
        Shortage(text, rule.strength == MUST, number)
        for number, rule in enumerate(plan.rules)
        for text in texts(rule)
    )
    return tuple(dict.fromkeys(found))


def _musts(plan: Plan, hook: str) -> Mapping[str, list[Rule]]:
    """Return for each person the musts that answer to *hook*."""
    musts = [
        r
        for r in plan.rules
        if r.strength == MUST and getattr(type(r), hook) is not getattr(Rule, hook)
    ]
    return {p.name: [r for r in musts if r.whom.matches(p)] for p in plan.facts.people}


def _least_paid(facts: Facts, forcing: Mapping[str, list[Rule]]) -> LeastPaid:
    """Return how to find the paid minutes nobody can do with less of, on days that a condition
    names.
    """

    def forced(who: str, days: Sequence[date]) -> int:
        rules = [r for r in forcing[who] if all(map(r.whom.covers, days))]
        return max((r.least_paid(facts, who, days) for r in rules), default=0)

    def least(who: str, covers: Callable[[date], bool]) -> int:
        longest = max((facts.shift(c).paid for c in facts.codes(who)), default=0)
        total = 0
        for week in facts.weeks:
            elsewhere = longest * sum(not covers(d) for d in week)
            total += max(0, forced(who, week) - elsewhere)
        return max(total, forced(who, facts.days)) if all(map(covers, facts.days)) else total

    return least
