"""Judge roster after roster of one plan, and look again only at what an edit can have changed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from ..plan import Finding, Plan, Verdict
from ..roster import Assignment, Roster
from ..rules import Rule

Findings = tuple[Finding, ...]
Found = TypeVar("Found")

PEOPLE_KEPT = 4
"""Timelines of one person for which findings are kept: an edit, its undo, what was previewed."""
ROSTERS_KEPT = 6
"""Rosters for which the findings of a rule about several people are kept."""
MANY = 20
"""From so many people on, a rule is asked about all of them at once."""


@dataclass(frozen=True)
class Personal:
    """What a rule that judges each person alone finds, by person, and how much that is."""

    by: Mapping[str, Findings]
    amount: int

    def replaced(self, fresh: Mapping[str, Findings]) -> Personal:
        """Return a copy with what was found for some people replaced."""
        before = _amount(self.by[who] for who in fresh)
        after = _amount(fresh.values())
        return Personal({**self.by, **fresh}, self.amount - before + after)


@dataclass(frozen=True)
class Edit:
    """*after* differs from *before* for the people *who* alone."""

    before: Roster
    after: Roster
    who: frozenset[str]


class Judge:
    """Finds every breach of a roster, by the rules' own checkers.

    A rule that judges each person alone depends on that person's assignments alone (every rule is
    tested for it), so it is asked again about those whose assignments differ. Rules about
    several people are asked anew for every roster. Safe to use from several threads.
    """

    def __init__(self, plan: Plan, before: Judge | None = None) -> None:
        """Judge by *plan*; what *before* found by equal rules over the same facts is taken over."""
        self.plan: Plan = plan
        self._people: dict[int, tuple[str, ...]] = {}
        """Whom each rule applies to, by its number."""
        self._found_for: dict[tuple[int, str], list[tuple[Sequence[Assignment], Findings]]] = {}
        """What a rule found for one person, by the assignments they had."""
        self._by_roster: dict[int, list[tuple[Roster, Personal]]] = {}
        self._team: dict[int, list[tuple[Roster, Findings]]] = {}
        self._narrowed: dict[tuple[int, str], Rule] = {}
        """Rules as they are for one person alone."""
        self._rosters: deque[tuple[Roster, Roster]] = deque(maxlen=2 * ROSTERS_KEPT)
        """Rosters, each with the equal one that was judged first."""
        self._edits: deque[Edit] = deque(maxlen=ROSTERS_KEPT)
        self._lock = threading.Lock()
        if before is not None and before.plan.facts is plan.facts:
            self._take_over(before)

    def _take_over(self, before: Judge) -> None:
        """Know what *before* knew of each rule that is the same; its number may be another."""
        left = dict(enumerate(self.plan.rules))
        for old_number, old in enumerate(before.plan.rules):
            number = next((k for k, rule in left.items() if rule == old), None)
            if number is None:
                continue
            del left[number]
            with before._lock:
                for (of, who), kept in before._found_for.items():
                    if of == old_number:
                        self._found_for[number, who] = list(kept)
                self._team[number] = list(before._team.get(old_number, ()))
        with before._lock:
            self._rosters.extend(before._rosters)

    def edited(self, before: Roster, after: Roster, who: Iterable[str]) -> None:
        """Take note that *after* differs from *before* for the people *who* alone."""
        with self._lock:
            self._edits.appendleft(Edit(before, after, frozenset(who)))

    def personal(self, number: int, roster: Roster) -> Personal:
        """Return what rule *number*, which judges each person alone, finds."""
        with self._lock:
            known = tuple(self._by_roster.get(number, ()))
            edit = next((e for e in self._edits if e.after is roster), None)
        found = _of(roster, known)
        if found is not None:
            return found
        people = self._applies_to(number)
        base = _of(edit.before, known) if edit is not None else None
        if edit is not None and base is not None:
            touched = [who for who in people if who in edit.who]
            made = base.replaced(self._each(number, touched, roster))
        else:
            by = self._each(number, people, roster)
            made = Personal(by, _amount(by.values()))
        self._keep_for_roster(number, (roster, made), known, edit)
        return made

    def _keep_for_roster(
        self,
        number: int,
        made: tuple[Roster, Personal],
        known: Sequence[tuple[Roster, Personal]],
        edit: Edit | None,
    ) -> None:
        """Keep what was *made*, and of what was *known* as much as there is room for."""
        edited, others = [], []
        for entry in known:
            # The roster edited stays, however many edits of it are only tried.
            if edit is not None and entry[0] is edit.before:
                edited.append(entry)
            else:
                others.append(entry)
        with self._lock:
            self._by_roster[number] = [made, *edited, *others][:ROSTERS_KEPT]

    def _applies_to(self, number: int) -> tuple[str, ...]:
        if number not in self._people:
            people = self.plan.rules[number].people(self.plan.facts)
            self._people[number] = tuple(p.name for p in people)
        return self._people[number]

    def _each(self, number: int, people: Iterable[str], roster: Roster) -> dict[str, Findings]:
        """Return what a rule finds for each of *people*, asking it about those unknown alone."""
        found: dict[str, Findings] = {}
        unknown = []
        for who in people:
            known = self._remembered(number, who, roster.timeline(who))
            # Whoever is unknown has a place already: people stay in their order.
            found[who] = () if known is None else known
            if known is None:
                unknown.append(who)
        fresh = self._found_anew(number, unknown, roster)
        for who, findings in fresh.items():
            self._remember(number, who, roster.timeline(who), findings)
        return {**found, **fresh}

    def _found_anew(
        self, number: int, people: Sequence[str], roster: Roster
    ) -> Mapping[str, Findings]:
        """Ask a rule about *people*, one by one if they are few."""
        if len(people) <= MANY:
            return {who: self._alone(number, who, roster) for who in people}
        by: dict[str, list[Finding]] = {}
        for finding in self.plan.findings_of(self.plan.rules[number], roster):
            by.setdefault(finding.breach.who or "", []).append(finding)
        return {who: tuple(by.get(who, ())) for who in people}

    def team(self, number: int, roster: Roster) -> Findings:
        """Return what rule *number*, which is about several people, finds."""
        found = self.team_if_known(number, roster)
        if found is None:
            found = self.plan.findings_of(self.plan.rules[number], roster)
            with self._lock:
                self._team.setdefault(number, []).insert(0, (self._equal(roster), found))
                del self._team[number][ROSTERS_KEPT:]
        return found

    def team_if_known(self, number: int, roster: Roster) -> Findings | None:
        """Return what rule *number* was found to say of *roster*, None if it was not asked yet."""
        with self._lock:
            return _of(self._equal(roster), self._team.get(number, ()))

    def _equal(self, roster: Roster) -> Roster:
        """Return the equal roster that was judged already, such as the one an undo goes back to."""
        same = next((old for new, old in self._rosters if new is roster), None)
        if same is None:
            same = next((old for _, old in self._rosters if old == roster), roster)
            self._rosters.appendleft((roster, same))
        return same

    def verdict(self, roster: Roster, go_on: Callable[[], bool] = lambda: True) -> Verdict | None:
        """Return every breach of *roster* by rule, or None once *go_on* says no."""
        found = list(self.plan.built_in_findings(roster))
        for number in range(len(self.plan.rules)):
            if not go_on():
                return None
            found += self.found(number, roster)
        return Verdict(tuple(found), self.plan.goals)

    def found(self, number: int, roster: Roster) -> Findings:
        """Return what rule *number* finds."""
        if not self.plan.rules[number].personal:
            return self.team(number, roster)
        return tuple(chain.from_iterable(self.personal(number, roster).by.values()))

    def _alone(self, number: int, who: str, roster: Roster) -> Findings:
        rule = self._narrowed.get((number, who))
        if rule is None:
            whole = self.plan.rules[number]
            whom = whole.whom.model_copy(update={"names": (who,)})
            rule = self._narrowed[number, who] = whole.model_copy(update={"whom": whom})
        return self.plan.findings_of(rule, roster.alone(who))

    def _remembered(self, number: int, who: str, timeline: Sequence[Assignment]) -> Findings | None:
        for known, found in tuple(self._found_for.get((number, who), ())):
            if known is timeline or _same(known, timeline):
                return found
        return None

    def _remember(
        self, number: int, who: str, timeline: Sequence[Assignment], found: Findings
    ) -> None:
        with self._lock:
            kept = self._found_for.setdefault((number, who), [])
            self._found_for[number, who] = [(timeline, found), *kept[: PEOPLE_KEPT - 1]]


def _amount(found: Iterable[Findings]) -> int:
    return sum(finding.breach.amount for finding in chain.from_iterable(found))


def _of(roster: Roster, known: Iterable[tuple[Roster, Found]]) -> Found | None:
    """Return what is *known* of this very roster, None if nothing is."""
    return next((found for judged, found in known if judged is roster), None)


def _same(a: Sequence[Assignment], b: Sequence[Assignment]) -> bool:
    return len(a) == len(b) and all(
        x.day == y.day and x.shift.code == y.shift.code for x, y in zip(a, b, strict=True)
    )
