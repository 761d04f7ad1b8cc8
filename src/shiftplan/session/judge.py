"""Judges roster after roster of one plan, and looks again only at what an edit can have changed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..plan import Finding, Plan, Verdict
from ..roster import Assignment, Roster
from ..rules import Rule

Findings = tuple[Finding, ...]

PEOPLE_KEPT = 4
"""Timelines of one person for which findings are kept: an edit, its undo, and what was previewed."""
ROSTERS_KEPT = 6
"""Rosters for which the findings of a rule about several people are kept."""
MANY = 20
"""From so many people on, a rule is asked about all of them at once."""


@dataclass(frozen=True)
class Personal:
    """What a rule that judges each person alone finds, by person, and how much that is."""

    by: Mapping[str, Findings]
    amount: int


class Judge:
    """Finds every breach of a roster, by the rules' own checkers.

    A rule that judges each person alone depends on that person's duties alone (``tests/session``
    holds every rule to it), so it is asked again about those whose duties differ. Rules about
    several people are asked anew for every roster. Safe to use from several threads.
    """

    def __init__(self, plan: Plan, before: Judge | None = None) -> None:
        """Judge by *plan*; what *before* found by equal rules over the same facts is taken over."""
        self.plan = plan
        self._people: dict[int, tuple[str, ...]] = {}
        self._personal: dict[tuple[int, str], list[tuple[Sequence[Assignment], Findings]]] = {}
        self._by_roster: dict[int, list[tuple[Roster, Personal]]] = {}
        self._team: dict[int, list[tuple[Roster, Findings]]] = {}
        self._narrowed: dict[tuple[int, str], Rule] = {}
        self._rosters: deque[tuple[Roster, Roster]] = deque(maxlen=2 * ROSTERS_KEPT)
        self._edits: deque[tuple[Roster, Roster, frozenset[str]]] = deque(maxlen=ROSTERS_KEPT)
        self._lock = threading.Lock()
        if before is not None and before.plan.facts is plan.facts:
            self._take_over(before)

    def _take_over(self, before: Judge) -> None:
        left = dict(enumerate(self.plan.rules))
        for k, old in enumerate(before.plan.rules):
            number = next((j for j, rule in left.items() if rule == old), None)
            if number is None:
                continue
            del left[number]
            with before._lock:
                kept = [(who, found) for (j, who), found in before._personal.items() if j == k]
                self._personal |= {(number, who): list(found) for who, found in kept}
                self._team[number] = list(before._team.get(k, ()))
        with before._lock:
            self._rosters.extend(before._rosters)

    def edited(self, before: Roster, after: Roster, who: Iterable[str]) -> None:
        """Take note that *after* differs from *before* for the people *who* alone."""
        with self._lock:
            self._edits.appendleft((before, after, frozenset(who)))

    def personal(self, number: int, roster: Roster) -> Personal:
        """Return what rule *number*, which judges each person alone, finds."""
        with self._lock:
            known = tuple(self._by_roster.get(number, ()))
            edit = next(((a, who) for a, b, who in self._edits if b is roster), None)
        for judged, found in known:
            if judged is roster:
                return found
        base = next((found for judged, found in known if edit and judged is edit[0]), None)
        people = self._for_whom(number)
        if base is not None and edit is not None:
            fresh = self._each(number, [w for w in people if w in edit[1]], roster)
            more = _amount(fresh.values()) - _amount(base.by[w] for w in fresh)
            made = Personal({**base.by, **fresh}, base.amount + more)
        else:
            by = self._each(number, people, roster)
            made = Personal(by, _amount(by.values()))
        with self._lock:  # the roster edited stays, however many edits of it are only tried
            first = [(judged, found) for judged, found in known if edit and judged is edit[0]]
            others = [
                (judged, found) for judged, found in known if not edit or judged is not edit[0]
            ]
            self._by_roster[number] = [(roster, made), *first, *others][:ROSTERS_KEPT]
        return made

    def _for_whom(self, number: int) -> tuple[str, ...]:
        if number not in self._people:
            self._people[number] = tuple(
                p.name for p in self.plan.rules[number].people(self.plan.facts)
            )
        return self._people[number]

    def _each(self, number: int, people: Iterable[str], roster: Roster) -> dict[str, Findings]:
        known = {who: self._kept(number, who, roster.timeline(who)) for who in people}
        unknown = [who for who, found in known.items() if found is None]
        if len(unknown) > MANY:
            made: dict[str, list[Finding]] = {}
            for finding in self._asked(self.plan.rules[number], roster):
                made.setdefault(finding.breach.who or "", []).append(finding)
            asked = {who: tuple(made.get(who, ())) for who in unknown}
        else:
            asked = {who: self._alone(number, who, roster) for who in unknown}
        for who, found in asked.items():
            self._keep(number, who, roster.timeline(who), found)
        return {who: asked[who] if found is None else found for who, found in known.items()}

    def team(self, number: int, roster: Roster) -> Findings:
        """Return what rule *number*, which is about several people, finds."""
        found = self.team_if_known(number, roster)
        if found is None:
            found = self._asked(self.plan.rules[number], roster)
            with self._lock:
                self._team.setdefault(number, []).insert(0, (self._equal(roster), found))
                del self._team[number][ROSTERS_KEPT:]
        return found

    def team_if_known(self, number: int, roster: Roster) -> Findings | None:
        """Return what rule *number* was found to say of *roster*, None if it was not asked yet."""
        with self._lock:
            known = self._equal(roster)
            return next(
                (found for judged, found in self._team.get(number, ()) if judged is known), None
            )

    def _equal(self, roster: Roster) -> Roster:
        """Return the equal roster that was judged already, such as the one an undo goes back to."""
        same = next((old for new, old in self._rosters if new is roster), None)
        if same is None:
            same = next((old for _, old in self._rosters if old == roster), roster)
            self._rosters.appendleft((roster, same))
        return same

    def verdict(self, roster: Roster, go_on: Callable[[], bool] = lambda: True) -> Verdict | None:
        """Return every breach of *roster* by rule, or None once *go_on* says no."""
        found = list(self.plan.judge(roster, ()).findings)
        for number, rule in enumerate(self.plan.rules):
            if not go_on():
                return None
            found += self.found(number, roster) if rule.personal else self.team(number, roster)
        return Verdict(tuple(found), self.plan.goals)

    def found(self, number: int, roster: Roster) -> Findings:
        """Return what rule *number* finds."""
        if not self.plan.rules[number].personal:
            return self.team(number, roster)
        return tuple(f for found in self.personal(number, roster).by.values() for f in found)

    def _alone(self, number: int, who: str, roster: Roster) -> Findings:
        rule = self._narrowed.get((number, who))
        if rule is None:
            whole = self.plan.rules[number]
            whom = whole.whom.model_copy(update={"names": (who,)})
            rule = self._narrowed[number, who] = whole.model_copy(update={"whom": whom})
        return self._asked(rule, roster.alone(who))

    def _asked(self, rule: Rule, roster: Roster) -> Findings:
        return tuple(Finding(b, rule.strength, rule.weight) for b in rule.check(roster))

    def _kept(self, number: int, who: str, timeline: Sequence[Assignment]) -> Findings | None:
        for known, found in tuple(self._personal.get((number, who), ())):
            if known is timeline or _same(known, timeline):
                return found
        return None

    def _keep(self, number: int, who: str, timeline: Sequence[Assignment], found: Findings) -> None:
        with self._lock:
            kept = self._personal.setdefault((number, who), [])
            self._personal[number, who] = [(timeline, found), *kept[: PEOPLE_KEPT - 1]]


def _amount(found: Iterable[Findings]) -> int:
    return sum(f.breach.amount for some in found for f in some)


def _same(a: Sequence[Assignment], b: Sequence[Assignment]) -> bool:
    return len(a) == len(b) and all(
        x.day == y.day and x.shift.code == y.shift.code for x, y in zip(a, b, strict=True)
    )
