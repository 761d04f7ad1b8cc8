"""People who work at the same time or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any, ClassVar, Literal

from ..errors import nearest
from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule, Several
from .vocabulary import Expr, Vocabulary

REACH = 3
"""Days by which the dates of two shifts on duty at once can differ: the longest shift, the widest
zones.
"""


class Together(Rule):
    """Count the days on which one of the people named works without the others.

    Only those due on the day are looked at. By *shift* they all work the same code or none. By
    *hours* every shift of the day, by the clock of whoever works it, shares some time with a shift
    of each of the others, whatever its date; where it could share time with one on a day nobody
    knows, it is taken to.
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
        return f"On any day {names}{self.whom.words()} {what} or not at all."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each name nobody has, fewer than two people left by the filter, and no shift to
        share.
        """
        names = [p.name for p in facts.people]
        unknown = [name for name in self.who if name not in names]
        for name in unknown:
            yield f"who: nobody is called '{name}'. {nearest(name, names)}".rstrip()
        named = self._named(facts)
        if not unknown and len(named) < 2:
            yield "for: the filter leaves fewer than two of those named. Loosen it."
        elif (
            self.by == "shift"
            and not unknown
            and not set.intersection(*(set(facts.codes(n)) for n in named))
        ):
            yield 'who: there is no shift they all may work. Use by = "hours" or name others.'

    def _named(self, facts: Facts) -> list[str]:
        return [p.name for p in self.people(facts) if p.name in self.who]

    def encode(self, model: Vocabulary) -> None:
        """Charge each day on which anything is worked that is not shared."""
        facts = model.facts
        for day in self.days_inside(facts):
            due = [name for name in self._named(facts) if facts.due(name, day)]
            alone = self._alone_by_shift if self.by == "shift" else self._alone_by_hours
            excesses = list(alone(model, due, day)) if len(due) > 1 else []
            if excesses:
                model.at_most_highest(excesses, most=1)

    def _alone_by_shift(self, model: Vocabulary, due: Sequence[str], day: date) -> Iterator[Expr]:
        """Yield 1 where one works what the next in the circle does not; in a circle of equals
        nobody does.
        """
        for a, b in zip(due, (*due[1:], due[0]), strict=True):
            for code in model.facts.codes(a):
                yield model.works(a, day, (code,)) - model.works(b, day, (code,))

    def _alone_by_hours(self, model: Vocabulary, due: Sequence[str], day: date) -> Iterator[Expr]:
        """Yield 1 where one works and another nothing that shares time with it."""
        facts = model.facts
        for a, b in permutations(due, 2):
            near = [day + timedelta(days=k) for k in range(-REACH, REACH + 1)]
            alike: dict[frozenset[tuple[date, str]], list[str]] = {}
            for code in facts.codes(a):
                start, end = facts.span(a, code, day)
                shares = set()
                for other in near:
                    known = facts.history.cells.get((b, other))
                    for c in facts.codes(b) if other >= facts.first or not known else (known,):
                        s, e = facts.span(b, c, other)
                        if s < end and start < e:
                            shares.add((other, c))
                if not any(
                    d not in facts.known_days and (b, d) not in facts.history.cells
                    for d, _ in shares
                ):
                    alike.setdefault(frozenset(shares), []).append(code)
            for found, codes in alike.items():
                with_b = sum(
                    model.works(b, d, [c for x, c in found if x == d])
                    for d in {d for d, _ in found}
                )
                yield model.works(a, day, codes) - with_b

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day, for the first who works without another."""
        facts = roster.facts
        for day in self.days_inside(facts):
            due = [name for name in self._named(facts) if facts.due(name, day)]
            for a, b in permutations(due, 2):
                code = roster.at(a, day)
                if code and not self._shared(roster, a, code, day, b):
                    text = f"{a} works {code} on {day:%a %d %b}, without {b}."
                    yield self.breach(1, text, a, day)
                    break

    def _shared(self, roster: Roster, who: str, code: str, day: date, other: str) -> bool:
        """Say whether *other* works with *who*, or may on a day nobody knows."""
        if self.by == "shift":
            return roster.at(other, day) == code
        facts = roster.facts
        start, end = facts.span(who, code, day)
        known = {d.day for d in roster.timeline(other)}.union(facts.known_days)
        spans = [(d.start, d.end) for d in roster.timeline(other)]
        for k in range(-REACH, REACH + 1):
            near = day + timedelta(days=k)
            if near not in known:
                spans += [facts.span(other, c, near) for c in facts.codes(other)]
        return any(s < end and start < e for s, e in spans)
