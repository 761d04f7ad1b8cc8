"""What is given and asked for by nobody: skills, levels, shifts, sites, contracts and policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..facts import Facts
from ..rules import Rule
from .plan import Plan
from .unread import Unread, several


def unasked(plan: Plan) -> Iterator[Unread]:
    """Yield a sentence for each thing that no rule, shift, queue or person makes use of."""
    words = _words(plan.rules)
    yield from _skills(plan.facts, words)
    yield from _levels(plan, words)
    yield from _shifts(plan.facts)
    yield from _empty(plan.facts)
    yield from _out_of_contract(plan.facts)
    yield from _tolerances(plan)


def _words(rules: Sequence[Rule]) -> frozenset[str]:
    """Return every word that stands anywhere in a rule."""
    found: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Mapping):
            collect(tuple(value.values()))
        elif isinstance(value, Sequence | frozenset):
            for part in value:
                collect(part)

    for rule in rules:
        collect(rule.model_dump(exclude={"kind", "strength", "source"}))
    return frozenset(found)


def _skills(facts: Facts, words: frozenset[str]) -> Iterator[Unread]:
    """Yield each skill that somebody has and nothing requires."""
    required = {skill for shift in facts.shifts for skill in shift.requires}
    required |= set(facts.queues.values()) | {need.skill for need in facts.shift_needs} | words
    holders: dict[str, list[int]] = {}
    for k, person in enumerate(facts.people):
        for skill in person.skills:
            if skill not in required:
                holders.setdefault(skill, []).append(k)
    for skill, who in holders.items():
        names = several(facts.people[k].name for k in who)
        yield Unread(
            ("people", who[0], "skills"),
            f"no shift, queue or rule requires the skill '{skill}' of {names}: require it on a "
            f'shift with requires = ["{skill}"], or add [[rules]] with kind = "presence", '
            f'skill = "{skill}" and strength = "must".',
        )


def _levels(plan: Plan, words: frozenset[str]) -> Iterator[Unread]:
    """Yield that people have levels and no rule tells them apart by these."""
    with_level = [k for k, person in enumerate(plan.facts.people) if person.level]
    levels = {plan.facts.people[k].level for k in with_level}
    # Rules that compare people of one level name none of them.
    if not with_level or not levels.isdisjoint(words) or "level" in words:
        return
    yield Unread(
        ("people", with_level[0], "level"),
        f"no rule tells people apart by their levels, {several(sorted(levels))}: add [[rules]] "
        f'with kind = "duty" or kind = "mix" and level = "{min(levels)}", or leave the column out.',
    )


def _shifts(facts: Facts) -> Iterator[Unread]:
    """Yield each shift that nobody can work, those of a range together."""
    workable = {code for person in facts.people for code in facts.codes(person.name)}
    seen: set[str] = set()
    for k, shift in enumerate(facts.shifts):
        if shift.code in workable or shift.family in seen:
            continue
        seen.add(shift.family)
        yield Unread(
            ("shifts", k, "code"),
            f"nobody can work {shift.code}: nobody at its sites has all the skills it requires. "
            "Give them to somebody, or delete the shift.",
        )


def _empty(facts: Facts) -> Iterator[Unread]:
    """Yield sites, contracts and leave policies of nobody."""
    sites = {person.site for person in facts.people}
    contracts = {person.contract for person in facts.people}
    for k, site in enumerate(facts.sites):
        if site.name not in sites:
            text = f"nobody is at {site.name}, so what the plan says of it counts for nothing."
            yield Unread(("sites", k, "name"), text)
    for k, contract in enumerate(facts.contracts):
        if contract.name not in contracts:
            text = f"nobody is on contract '{contract.name}', so it counts for nothing."
            yield Unread(("contracts", k, "name"), text)
    followed = {policy for p in facts.people if (policy := facts.leave_policy(p.name)) is not None}
    for k, policy in enumerate(facts.leave_policies):
        if policy not in followed:
            text = "this leave policy is nobody's: another comes first, or it fits no person."
            yield Unread(("leave_policies", k, "sites"), text)


def _out_of_contract(facts: Facts) -> Iterator[Unread]:
    """Yield who is under contract on no day of the horizon."""
    out = [k for k, p in enumerate(facts.people) if not any(map(p.employed, facts.days))]
    if out:
        names = several(facts.people[k].name for k in out)
        first = facts.people[out[0]]
        ends = first.end_date is not None and first.end_date < facts.first
        yield Unread(
            ("people", out[0], "end_date" if ends else "start_date"),
            f"{names} {'is' if len(out) == 1 else 'are'} under contract on no day from "
            f"{facts.first:%a %d %b} to {facts.last:%a %d %b %Y}, and so given no shift.",
        )


def _tolerances(plan: Plan) -> Iterator[Unread]:
    """Yield each tolerance of a goal that nothing counts towards."""
    strengths = {rule.strength for rule in plan.rules}
    for goal, tolerance in plan.facts.team.tolerance.items():
        if tolerance and goal not in strengths:
            text = f"the tolerance of goal '{goal}' counts for nothing: no rule has that strength."
            yield Unread(("team", "tolerance"), text)
