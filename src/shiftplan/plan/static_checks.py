"""What cannot be met, found by counting alone: in words, before any search.

Each sentence comes from a rule and is a proof; silence proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..rules import MUST
from .limits import HardLimits
from .pattern_checks import pattern_clashes
from .plan import Plan
from .rota_checks import rota_breaches
from .week_checks import week_clashes


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
    limits = HardLimits(plan)
    found: list[Shortage] = []
    for number, rule in enumerate(plan.rules):
        texts = rule.cannot_be_met(plan.facts, limits)
        found += (Shortage(text, rule.strength == MUST, number) for text in texts)
    found += (Shortage(breach.text, breach.must, breach.rule) for breach in rota_breaches(plan))
    found += (Shortage(text, True, number) for number, text in week_clashes(plan, limits))
    if not any(shortage.must for shortage in found):
        # Most of what clashes so was said above, with numbers.
        found += (Shortage(text, True, number) for number, text in pattern_clashes(plan))
    # Two rules may say the same, such as one for a team and one for a site of it.
    return tuple(dict.fromkeys(found))
