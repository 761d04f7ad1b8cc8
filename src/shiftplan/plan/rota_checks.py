"""Rotas that their people cannot follow: who, in which week, and which hard rule is against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..facts import Facts, Person, Rotation
from ..roster import Roster
from ..rules import MUST, Breach, Rule
from ..rules.rotation import RotationRule
from .limits import HardLimits
from .plan import Plan


class RotaBreach(NamedTuple):
    """A rota that cannot be followed, and what that means."""

    rule: int
    """Which rule of the plan is against it."""
    text: str
    must: bool
    """Whether hard rules alone forbid every roster."""


def rota_breaches(plan: Plan) -> Iterator[RotaBreach]:
    """Yield, once for each person and rule, the first shifts of a rota that they cannot work.

    Where the rota is followed to the letter, a person's roster is known without a search, and every
    hard rule about that person alone can be asked about it. Leave and days outside the contract are
    void in a rota.
    """
    rotas = plan.facts.assigned_rotas
    if rotas is None:
        return
    for person in plan.facts.people:
        if rotas.names(person.name):
            yield from _of_person(plan, rotas, person)


def _of_person(plan: Plan, rotas: Rotation, person: Person) -> Iterator[RotaBreach]:
    holding = [rule for rule in _rotation_rules(plan) if rule.whom.matches(person)]
    to_the_letter = [rule for rule in holding if rule.what == "shift"]
    if not holding or any(_covers_all(plan.facts, rule) for rule in to_the_letter):
        if not _may_work_on_leave(plan, person):
            must = any(rule.strength == MUST for rule in to_the_letter)
            yield from _judged(plan, rotas, person, must=must)
    else:
        for rule in holding:
            yield from _day_by_day(plan, rotas, person, rule)


def _rotation_rules(plan: Plan) -> list[RotationRule]:
    """Return the rules that hold people to a rota."""
    rules = (rule for rule in plan.rules if isinstance(rule, RotationRule))
    return [rule for rule in rules if not rule.order]


def _covers_all(facts: Facts, rule: Rule) -> bool:
    return all(map(rule.whom.covers, facts.days))


def _may_work_on_leave(plan: Plan, person: Person) -> bool:
    """Say whether a day of leave in the horizon could be worked, so that it is not known."""
    facts = plan.facts
    keeping = [r for r in plan.rules if r.kind == "leave" and r.strength == MUST]
    keeping = [rule for rule in keeping if rule.whom.matches(person)]
    days = [day for day in facts.days if facts.on_leave(person.name, day)]
    return any(not any(rule.whom.covers(day) for rule in keeping) for day in days)


# -- the whole roster of one person ----------------------------------------------------------------


def _judged(plan: Plan, rotas: Rotation, person: Person, *, must: bool) -> Iterator[RotaBreach]:
    """Yield what hard rules find in the roster that the rota alone gives *person*."""
    who = person.name
    facts = plan.facts
    cells = {
        (who, day): code
        for day in facts.days
        if facts.due(who, day) and (code := rotas.at(who, day)) is not None
    }
    roster = Roster(facts, cells)
    overlaps = [f.breach for f in plan.built_in_findings(roster) if f.breach.who == who]
    if overlaps:
        first = next((k for k, r in enumerate(plan.rules) if isinstance(r, RotationRule)), 0)
        yield RotaBreach(first, _text(plan, rotas, overlaps[0]), must)
    for number, rule in enumerate(plan.rules):
        if rule.strength != MUST or not rule.personal or isinstance(rule, RotationRule):
            continue
        if not rule.whom.matches(person):
            continue
        found = [breach for breach in rule.check(roster) if breach.who == who]
        if found:
            yield RotaBreach(number, _text(plan, rotas, found[0]), must)


def _text(plan: Plan, rotas: Rotation, breach: Breach) -> str:
    assert breach.who is not None
    day = breach.day or plan.facts.first
    return f"{_where(plan.facts, rotas, breach.who, day)}: {breach.text}"


def _where(facts: Facts, rotas: Rotation, who: str, day: date) -> str:
    """Return who cannot follow which week of which rota, and when."""
    row = rotas.week(who, day)
    of = f" of the rota '{row.rota}'" if row.rota else " of the rota"
    week = next((week for week in facts.weeks if day in week), facts.weeks[0])
    return f"{who} cannot follow week {row.week}{of} in the week of {week[0]:%a %d %b}"


# -- day by day ------------------------------------------------------------------------------------


def _day_by_day(
    plan: Plan, rotas: Rotation, person: Person, rule: RotationRule
) -> Iterator[RotaBreach]:
    """Yield the first day on which no shift that is as good as the rota's is left to *person*."""
    facts, who = plan.facts, person.name
    others = tuple(r for r in plan.rules if not isinstance(r, RotationRule))
    limits = HardLimits(Plan(facts, others))
    for day in facts.days:
        code = rotas.at(who, day)
        if code is None or not rule.whom.covers(day) or not facts.due(who, day):
            continue
        if set(limits.codes_left(who, day)).isdisjoint(rule.as_good_as(facts, code)):
            where = _where(facts, rotas, who, day)
            text = f"{where}: it gives them {code} on {day:%a %d %b}, which they cannot work."
            yield RotaBreach(plan.rules.index(rule), text, rule.strength == MUST)
            return
