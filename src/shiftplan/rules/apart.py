"""People who must not work at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, permutations, product
from typing import Any, ClassVar, Literal

from ..errors import nearest
from ..facts import Facts
from ..roster import Assignment, Roster
from .base import Breach, Rule, Several
from .vocabulary import Expr, Vocabulary, all_of, codes_on, ruled_out

BACK = 3
"""Days by which the dates of two shifts on duty at once can differ: the longest shift, the widest
zones.
"""


class Apart(Rule):
    """Count the days on which two of the people named work the same shift, or are on duty at once.

    A day is broken once, however many meet on it. By *hours*, two shifts meet if they share any
    time, whatever their sites, and it counts on the later of their two dates, each in the local
    time of its site; a shift on record counts if the later one is in the horizon.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"who": ["Ana", "Ben"]},
        {"who": ["Ana", "Ben"], "by": "hours"},
        {"who": ["Ana", "Ben", "Cy"]},
        {"who": ["Ana", "Ben", "Cy"], "by": "hours"},
    )

    personal: ClassVar[bool] = False

    kind: Literal["apart"] = "apart"
    who: Several
    """Two people or more."""
    by: Literal["shift", "hours"] = "shift"
    """The same shift on the same date, or any time on duty together."""

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        what = "work the same shift" if self.by == "shift" else "are on duty at the same time"
        names = f"{', '.join(self.who[:-1])} and {self.who[-1]}{self.whom.restriction()}"
        return f"{names} never {what}." if len(self.who) == 2 else f"No two of {names} {what}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield each name nobody has, and fewer than two people left by the filter."""
        names = [p.name for p in facts.people]
        unknown = [name for name in self.who if name not in names]
        for name in unknown:
            yield f"who: nobody is called '{name}'. {nearest(name, names)}".rstrip()
        if not unknown and len(self._named(facts)) < 2:
            yield "for: the filter leaves fewer than two of those named. Loosen it."

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day on which any two shifts that meet are both worked."""
        named = self._named(model.facts)
        for day in self.days_inside(model.facts):
            if self.by == "shift":
                pairs = self._same_shift(model, named, day)
            else:
                pairs = self._same_time(model, named, day)
            both: list[Expr] = []
            for a, b in pairs:
                if not (ruled_out(a) or ruled_out(b)):
                    both.append(all_of((a, b)))
            if both:
                model.at_most_highest(both, most=1)

    def _same_shift(
        self, model: Vocabulary, named: list[str], day: date
    ) -> Iterator[tuple[Expr, Expr]]:
        """Yield each two cells that must not both be worked."""
        for a, b in combinations(named, 2):
            for code in model.facts.codes(a):
                yield model.works(a, day, (code,)), model.works(b, day, (code,))

    def _same_time(
        self, model: Vocabulary, named: list[str], day: date
    ) -> Iterator[tuple[Expr, Expr]]:
        """Yield each two cells, the later on *day*, that must not both be worked."""
        for a, b in permutations(named, 2):
            for earlier in (day - timedelta(days=k) for k in range(BACK + 1)):
                # Two shifts of one date are a pair once, not once from either side.
                if earlier == day and a > b:
                    continue
                for theirs, codes in _meeting(model.facts, a, day, b, earlier).items():
                    yield model.works(a, day, codes), model.works(b, earlier, theirs)

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day."""
        inside = set(self.days_inside(roster.facts))
        broken: set[date] = set()
        for x, y in self._pairs(roster):
            day = max(x.day, y.day)
            if day not in inside or day in broken or not self._meet(x, y):
                continue
            # However many meet on a day, it is broken once.
            broken.add(day)
            text = (
                f"{x.who} works {x.shift.code} and {y.who} {y.shift.code} on {day:%a %d %b}, "
                "not apart."
            )
            yield self.breach(1, text, x.who, day)

    def _pairs(self, roster: Roster) -> Iterator[tuple[Assignment, Assignment]]:
        """Yield every shift of one of those named with every shift of another."""
        for a, b in combinations(self._named(roster.facts), 2):
            yield from product(roster.timeline(a), roster.timeline(b))

    def _meet(self, a: Assignment, b: Assignment) -> bool:
        if self.by == "shift":
            return a.day == b.day and a.shift.code == b.shift.code
        return a.start < b.end and b.start < a.end

    # -- what both read in the plan ----------------------------------------------------------------

    def _named(self, facts: Facts) -> list[str]:
        return [p.name for p in self.people(facts) if p.name in self.who]


def _meeting(
    facts: Facts, a: str, day: date, b: str, earlier: date
) -> Mapping[tuple[str, ...], list[str]]:
    """Return codes of *a* on *day* by the codes of *b* on *earlier* that share their time."""
    meeting: dict[tuple[str, ...], list[str]] = {}
    others = [(code, *facts.span(b, code, earlier)) for code in codes_on(facts, b, earlier)]
    for code in facts.codes(a):
        start, end = facts.span(a, code, day)
        theirs = tuple(other for other, begin, until in others if begin < end and start < until)
        meeting.setdefault(theirs, []).append(code)
    return meeting
