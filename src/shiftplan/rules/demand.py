"""Staff on duty against the demand of the queues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from ..clock import SLOT, from_to, hours
from ..errors import count
from ..facts import Facts, Need, Person
from ..roster import Roster
from ..roster.coverage import Interval, intervals
from .base import Breach, Fact, Rule, WorkLimits
from .crews.most import most_on_duty, most_work, reaching_in
from .crews.queues import Queues, charge_missing, charge_surplus, clusters, crews_by_queues
from .crews.stretches import Stretch, joined
from .vocabulary import Expr, SiteShift, Vocabulary

Alike: TypeAlias = tuple[frozenset[SiteShift], tuple[tuple[str, Need], ...]]
"""The shifts that could be on duty in a slot, and what each queue needs then."""


@dataclass(frozen=True)
class Level:
    """One level of demand: its name, its weight, and by how many a queue misses it."""

    name: str
    weight: int
    missed_by: Callable[[Interval], int]


class Demand(Rule):
    """Count the person-minutes missing below minimum and target, and those above the maximum.

    Each is weighed by its own number; at 0 it does not count. Nobody serves two queues at once. The
    maximum counts only in the quarter hours in which every curve of the queue gives one: where one
    curve has no line, or a line without a maximum, more staff are always welcome.

    The last week is taken to repeat itself from the first moment at which a shift of the day after
    the horizon could be on duty at any site to the end of the last shift that can start on its last
    day, so that the last evening of one site is not left empty because another site's morning is
    not planned yet. It begins with the first moment at which a shift of the first day could be on
    duty or, where it is not on record who worked on the day before, when all shifts of that day
    must be over: coverage says what nobody can judge before that.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"minimum": 1, "target": 0},
        {"minimum": 0, "target": 0, "maximum": 2},
        {"minimum": 5, "target": 2, "maximum": 1},
    )

    personal: ClassVar[bool] = False

    facts_read: ClassVar[frozenset[str]] = frozenset({"curves"})

    kind: Literal["demand"] = "demand"
    minimum: int = Field(default=10, ge=0, le=1000)
    target: int = Field(default=1, ge=0, le=1000)
    maximum: int = Field(default=0, ge=0, le=1000)

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if not (self.minimum or self.target or self.maximum):
            raise ValueError("at least one of minimum, target and maximum must weigh something")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        levels = {"minimum": self.minimum, "target": self.target, "maximum": self.maximum}
        weights = " and ".join(
            f"{name} (weight {weight})" for name, weight in levels.items() if weight
        )
        return (
            "Every queue has its staff in every quarter hour, nobody serving two at once: "
            f"{weights}."
        )

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether a level of demand weighs anything."""
        weights = {"minimum": self.minimum, "target": self.target, "maximum": self.maximum}
        return super().reads(facts, fact) and weights[fact.key] > 0

    # -- what is wrong with it, or cannot be met ---------------------------------------------------

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield demand nobody can serve."""
        if not facts.curves:
            yield "kind: the plan has no [[demand]]. Add one, or delete the rule."
        if self._counts_maximums_only() and _gives_no_maximum(facts):
            yield (
                "maximum: no line of [[demand]] gives one. "
                "Add it, or give minimum or target a weight."
            )
        if self._names_people():
            yield "for: demand counts everyone with the queue's skill. Delete all but the dates."
        for queue, skill in facts.queues.items():
            if not _able(facts, skill):
                yield (
                    f"kind: nobody has the skill '{skill}' that queue '{queue}' requires. "
                    "Give it to somebody."
                )

    def _counts_maximums_only(self) -> bool:
        return not (self.minimum or self.target)

    def _names_people(self) -> bool:
        whom = self.whom
        return bool(whom.site or whom.skill or whom.level or whom.contract or whom.names)

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield stretches no shifts can fill, and minimums above all the hours there are."""
        if self.minimum and facts.curves:
            for queue, skill in sorted(facts.queues.items()):
                yield from self._beyond_any_shift(facts, queue, skill, limits)
            yield from self._beyond_all_hours(facts, limits)

    def _beyond_any_shift(
        self, facts: Facts, queue: str, skill: str, limits: WorkLimits
    ) -> Iterator[str]:
        """Yield the stretches in which fewer than the minimum could be on duty at all."""
        most = most_on_duty(facts, _able(facts, skill), limits)

        def shortage(t: int) -> tuple[int, int]:
            """Return how many are needed where they cannot be there, and how many could be."""
            minimum = facts.needs[t][queue].minimum
            return (minimum if most[t] < minimum else 0), most[t]

        slots = self._slots(facts, facts.window.start, facts.window.end)
        for (needed, could), stretch in groupby(slots, shortage):
            if not needed:
                continue
            times = list(stretch)
            staff = count(needed, "person", "people")
            span = from_to(times[0], times[-1] + SLOT)
            reason = "no shift reaches it"
            if could:
                reason = f"only {could} with '{skill}' could be on duty"
            yield f"{queue} needs {staff} {span}, but {reason}."

    def _beyond_all_hours(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield that the minimums add up to more than everyone with the skills can work."""
        wanted = self._minutes_of_minimums(facts)
        given = reaching_in(facts) + most_work(facts, set(facts.queues.values()), limits)
        if wanted > given:
            yield (
                f"The minimums of the queues require {hours(wanted)} of work in the period, but "
                f"everyone with the skills can give {hours(given)} at most."
            )

    def _minutes_of_minimums(self, facts: Facts) -> int:
        slots = self._slots(facts, facts.window.start, facts.window.end)
        return sum(SLOT * need.minimum for t in slots for need in facts.needs[t].values())

    def least_duty(self, facts: Facts) -> int:
        """Return the minutes of the minimums that shifts on record do not serve."""
        if not self.minimum or not facts.curves:
            return 0
        return self._minutes_of_minimums(facts) - reaching_in(facts)

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge every level by the set of queues that lacks most.

        For people who serve one queue each, what no allocation can fill is the most by which, over
        all sets of queues, the need of a set exceeds the people able to serve any queue in it
        (max-flow min-cut). Filling minimums first costs the targets nothing, so each level stands
        alone.
        """
        crews = crews_by_queues(model.facts)
        linked = clusters(model.facts.queues, crews)
        for (shifts, needs), minutes in self._alike(model).items():
            staff = {able: crew.working(model, shifts) for able, crew in crews.items()}
            for cluster in linked:
                in_cluster = {queue: need for queue, need in needs if queue in cluster}
                self._charge(model, in_cluster, staff, minutes)

    def _alike(self, model: Vocabulary) -> Counter[Alike]:
        """Return the minutes of slots with the same shifts and needs, decided at once."""
        facts = model.facts
        alike: Counter[Alike] = Counter()
        for t in self._slots(facts, facts.window.start, facts.window.tail):
            needs = tuple(sorted(facts.needs[t].items()))
            alike[model.covering[t], needs] += SLOT
        return alike

    def _charge(
        self,
        model: Vocabulary,
        needs: Mapping[str, Need],
        staff: Mapping[Queues, Expr],
        minutes: int,
    ) -> None:
        """Charge the queues of one cluster, level by level, over so many *minutes*."""
        if self.minimum:
            minimums = {queue: need.minimum for queue, need in needs.items()}
            charge_missing(model, minimums, staff, self.minimum * minutes)
        if self.target:
            targets = {queue: need.target for queue, need in needs.items()}
            charge_missing(model, targets, staff, self.target * minutes)
        if self.maximum:
            charge_surplus(model, needs, staff, self.maximum * minutes)

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per queue, level and stretch in which as many are missing."""
        facts = roster.facts
        if not facts.curves:
            return
        window = self._by_queue(facts, intervals(roster))
        tail = self._by_queue(facts, intervals(roster, tail=True))
        for queue in sorted(facts.queues):
            for level in self._levels():
                yield from self._breaches(facts, window[queue], level)
                yield from self._breaches(facts, tail[queue], level, ", if the last week repeats")

    def _by_queue(
        self, facts: Facts, found: Iterable[Interval]
    ) -> Mapping[str, Sequence[Interval]]:
        """Return the intervals that count, in order, for each queue."""
        slots = self._slots(facts, facts.window.start, facts.window.tail)
        lines: dict[str, list[Interval]] = {queue: [] for queue in facts.queues}
        for interval in found:
            if interval.start in slots:
                lines[interval.queue].append(interval)
        return lines

    def _levels(self) -> Iterator[Level]:
        """Yield the levels that count."""
        if self.minimum:
            yield Level("below the minimum", self.minimum, _below_minimum)
        if self.target:
            yield Level("below the target", self.target, _below_target)
        if self.maximum:
            yield Level("above the maximum", self.maximum, _above_maximum)

    def _breaches(
        self, facts: Facts, line: Sequence[Interval], level: Level, condition: str = ""
    ) -> Iterator[Breach]:
        """Yield one breach for each stretch of *line*, of one queue, that misses *level* alike."""
        pieces = (Stretch(level.missed_by(i), i.start, i.end) for i in line)
        for stretch in joined(pieces):
            staff = count(stretch.people, "person", "people")
            text = f"{line[0].queue} is {staff} {level.name} {stretch.span}{condition}."
            day = stretch.day(facts, facts.site(facts.team.home).timezone)
            yield self.breach(stretch.minutes * level.weight, text, day=day)

    # -- what both read in the plan ----------------------------------------------------------------

    def _slots(self, facts: Facts, start: int, end: int) -> range:
        """Return the slots from *start* to *end* that count, by the date in the team's zone."""
        home = facts.site(facts.team.home).timezone
        return range(*self.whom.clip(start, end, home), SLOT)


def _able(facts: Facts, skill: str) -> list[Person]:
    return [p for p in facts.people if skill in p.skills]


def _gives_no_maximum(facts: Facts) -> bool:
    rows = [row for curve in facts.curves for row in curve.rows]
    return bool(rows) and all(row.maximum is None for row in rows)


def _below_minimum(interval: Interval) -> int:
    return interval.minimum - interval.staffed


def _below_target(interval: Interval) -> int:
    return interval.target - interval.staffed


def _above_maximum(interval: Interval) -> int:
    # Without a maximum more is always welcome.
    return 0 if interval.maximum is None else interval.staffed - interval.maximum
