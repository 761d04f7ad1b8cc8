"""One long rest in each week."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, NamedTuple, Self, TypeAlias

from pydantic import Field, model_validator

from ..clock import DAY, day_start, hours
from ..facts import Facts
from ..facts.base import HoursAsMinutes
from ..facts.shifts import LONGEST
from ..roster import Assignment, Roster
from .base import Breach, Rule
from .stretches import day_span
from .vocabulary import Expr, Vocabulary, codes_on, none_of

Shift: TypeAlias = tuple[date, str]
"""A shift of one person, by day and code."""

Blockers: TypeAlias = frozenset[Shift]
"""The shifts that would cut a rest."""


class _Stretch(NamedTuple):
    """Days in which a rest is due, and the instants between which they lie in local time."""

    days: Sequence[date]
    start: int
    end: int


class WeeklyRest(Rule):
    """Count the weeks without one long rest, per person.

    The rest lies between two shifts and inside the week in local time, and is measured in elapsed
    time; it begins no sooner than *preceded_by* after the shift before, on record or not, and what
    of that time lies before the week costs the week nothing. Days nobody knows are free. A week
    that the record alone leaves without such a rest, whatever the days inside, is not charged.
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
        rest = f"{hours(self.hours)} free in one piece"
        return f"Everyone{self.whom.restriction()} has {rest} in {where}{after}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a stretch never wholly on record, and dates without the end of a week."""
        if not self.days:
            yield from self.week_problems(facts)
        elif self.days > len(facts.known_days):
            yield (
                f"days: {self.days} days are not on record by the last day. "
                "Lower it or add history."
            )

    def _stretches(self, facts: Facts, who: str) -> Iterator[_Stretch]:
        """Yield the weeks, or any so many known days, that end where the rule looks."""
        tz, known = facts.tz(who), facts.known_days
        found: Sequence[Sequence[date]] = facts.weeks
        if self.days:
            found = [known[k : k + self.days] for k in range(len(known) - self.days + 1)]
        inside = set(self.days_inside(facts))
        for days in found:
            if days[-1] in inside:
                after = days[-1] + timedelta(days=1)
                yield _Stretch(days, day_start(days[0], tz), day_start(after, tz))

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch in which none of the rests there could be is left free."""
        facts = model.facts
        for person in self.people(facts):
            spans = dict(self._spans(facts, person.name))
            rests = _Rests(model, person.name, self.hours, self.preceded_by, spans)
            for stretch in self._stretches(facts, person.name):
                best = rests.best_in(stretch)
                # The record alone may leave none, whatever the days inside: that is not charged.
                if best:
                    model.at_least(1, sum(rests.free(blockers) for blockers in best), most=1)

    def _spans(self, facts: Facts, who: str) -> Iterator[tuple[Shift, tuple[int, int]]]:
        """Yield when each shift runs that can be worked, or is on record as far back as matters."""
        back = (self.days or 7) + (self.preceded_by + LONGEST) // DAY + 2
        for k in range(-back, len(facts.days)):
            day = facts.first + timedelta(days=k)
            for code in codes_on(facts, who, day):
                yield (day, code), facts.span(who, code, day)

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and stretch."""
        facts = roster.facts
        for person in self.people(facts):
            assignments = roster.timeline(person.name)
            record = [assignment for assignment in assignments if assignment.day < facts.first]
            for stretch in self._stretches(facts, person.name):
                found = self._longest(stretch, assignments)
                if found >= self.hours:
                    continue
                if self._longest(stretch, record) < self.hours:
                    continue  # the record alone leaves no such rest
                free = f"{person.name} has {hours(max(0, found))} free in one piece"
                where = day_span(stretch.days[0], stretch.days[-1])
                text = f"{free} {where}, not {hours(self.hours)}."
                yield self.breach(1, text, person.name, stretch.days[-1])

    def _longest(self, stretch: _Stretch, assignments: Sequence[Assignment]) -> int:
        """Return the minutes of the longest rest inside *stretch*."""
        longest, ready = 0, stretch.start
        for assignment in assignments:
            longest = max(longest, min(assignment.start, stretch.end) - ready)
            ready = max(ready, assignment.end + self.preceded_by)
        return max(longest, stretch.end - ready)


class _Rests:
    """The rests one person could have as the solver sees them, each made once.

    A rest is known by the shifts in its way. One that could be begins with its stretch, or as soon
    as it may after a shift.
    """

    def __init__(
        self,
        model: Vocabulary,
        who: str,
        length: int,
        preceded_by: int,
        spans: Mapping[Shift, tuple[int, int]],
    ) -> None:
        self._model = model
        self._who = who
        self._length = length
        self._preceded_by = preceded_by
        self._spans = spans
        self._ready = sorted({end + preceded_by for _, end in spans.values()})
        self._known: dict[int, Blockers] = {}
        self._free: dict[Blockers, Expr] = {}

    def best_in(self, stretch: _Stretch) -> Sequence[Blockers]:
        """Return the rests in *stretch* that no shift on record cuts, but for those no use beside
        another.
        """
        latest = stretch.end - self._length
        later = self._ready[bisect_right(self._ready, stretch.start) :]
        could_be: dict[Blockers, None] = {}
        for begin in (stretch.start, *later):
            if begin > latest:
                break
            blockers = self._blockers(begin)
            if not any(day < self._model.facts.first for day, _ in blockers):
                could_be[blockers] = None
        # Where fewer of the same shifts are in the way of another rest, that one is free as well.
        return [b for b in could_be if not any(other < b for other in could_be)]

    def _blockers(self, begin: int) -> Blockers:
        """Return the shifts in the way of a rest from *begin*, and of what must precede it."""
        if begin not in self._known:
            start, end = begin - self._preceded_by, begin + self._length
            self._known[begin] = frozenset(
                shift for shift, (a, b) in self._spans.items() if a < end and start < b
            )
        return self._known[begin]

    def free(self, blockers: Blockers) -> Expr:
        """Return 1, at most, and that only if none of *blockers* is worked."""
        if blockers not in self._free:
            codes: dict[date, list[str]] = defaultdict(list)
            for day, code in sorted(blockers):
                codes[day].append(code)
            cells = [self._model.works(self._who, day, codes[day]) for day in codes]
            self._free[blockers] = none_of(self._model, cells)
        return self._free[blockers]
