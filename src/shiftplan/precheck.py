"""What counting alone shows cannot be: in words, before any search.

Each sentence comes from a rule and is a proof; silence proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .plan import Plan
from .rules import MUST, Rule


@dataclass(frozen=True)
class Shortage:
    """Something a rule wants that no roster can give. Where the rule is a must, there is no roster."""

    text: str
    must: bool


def shortages(plan: Plan) -> tuple[Shortage, ...]:
    """Return what is out of reach, in a sentence each."""
    facts = plan.facts
    musts = [r for r in plan.rules if r.strength == MUST and type(r).most_days is not Rule.most_days]
    of = {p.name: [r for r in musts if r.whom.matches(p)] for p in facts.people}

    def most(who: str, week: Sequence[date]) -> int:
        return min((r.most_days(facts, who, week) for r in of[who]), default=len(week))

    found = (
        Shortage(text, rule.strength == MUST)
        for rule in plan.rules
        for text in rule.out_of_reach(facts, most)
    )
    return tuple(dict.fromkeys(found))
