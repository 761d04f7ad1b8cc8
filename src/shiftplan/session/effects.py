"""What differs between two judged rosters, rule by rule, in sentences."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..plan import OVERLAP, Finding, Plan
from ..roster import Roster
from ..rules import MUST, Rule
from .cover import RosterCoverage
from .judge import Findings, Judge
from .values import RuleChange


class Judged:
    """A roster with the one who judges it; *numbers* are those of the rules in the plan file.

    Where it comes from *base* by an edit of the people *touched*, its coverage is counted from
    there.
    """

    def __init__(
        self,
        judge: Judge,
        roster: Roster,
        numbers: tuple[int, ...],
        base: Judged | None = None,
        touched: frozenset[str] = frozenset(),
    ) -> None:
        self.judge = judge
        self.roster = roster
        self.numbers = numbers
        self._base = (
            base if base and base.known_cover() else None
        )  # no chain of rosters is kept alive
        self._touched = touched
        self._cover: RosterCoverage | None = None
        self._lock = threading.Lock()

    @property
    def plan(self) -> Plan:
        """The plan it is judged by."""
        return self.judge.plan

    def cover(self) -> RosterCoverage:
        """Return the coverage, counted now if it is not known."""
        with self._lock:
            if self._cover is None:
                known = self._base.known_cover() if self._base else None
                if (
                    self._base is not None
                    and known is not None
                    and known.facts is self.roster.facts
                ):
                    self._cover = known.after(self._base.roster, self.roster, self._touched)
                else:
                    self._cover = RosterCoverage.of(self.roster)
                self._base = None
            return self._cover

    def known_cover(self) -> RosterCoverage | None:
        """Return the coverage if it takes little to know it."""
        if self._cover is None and self._base is None:
            return None
        return self.cover()


def at_once(before: Judged, after: Judged, touched: Sequence[str]) -> tuple[RuleChange, ...]:
    """Return what changes for rules that judge each person alone; only the people *touched* are
    looked at.

    The amounts are those of the whole roster. Both must be judged by the same plan.
    """
    found = [_change(None, OVERLAP, MUST, _overlaps(before, touched), _overlaps(after, touched))]
    for k, rule in enumerate(after.plan.rules):
        if rule.personal:
            was, now = (
                before.judge.personal(k, before.roster),
                after.judge.personal(k, after.roster),
            )
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


def _overlaps(judged: Judged, people: Iterable[str]) -> Findings:
    return tuple(
        f for who in people for f in judged.plan.judge(judged.roster.alone(who), ()).findings
    )


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
    """Pair the rules of two plans: equal ones, then those of one kind in their order; the rest
    alone.
    """
    left = list(range(len(old)))
    partner: dict[int, int] = {}
    for alike in (_equal, _of_one_kind):
        for k, rule in enumerate(new):
            match = next((j for j in left if k not in partner and alike(old[j], rule)), None)
            if match is not None:
                partner[k] = match
                left.remove(match)
    return [(partner.get(k), k) for k in range(len(new))] + [(j, None) for j in left]


def _equal(a: Rule, b: Rule) -> bool:
    return a == b


def _of_one_kind(a: Rule, b: Rule) -> bool:
    return a.kind == b.kind
