"""Whether a plan leaves open how many shifts are planned beyond those that are needed."""

from __future__ import annotations

from ..rules import MUST, Rule
from .plan import Plan
from .readable import readable
from .unread import several

_NEEDS = frozenset({"curves", "shift_needs"})


def open_surplus(plan: Plan) -> str:
    """Return a sentence if nothing in the plan says when there are too many shifts, or nothing.

    A search then plans no shift that nothing asks for; but an even share of shifts, say, is better
    with one more than is needed, and nothing speaks against it.
    """
    needed = any(rule.facts_read & _NEEDS for rule in plan.rules)
    others = [rule for rule in plan.rules if rule.strength != MUST and rule.gains_by_more]
    if not needed or not others or _has_maximum(plan):
        return ""
    if any(_bounds_work(plan, rule) for rule in plan.rules):
        return ""
    return (
        "nothing says how many shifts are too many: one that no goal gains by is left out, and one "
        f"that is good for {several(dict.fromkeys(r.strength for r in others))} is planned though "
        "nobody needs it. Where that is not meant, say how much people work (hours, days off), "
        'give the demand a maximum, or put a rule of kind = "cost" before that goal.'
    )


def _has_maximum(plan: Plan) -> bool:
    """Say whether a rule charges for more staff than a maximum."""
    facts = plan.facts
    maximums = [f for f in readable(facts) if f.section == "curves" and f.key == "maximum"]
    return any(rule.reads(facts, fact) for rule in plan.rules for fact in maximums)


def _bounds_work(plan: Plan, rule: Rule) -> bool:
    """Say whether *rule* charges for every shift, or asks for work whatever is needed."""
    if "hourly_rate" in rule.facts_read:
        return True
    weeks, people = plan.facts.weeks, plan.facts.people
    return any(rule.least_paid(plan.facts, p.name, week) > 0 for week in weeks for p in people)
