"""A plan: the facts, the rules, and the order of goals. It judges rosters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..errors import ShiftplanError, nearest
from ..facts import Facts, Worked
from ..roster import Assignment, Roster
from ..roster.requirement import Requirement
from ..rules import MUST, RULES, Breach, Rule

OVERLAP = "one-shift-at-a-time"
"""Not a rule anyone writes down: nobody can work two shifts at once."""
CONTRACT = "within-contract"
"""Not a rule anyone writes down either: nobody works before they join or after they leave."""
BUILT_IN = (OVERLAP, CONTRACT)
"""What no roster may break, whatever the rules say."""


@dataclass(frozen=True)
class Finding:
    """A breach, with the strength and the weight of the rule that found it."""

    breach: Breach
    strength: str
    weight: int
    source: str = ""
    """Where the rule says it comes from."""

    @property
    def cost(self) -> int:
        """What it adds to its goal."""
        return self.weight * self.breach.amount


@dataclass(frozen=True)
class Verdict:
    """Everything the checkers found in one roster."""

    findings: tuple[Finding, ...]
    goals: tuple[str, ...]

    @cached_property
    def costs(self) -> Mapping[str, int]:
        """Cost per goal, ``must`` first."""
        totals = dict.fromkeys(self.goals, 0)
        for f in self.findings:
            totals[f.strength] += f.cost
        return totals

    @property
    def order(self) -> tuple[int, ...]:
        """Costs in the order of the goals; the lower tuple is the better roster."""
        return tuple(self.costs.values())

    @property
    def hard_breaches(self) -> tuple[Finding, ...]:
        """The breaches of hard rules."""
        return tuple(f for f in self.findings if f.strength == MUST)


@dataclass(frozen=True, eq=False)
class Plan:
    """Facts and what is wanted of them."""

    facts: Facts
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        """Let every rule know the others: what is owed in a week goes by what they keep free."""
        beside = tuple(rule.beside(self.rules) for rule in self.rules)
        if any(rule is not before for rule, before in zip(beside, self.rules, strict=True)):
            object.__setattr__(self, "rules", beside)

    @property
    def goals(self) -> tuple[str, ...]:
        """``must``, then the goals in their order."""
        return (MUST, *self.facts.team.goals)

    def problems(self) -> Iterator[tuple[int, str]]:
        """Yield each rule that makes no sense for these facts: its number and a sentence."""
        for k, rule in enumerate(self.rules):
            yield from ((k, text) for text in self._strength_problems(rule))
            yield from ((k, text) for text in rule.whom.problems(self.facts))
            yield from ((k, text) for text in rule.problems(self.facts))

    def _strength_problems(self, rule: Rule) -> Iterator[str]:
        if rule.strength not in self.goals:
            hint = nearest(rule.strength, self.goals)
            yield f"strength: '{rule.strength}' is not one of the goals. {hint}".rstrip()

    def holding(self, roster: Roster) -> Plan:
        """Return the plan with the pinned cells of *roster* among its pins, and a rule that holds
        pins.

        Raise ``ShiftplanError`` where the plan pins something else.
        """
        pins = self._pins_with(roster)
        # Making facts anew checks all of them: that is spared where nothing changes.
        facts = self.facts if pins == self.facts.pins else self.facts.changed(pins=pins)
        has_rule = any(rule.kind == "pinned" for rule in self.rules)
        if has_rule or not roster.pinned:
            return Plan(facts, self.rules)
        return Plan(facts, (*self.rules, RULES["pinned"](kind="pinned")))

    def _pins_with(self, roster: Roster) -> tuple[Worked, ...]:
        """Return the pins of the plan and then those of *roster* that the plan does not have."""
        pins = {(p.person, p.date): p.shift for p in self.facts.pins}
        for who, day in sorted(roster.pinned, key=lambda cell: (cell[1], cell[0])):
            code = roster.at(who, day) or ""
            _check_contract(self.facts, who, day, code)
            planned = pins.setdefault((who, day), code)
            if planned != code:
                raise ShiftplanError(
                    f"{who} is pinned to {code or 'a day off'} on {day}, but the plan pins "
                    f"{planned or 'a day off'} there.",
                    "Change one of them.",
                )
        return tuple(Worked(person=w, date=d, shift=c) for (w, d), c in pins.items())

    def judge(self, roster: Roster, rules: Sequence[Rule] | None = None) -> Verdict:
        """Return every breach of *roster*, found by the rules' own checkers."""
        found = list(self.built_in_findings(roster))
        for rule in self.rules if rules is None else rules:
            found += self.findings_of(rule, roster)
        return Verdict(tuple(found), self.goals)

    def findings_of(self, rule: Rule, roster: Roster) -> tuple[Finding, ...]:
        """Return what *rule* finds in *roster*, with its strength, its weight and its source."""
        breaches = rule.check(roster)
        return tuple(Finding(b, rule.strength, rule.weight, rule.source) for b in breaches)

    def requirements(self, roster: Roster) -> tuple[Requirement, ...]:
        """Return what the rules require to be there beside the queues, rule by rule."""
        found: list[Requirement] = []
        for rule in self.rules:
            found += rule.required(roster)
        return tuple(found)

    def built_in_findings(self, roster: Roster) -> tuple[Finding, ...]:
        """Return the shifts of *roster* that begin while another of the same person runs, and those
        outside their person's contract.
        """
        overlaps = (_overlap(sooner, later) for sooner, later in roster.overlaps())
        outside = (_outside(roster.facts, worked) for worked in roster.outside_contracts())
        return (*overlaps, *outside)


def _check_contract(facts: Facts, who: str, day: date, code: str) -> None:
    """Raise ``ShiftplanError`` if a pin holds a shift outside the contract of *who*."""
    person = facts.person(who)
    if code and not person.employed(day):
        why = f"{who} is pinned to {code} on {day}, {person.off_contract(day)}."
        raise ShiftplanError(why, "Unpin it, or correct the contract in the people table.")


def shows_required(rule: Rule) -> bool:
    """Say whether *rule* shows what it requires as part of coverage."""
    return type(rule).required is not Rule.required


def _overlap(sooner: Assignment, later: Assignment) -> Finding:
    """Return that somebody's shift begins while another one of theirs runs."""
    text = (
        f"{later.who} starts {later.shift.code} on {later.day:%a %d %b} before "
        f"{sooner.shift.code} is over."
    )
    return Finding(Breach(OVERLAP, 1, text, later.who, later.day), MUST, 1)


def _outside(facts: Facts, worked: Assignment) -> Finding:
    """Return that somebody works before they join or after they leave."""
    what = f"{worked.who} works {worked.shift.code} on {worked.day:%a %d %b}"
    text = f"{what}, {facts.person(worked.who).off_contract(worked.day)}."
    return Finding(Breach(CONTRACT, 1, text, worked.who, worked.day), MUST, 1)
