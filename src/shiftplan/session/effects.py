"""What differs between two judged rosters, rule by rule, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..plan import OVERLAP, Finding, Plan
from ..roster import Roster
from ..rules import MUST, Rule
from .judge import Found, Judge
from .values import RuleChange


@dataclass(frozen=True)
class Judged:
    """A roster with the one who judges it; *numbers* are those of the rules in the plan file."""

    judge: Judge
    roster: Roster
    numbers: tuple[int, ...]

    @property
    def plan(self) -> Plan:
        """The plan it is judged by."""
        return self.judge.plan


def at_once(before: Judged, after: Judged, touched: Sequence[str]) -> tuple[RuleChange, ...]:
    """Return what changes for rules that judge each person alone; only the people *touched* are looked at.

    The amounts are those of the whole roster. Both must be judged by the same plan.
    """
    found = [_change(None, OVERLAP, MUST, _overlaps(before, touched), _overlaps(after, touched))]
    for k, rule in enumerate(after.plan.rules):
        if rule.personal:
            was, now = before.judge.personal(k, before.roster), after.judge.personal(k, after.roster)
            old = [f for who in touched for f in was.by.get(who, ())]
            new = [f for who in touched for f in now.by.get(who, ())]
            change = _change(after.numbers[k], rule.kind, rule.strength, old, new)
            found.append(change and replace(change, before=was.amount, after=now.amount))
    return tuple(c for c in found if c is not None)


def whole(before: Judged, after: Judged) -> tuple[RuleChange, ...]:
    """Return everything that changes, between two plans too: what takes long is judged first."""
    old = before.plan.judge(before.roster, ()).findings
    found = [_change(None, OVERLAP, MUST, old, after.plan.judge(after.roster, ()).findings)]
    for was, now in _pairs(before.plan.rules, after.plan.rules):
        rule = after.plan.rules[now] if now is not None else before.plan.rules[was or 0]
        found.append(
            _change(
                None if now is None else after.numbers[now],
                rule.kind,
                rule.strength,
                () if was is None else before.judge.found(was, before.roster),
                () if now is None else after.judge.found(now, after.roster),
            )
        )
    return tuple(c for c in found if c is not None)


def _overlaps(judged: Judged, people: Iterable[str]) -> Found:
    return tuple(f for who in people for f in judged.plan.judge(judged.roster.alone(who), ()).findings)


def _change(
    number: int | None, kind: str, strength: str, old: Sequence[Finding], new: Sequence[Finding]
) -> RuleChange | None:
    if old is new:
        return None
    was, now = Counter(f.breach for f in old), Counter(f.breach for f in new)
    come, gone = now - was, was - now
    before, after = sum(f.breach.amount for f in old), sum(f.breach.amount for f in new)
    if not come and not gone and before == after:
        return None
    return RuleChange(
        number,
        kind,
        strength,
        before,
        after,
        tuple(b.text for b in come.elements()),
        tuple(b.text for b in gone.elements()),
    )


def _pairs(old: Sequence[Rule], new: Sequence[Rule]) -> list[tuple[int | None, int | None]]:
    """Pair the rules of two plans: equal ones, then those of one kind in their order; the rest alone."""
    left = list(range(len(old)))
    partner: dict[int, int] = {}
    for same in (lambda a, b: a == b, lambda a, b: a.kind == b.kind):
        for k, rule in enumerate(new):
            match = next((j for j in left if k not in partner and same(old[j], rule)), None)
            if match is not None:
                partner[k] = match
                left.remove(match)
    return [(partner.get(k), k) for k in range(len(new))] + [(j, None) for j in left]
