"""What differs between two judged rosters, rule by rule, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..plan import BUILT_IN, Finding
from ..rules import MUST, Breach, Rule
from .coverage import coverage_changes
from .judge import Findings
from .judged_roster import JudgedRoster
from .values import Effect, RuleChange


def tried(label: str, before: JudgedRoster, after: JudgedRoster, touched: Sequence[str]) -> Effect:
    """Return the effect on coverage and on the rules that judge each person alone; others are not
    asked.
    """
    pending = dict.fromkeys(rule.kind for rule in after.plan.rules if not rule.personal)
    coverage = coverage_changes(before.known_coverage(), after.known_coverage())
    return Effect(label, at_once(before, after, touched), coverage, tuple(pending))


def quick(label: str, before: JudgedRoster, after: JudgedRoster, touched: Sequence[str]) -> Effect:
    """Return the effect as far as it takes no time, with the rules still to be asked."""
    known, now = before.known_coverage(), after.known_coverage()
    unasked = [
        rule.kind
        for number, rule in enumerate(after.plan.rules)
        if not (rule.personal or _both_asked(number, before, after))
    ]
    if known is None or now is None:
        unasked.append("coverage")
    if not unasked:
        return complete(label, before, after)
    coverage = coverage_changes(known, now)
    return Effect(label, at_once(before, after, touched), coverage, tuple(dict.fromkeys(unasked)))


def complete(label: str, before: JudgedRoster, after: JudgedRoster) -> Effect:
    """Return the effect with every rule asked."""
    return Effect(
        label, whole(before, after), coverage_changes(before.coverage(), after.coverage())
    )


def at_once(
    before: JudgedRoster, after: JudgedRoster, touched: Sequence[str]
) -> tuple[RuleChange, ...]:
    """Return what changes for rules that judge each person alone; only the people *touched* are
    looked at.

    The amounts are those of the whole roster. Both must be judged by the same plan.
    """
    changes = _built_in(_found_alone(before, touched), _found_alone(after, touched))
    for k, rule in enumerate(after.plan.rules):
        if not rule.personal:
            continue
        was = before.judge.personal(k, before.roster)
        now = after.judge.personal(k, after.roster)
        old = _of_people(was.by, touched)
        new = _of_people(now.by, touched)
        if change := _change(after.numbers[k], rule.kind, rule.strength, old, new):
            changes.append(replace(change, before=was.amount, after=now.amount))
    return tuple(changes)


def whole(before: JudgedRoster, after: JudgedRoster) -> tuple[RuleChange, ...]:
    """Return everything that changes, between two plans too: what takes long is judged first."""
    old = before.plan.built_in_findings(before.roster)
    new = after.plan.built_in_findings(after.roster)
    found: list[RuleChange | None] = [*_built_in(old, new)]
    for was, now in _pairs(before.plan.rules, after.plan.rules):
        found.append(_between(before, was, after, now))
    return tuple(change for change in found if change is not None)


def _between(
    before: JudgedRoster, was: int | None, after: JudgedRoster, now: int | None
) -> RuleChange | None:
    """Return what changes between rule *was* and rule *now*, of which one may be none."""
    old: Findings = () if was is None else before.judge.found(was, before.roster)
    new: Findings = () if now is None else after.judge.found(now, after.roster)
    if now is not None:
        rule = after.plan.rules[now]
        return _change(after.numbers[now], rule.kind, rule.strength, old, new)
    assert was is not None
    gone = before.plan.rules[was]
    return _change(None, gone.kind, gone.strength, old, new)


def _both_asked(number: int, before: JudgedRoster, after: JudgedRoster) -> bool:
    """Say whether what a rule about several people finds is known for both rosters."""
    if before.judge.team_if_known(number, before.roster) is None:
        return False
    return after.judge.team_if_known(number, after.roster) is not None


def _found_alone(judged: JudgedRoster, people: Iterable[str]) -> list[Finding]:
    """Return what is built in and broken by each of *people*."""
    found: list[Finding] = []
    for who in people:
        found += judged.plan.built_in_findings(judged.roster.alone(who))
    return found


def _built_in(old: Iterable[Finding], new: Iterable[Finding]) -> list[RuleChange]:
    """Return what differs in what no roster may break, whatever the rules say."""
    was, now = tuple(old), tuple(new)
    changes = []
    for kind in BUILT_IN:
        before = [finding for finding in was if finding.breach.rule == kind]
        after = [finding for finding in now if finding.breach.rule == kind]
        if change := _change(None, kind, MUST, before, after):
            changes.append(change)
    return changes


def _of_people(by: Mapping[str, Findings], people: Iterable[str]) -> list[Finding]:
    found: list[Finding] = []
    for who in people:
        found += by.get(who, ())
    return found


def _change(
    number: int | None, kind: str, strength: str, old: Sequence[Finding], new: Sequence[Finding]
) -> RuleChange | None:
    """Return what differs between two sets of findings of one rule, None if nothing does."""
    if old is new:
        return None
    # The same breach may be there twice, so they are counted.
    was, now = _breaches(old), _breaches(new)
    broken, fixed = now - was, was - now
    if not broken and not fixed:
        return None  # and the amounts are the same
    return RuleChange(
        number, kind, strength, _amount(was), _amount(now), _texts(broken), _texts(fixed)
    )


def _breaches(findings: Iterable[Finding]) -> Counter[Breach]:
    return Counter(finding.breach for finding in findings)


def _amount(breaches: Counter[Breach]) -> int:
    return sum(breach.amount * times for breach, times in breaches.items())


def _texts(breaches: Counter[Breach]) -> tuple[str, ...]:
    return tuple(breach.text for breach in breaches.elements())


def _pairs(old: Sequence[Rule], new: Sequence[Rule]) -> list[tuple[int | None, int | None]]:
    """Pair the rules of two plans: equal ones, then those of one kind in their order; the rest
    alone.
    """
    left = list(range(len(old)))
    partner: dict[int, int] = {}
    for alike in (_equal, _of_one_kind):
        for k, rule in enumerate(new):
            if k in partner:
                continue
            match = next((j for j in left if alike(old[j], rule)), None)
            if match is not None:
                partner[k] = match
                left.remove(match)
    paired = [(partner.get(k), k) for k in range(len(new))]
    return [*paired, *((j, None) for j in left)]


def _equal(a: Rule, b: Rule) -> bool:
    return a == b


def _of_one_kind(a: Rule, b: Rule) -> bool:
    return a.kind == b.kind
