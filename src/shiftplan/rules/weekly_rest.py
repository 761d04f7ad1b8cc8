"""One long rest in each week."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from ..clock import DAY, day_start, hours
from ..facts import Facts
from ..facts.base import HoursAsMinutes
from ..facts.shifts import LONGEST
from ..roster import Assignment, Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary

Blockers = frozenset[tuple[date, str]]
"""The shifts, by day and code, that would cut a rest."""


class _Stretch(NamedTuple):
    """Days in which a rest is due, and the instants between which they lie by the person's clock."""

    days: Sequence[date]
    start: int
    end: int


class WeeklyRest(Rule):
    """Count the weeks without one long rest, per person.

    The rest lies between two shifts and inside the week by the person's own clock, in elapsed time;
    it begins no sooner than *preceded_by* after the shift before, on record or not, and what of
    that time lies before the week costs the week nothing. Days nobody knows are free. A week that
    the record alone leaves without such a rest, whatever the days inside, is not charged.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 24, "preceded_by": 11},
        {"hours": 36},
        {"hours": "30h", "days": 7},
        {"hours": 35, "days": 4, "preceded_by": 11, "for": {"site": ["North"]}},
        {"hours": "63h30", "preceded_by": "4h"},
    )

    kind: Literal["weekly-rest"] = "weekly-rest"
    hours: HoursAsMinutes = Field(default=24 * 60, gt=0, lt=28 * DAY)
    preceded_by: HoursAsMinutes = Field(default=0, ge=0, le=72 * 60)
    """Rest that comes first and does not count."""
    per: Literal["week"] | None = None
    """A week if neither this nor *days* is given."""
    days: int | None = Field(default=None, ge=2, le=28)
    """Any so many consecutive days, all on record or in the horizon."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.per and self.days:
            raise ValueError("give per or days, not both")
        length = self.days or 7
        if self.hours >= length * DAY:
            raise ValueError(f"hours {hours(self.hours)} leave no time to work in {length} days")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        where = f"any {self.days} consecutive days" if self.days else "each week"
        after = f", after {hours(self.preceded_by)} of rest" if self.preceded_by else ""
        return f"Everyone{self.whom.words()} has {hours(self.hours)} free in one piece in {where}{after}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a stretch never wholly on record, and dates without the end of a week."""
        if not self.days:
            yield from self.week_problems(facts)
        if self.days and self.days > len(facts.known_days):
            yield f"days: {self.days} days are not on record by the last day. Lower it or add history."

    def _stretches(self, facts: Facts, who: str) -> Iterator[_Stretch]:
        tz, known = facts.tz(who), facts.known_days
        found: Sequence[Sequence[date]] = facts.weeks
        if self.days:
            found = [known[k : k + self.days] for k in range(len(known) - self.days + 1)]
        inside = set(self.days_inside(facts))
        for days in found:
            if days[-1] in inside:
                after = days[-1] + timedelta(days=1)
                yield _Stretch(days, day_start(days[0], tz), day_start(after, tz))

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch in which none of the rests there could be is left free.

        A rest that could be begins with the stretch, or as soon as it may after a shift.
        """
        facts = model.facts
        for p in self.people(facts):
            spans = dict(self._spans(facts, p.name))
            ready = sorted({end + self.preceded_by for _, end in spans.values()})
            blockers: dict[int, Blockers] = {}
            free: dict[Blockers, Expr] = {}
            for stretch in self._stretches(facts, p.name):
                latest = stretch.end - self.hours
                could_be: set[Blockers] = set()
                for begin in (stretch.start, *ready[bisect_right(ready, stretch.start) :]):
                    if begin > latest:
                        break
                    if begin not in blockers:
                        blockers[begin] = self._blockers(spans, begin)
                    could_be.add(blockers[begin])
                could_be = {b for b in could_be if not any(day < facts.first for day, _ in b)}
                if not could_be:
                    continue
                best = [b for b in could_be if not any(other < b for other in could_be)]
                for b in best:
                    if b not in free:
                        free[b] = self._free(model, p.name, b)
                model.at_least(1, sum(free[b] for b in best), most=1)

    def _spans(self, facts: Facts, who: str) -> Iterator[tuple[tuple[date, str], tuple[int, int]]]:
        """Yield when each shift runs that is on record, as far back as matters, or could be worked."""
        back = (self.days or 7) + (self.preceded_by + LONGEST) // DAY + 2
        for k in range(-back, len(facts.days)):
            day = facts.first + timedelta(days=k)
            known = facts.history.cells.get((who, day))
            for code in facts.codes(who) if k >= 0 else [known] if known else []:
                yield (day, code), facts.span(who, code, day)

    def _blockers(self, spans: Mapping[tuple[date, str], tuple[int, int]], begin: int) -> Blockers:
        """Return the shifts in the way of a rest from *begin*, and of what must precede it."""
        start, end = begin - self.preceded_by, begin + self.hours
        return frozenset(shift for shift, (a, b) in spans.items() if a < end and start < b)

    def _free(self, model: Vocabulary, who: str, blockers: Blockers) -> Expr:
        """Return 1, at most, if none of *blockers* is worked."""
        codes: dict[date, list[str]] = defaultdict(list)
        for day, code in blockers:
            codes[day].append(code)
        cells = [model.works(who, day, codes[day]) for day in sorted(codes)]
        if any(isinstance(w, int) and w for w in cells):
            return 0
        choices = [w for w in cells if not isinstance(w, int)]
        if len(choices) < 2:
            return 1 - sum(choices)
        free = model.number(0, 1)
        model.require(*(free + w <= 1 for w in choices))
        return free

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and stretch."""
        facts = roster.facts
        for p in self.people(facts):
            duties = roster.timeline(p.name)
            record = [d for d in duties if d.day < facts.first]
            for stretch in self._stretches(facts, p.name):
                found = self._longest(stretch, duties)
                if found < self.hours <= self._longest(stretch, record):
                    where = f"{stretch.days[0]:%a %d %b} to {stretch.days[-1]:%a %d %b}"
                    text = (
                        f"{p.name} has {hours(max(0, found))} free in one piece from {where}, "
                        f"not {hours(self.hours)}."
                    )
                    yield self.breach(1, text, p.name, stretch.days[-1])

    def _longest(self, stretch: _Stretch, duties: Sequence[Assignment]) -> int:
        """Return the minutes of the longest rest inside *stretch*."""
        longest, ready = 0, stretch.start
        for duty in duties:
            longest = max(longest, min(duty.start, stretch.end) - ready)
            ready = max(ready, duty.end + self.preceded_by)
        return max(longest, stretch.end - ready)
