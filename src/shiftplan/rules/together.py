"""People who work at the same time or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any, ClassVar, Literal

from ..errors import nearest
from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule, Several
from .vocabulary import Expr, Vocabulary, codes_on

REACH = 3
"""Days by which the dates of two shifts on duty at once can differ: the longest shift, the widest
zones.
"""


class Together(Rule):
    """Count the days on which one of the people named works without the others.

    Only those due on the day are looked at. By *shift* they all work the same code or none. By
    *hours* every shift of the day, in the local time of whoever works it, shares some time with a
    shift of each of the others, whatever its date; where it could share time with one on a day
    nobody knows, it is taken to.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"who": ["Ana", "Ben"]},
        {"who": ["Ana", "Ben"], "by": "hours"},
        {"who": ["Ana", "Ben", "Cy"]},
        {"who": ["Ana", "Ben", "Cy"], "by": "hours"},
    )

    personal: ClassVar[bool] = False

    kind: Literal["together"] = "together"
    who: Several
    """Two people or more."""
    by: Literal["shift", "hours"] = "shift"
    """The same shift on the same date, or some time on duty together."""

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        what = "work the same shift" if self.by == "shift" else "are on duty together"
        names = f"{', '.join(self.who[:-1])} and {self.who[-1]}"
        return f"On any day {names}{self.whom.restriction()} {what} or not at all."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each name nobody has, fewer than two people left by the filter, and no shift to
        share.
        """
        names = [p.name for p in facts.people]
        unknown = [name for name in self.who if name not in names]
        for name in unknown:
            yield f"who: nobody is called '{name}'. {nearest(name, names)}".rstrip()
        if unknown:
            return
        named = self._named(facts)
        if len(named) < 2:
            yield "for: the filter leaves fewer than two of those named. Loosen it."
        elif self.by == "shift" and not _shared_codes(facts, named):
            yield 'who: there is no shift they all may work. Use by = "hours" or name others.'

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day on which anything is worked that is not shared."""
        facts = model.facts
        for day in self.days_inside(facts):
            due = self._due(facts, day)
            if len(due) < 2:
                continue
            if self.by == "shift":
                alone = list(self._alone_by_shift(model, due, day))
            else:
                alone = list(self._alone_by_hours(model, due, day))
            if alone:
                model.at_most_highest(alone, most=1)

    def _alone_by_shift(self, model: Vocabulary, due: Sequence[str], day: date) -> Iterator[Expr]:
        """Yield 1 where one works what the next in the circle does not; in a circle of equals
        nobody does.
        """
        for a, b in zip(due, (*due[1:], due[0]), strict=True):
            for code in model.facts.codes(a):
                yield model.works(a, day, (code,)) - model.works(b, day, (code,))

    def _alone_by_hours(self, model: Vocabulary, due: Sequence[str], day: date) -> Iterator[Expr]:
        """Yield 1 where one works and another nothing that shares time with it."""
        for a, b in permutations(due, 2):
            for shared, codes in _codes_alike(model.facts, a, day, b).items():
                with_b = sum(model.works(b, other, theirs) for other, theirs in _by_day(shared))
                yield model.works(a, day, codes) - with_b

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day, for the first who works without another."""
        for day in self.days_inside(roster.facts):
            alone = self._alone(roster, day)
            if alone is not None:
                a, b = alone
                text = f"{a} works {roster.at(a, day)} on {day:%a %d %b}, without {b}."
                yield self.breach(1, text, a, day)

    def _alone(self, roster: Roster, day: date) -> tuple[str, str] | None:
        """Return the first who works on *day* without another, and that other."""
        for a, b in permutations(self._due(roster.facts, day), 2):
            code = roster.at(a, day)
            if code and not self._shared(roster, a, code, day, b):
                return a, b
        return None

    def _shared(self, roster: Roster, who: str, code: str, day: date, other: str) -> bool:
        """Say whether *other* works with *who*, or may on a day nobody knows."""
        if self.by == "shift":
            return roster.at(other, day) == code
        start, end = roster.facts.span(who, code, day)
        return any(begin < end and start < until for begin, until in _spans(roster, other, day))

    # -- what both read in the plan ----------------------------------------------------------------

    def _named(self, facts: Facts) -> list[str]:
        return [p.name for p in self.people(facts) if p.name in self.who]

    def _due(self, facts: Facts, day: date) -> list[str]:
        """Return who of those named is looked at on *day*."""
        return [name for name in self._named(facts) if facts.due(name, day)]


def _shared_codes(facts: Facts, names: Sequence[str]) -> set[str]:
    """Return the shifts that all of *names* may work."""
    return set.intersection(*(set(facts.codes(name)) for name in names))


# -- for the solver --------------------------------------------------------------------------------


def _codes_alike(
    facts: Facts, a: str, day: date, b: str
) -> Mapping[frozenset[tuple[date, str]], list[str]]:
    """Return codes of *a* on *day* by the shifts of *b*, by day and code, that share their time.

    A code is left out if it could share time with a shift on a day nobody knows: it is taken to.
    """
    alike: dict[frozenset[tuple[date, str]], list[str]] = {}
    for code in facts.codes(a):
        shared = frozenset(_sharing(facts, facts.span(a, code, day), day, b))
        if not any(_unknown(facts, b, other) for other, _ in shared):
            alike.setdefault(shared, []).append(code)
    return alike


def _sharing(
    facts: Facts, span: tuple[int, int], day: date, who: str
) -> Iterator[tuple[date, str]]:
    """Yield the shifts of *who*, on *day* or near it, that share time with *span*."""
    start, end = span
    for near in (day + timedelta(days=k) for k in range(-REACH, REACH + 1)):
        codes = facts.codes(who) if _unknown(facts, who, near) else codes_on(facts, who, near)
        for code in codes:
            begin, until = facts.span(who, code, near)
            if begin < end and start < until:
                yield near, code


def _unknown(facts: Facts, who: str, day: date) -> bool:
    """Say whether nobody knows what *who* does on *day*: it is in neither record nor horizon."""
    known = facts.known_days[0] <= day <= facts.last
    return not known and (who, day) not in facts.history.cells


def _by_day(shifts: Collection[tuple[date, str]]) -> Iterator[tuple[date, list[str]]]:
    """Yield each day of *shifts* with its codes."""
    for day in {day for day, _ in shifts}:
        yield day, [code for other, code in shifts if other == day]


# -- for the checker -------------------------------------------------------------------------------


def _spans(roster: Roster, who: str, day: date) -> Iterator[tuple[int, int]]:
    """Yield when *who* is on duty, and could be on days near *day* that nobody knows."""
    facts = roster.facts
    timeline = roster.timeline(who)
    for assignment in timeline:
        yield assignment.start, assignment.end
    known = {assignment.day for assignment in timeline}.union(facts.known_days)
    for near in (day + timedelta(days=k) for k in range(-REACH, REACH + 1)):
        if near not in known:
            for code in facts.codes(who):
                yield facts.span(who, code, near)
