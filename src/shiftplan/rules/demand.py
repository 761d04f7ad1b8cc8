"""Heads on duty against the demand of the queues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations, groupby
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import SLOT, from_instant, hours, to_local
from ..facts import Facts, Need
from ..roster import Roster
from ..roster.coverage import Interval, intervals, reach
from .base import Breach, MostDays, Rule
from .vocabulary import Expr, Vocabulary

Crew = tuple[str, ...]


class Demand(Rule):
    """Count the person-minutes missing below the minimum and the target, and those above the
    maximum.

    Each is weighed by its own number; at 0 it does not count. A head serves one queue at a time.
    Where the next roster has its first shifts, after the window, the last week is taken to repeat
    itself: so the last evening of one site is not left empty because another site's morning is not
    planned yet.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"minimum": 1, "target": 0},
        {"minimum": 0, "target": 0, "maximum": 2},
        {"minimum": 5, "target": 2, "maximum": 1},
    )

    personal: ClassVar[bool] = False

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
        words = " and ".join(f"{name} ({weight})" for name, weight in levels.items() if weight)
        return (
            f"Every queue has its heads in every quarter hour, none serving two at once: {words}."
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield demand nobody can serve."""
        if not facts.curves:
            yield "kind: the plan has no [[demand]]. Add one, or delete the rule."
        rows = [row for curve in facts.curves for row in curve.rows]
        if rows and not (self.minimum or self.target) and all(row.maximum is None for row in rows):
            yield "maximum: no line of [[demand]] gives one. Add it, or give minimum or target a weight."
        if (
            self.whom.site
            or self.whom.skill
            or self.whom.level
            or self.whom.contract
            or self.whom.names
        ):
            yield "for: demand counts everyone with the queue's skill. Delete all but the dates."
        for queue, skill in facts.queues.items():
            if not any(skill in p.skills for p in facts.people):
                yield f"kind: nobody has the skill '{skill}' that queue '{queue}' needs. Give it to somebody."

    def _slots(self, facts: Facts, start: int, end: int) -> range:
        """Return the slots from *start* to *end* that count, by the date at the team's home."""
        return range(*self.whom.clip(start, end, facts.site(facts.team.home).timezone), SLOT)

    def out_of_reach(self, facts: Facts, most_days: MostDays) -> Iterator[str]:
        """Yield stretches no shifts can fill, and minimums above all the hours there are."""
        if not self.minimum or not facts.curves:
            return
        slots = self._slots(facts, facts.window.start, facts.window.end)
        for queue, skill in sorted(facts.queues.items()):
            able = [p for p in facts.people if skill in p.skills]
            heads = reach(facts, able, lambda who, day: most_days(who, (day,)) > 0)
            short = {t: n for t in slots if heads[t] < (n := facts.needs[t][queue].minimum)}
            for (minimum, most), stretch in groupby(slots, lambda t: (short.get(t, 0), heads[t])):  # noqa: B023
                times = list(stretch)
                if minimum:
                    who = (
                        f"only {most} with '{skill}' could be on duty"
                        if most
                        else "no shift reaches it"
                    )
                    yield (
                        f"{queue} needs {minimum} from {from_instant(times[0]):%a %d %b %H:%M} to "
                        f"{from_instant(times[-1] + SLOT):%H:%M} UTC, but {who}."
                    )
        wanted = sum(n.minimum for t in slots for n in facts.needs[t].values()) * SLOT
        reaching = (
            facts.span(who, code, day)[1] - facts.window.start
            for (who, day), code in facts.history.cells.items()
            if facts.has_person(who) and facts.first - timedelta(days=4) <= day < facts.first
        )
        given = sum(max(0, minutes) for minutes in reaching)
        for p in facts.people:
            if codes := facts.codes(p.name) if set(facts.queues.values()) & set(p.skills) else ():
                longest = max(facts.shift(c).length for c in codes)
                given += longest * sum(most_days(p.name, week) for week in facts.weeks)
        if wanted > given:
            yield (
                f"The queues' minimums ask for {hours(wanted)} of duty in the period, but everyone with the "
                f"skills can give {hours(given)} at most."
            )

    def encode(self, model: Vocabulary) -> None:
        """Charge every level by the set of queues that lacks most.

        For heads that serve one queue each, what no allocation can fill is the most by which, over
        all sets of queues, the need of a set exceeds the heads able to serve any queue in it
        (max-flow min-cut). Filling minimums first costs the targets nothing, so each level stands
        alone.
        """
        facts = model.facts
        alike: dict[tuple[frozenset[tuple[str, Any, str]], tuple[tuple[str, Need], ...]], int]
        alike = defaultdict(int)
        for t in self._slots(facts, facts.window.start, facts.window.tail):
            alike[model.covering[t], tuple(sorted(facts.needs[t].items()))] += SLOT
        crews = _crews(facts)
        clusters = _clusters(facts.queues, crews)
        for (shifts, wanted), minutes in alike.items():
            needs = dict(wanted)
            by_site = defaultdict(list)
            for site, day, code in shifts:
                by_site[site].append((day, code))
            on: dict[frozenset[str], Expr] = {}
            for (site, able), crew in crews.items():
                heads = sum(
                    model.headcount(fit, day, code)
                    for day, code in by_site[site]
                    if (
                        fit := tuple(w for w in crew if day < facts.first or code in facts.codes(w))
                    )
                )
                on[able] = on.get(able, 0) + heads
            for cluster in clusters:
                self._charge(model, {q: needs[q] for q in cluster}, on, minutes)

    def _charge(
        self,
        model: Vocabulary,
        needs: Mapping[str, Need],
        on: Mapping[frozenset[str], Expr],
        minutes: int,
    ) -> None:
        sets = [
            frozenset(c) for k in range(1, len(needs) + 1) for c in combinations(sorted(needs), k)
        ]
        crews = [able for able in on if able & needs.keys()]
        for weight, of in ((self.minimum, 0), (self.target, 1)):
            wanted = {q: need[of] or 0 for q, need in needs.items()}
            if weight and any(wanted.values()):
                short = [
                    sum(wanted[q] for q in some) - sum(on[able] for able in crews if able & some)
                    for some in sets
                    if all(wanted[q] for q in some)
                ]
                model.at_most_highest(short, each=weight * minutes, most=sum(wanted.values()))
        if self.maximum:
            over = [
                sum(on[able] for able in crews if able <= some)
                - sum(needs[q].maximum or 0 for q in some)
                for some in sets
                if all(needs[q].maximum is not None for q in some)
            ]
            if over:
                model.at_most_highest(
                    over, each=self.maximum * minutes, most=len(model.facts.people) * 3
                )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per queue, level and stretch in which as many heads are missing."""
        facts = roster.facts
        if not facts.curves:
            return
        slots = self._slots(facts, facts.window.start, facts.window.tail)
        found = [i for i in (*intervals(roster), *intervals(roster, tail=True)) if i.start in slots]
        queues = sorted(facts.queues)
        for queue in queues:
            line = [i for i in found if i.queue == queue]
            yield from self._stretches(facts, line, "below the minimum", self.minimum)
            yield from self._stretches(facts, line, "below the target", self.target)
            yield from self._stretches(facts, line, "above the maximum", self.maximum)

    def _stretches(
        self, facts: Facts, line: Iterable[Interval], what: str, weight: int
    ) -> Iterator[Breach]:
        def heads(i: Interval) -> tuple[int, bool]:
            off = {
                "below the minimum": i.minimum - i.staffed,
                "below the target": i.target - i.staffed,
                "above the maximum": 0 if i.maximum is None else i.staffed - i.maximum,
            }[what]
            return max(0, off), i.start >= facts.window.end

        for (count, tail), stretch in groupby(line, heads) if weight else ():
            part: Sequence[Interval] = tuple(stretch)
            if count:
                start, end = part[0].start, part[-1].end
                text = (
                    f"{part[0].queue} is {count} {what} from {from_instant(start):%a %d %b %H:%M} to "
                    f"{from_instant(end):%H:%M} UTC{', if the last week repeats' if tail else ''}."
                )
                day = to_local(start, facts.site(facts.team.home).timezone).date()
                inside = min(max(day, facts.first), facts.last)
                yield self.breach(count * (end - start) * weight, text, day=inside)


def _crews(facts: Facts) -> Mapping[tuple[str, frozenset[str]], Crew]:
    """Return people by site and by the queues they can serve."""
    crews: dict[tuple[str, frozenset[str]], list[str]] = {}
    for p in facts.people:
        able = frozenset(q for q, skill in facts.queues.items() if skill in p.skills)
        if able:
            crews.setdefault((p.site, able), []).append(p.name)
    return {key: tuple(names) for key, names in crews.items()}


def _clusters(
    queues: Iterable[str], crews: Iterable[tuple[str, frozenset[str]]]
) -> list[frozenset[str]]:
    """Return the queues in groups that share no heads with each other."""
    clusters = [frozenset((q,)) for q in queues]
    for _, able in crews:
        joined = [c for c in clusters if c & able]
        clusters = [c for c in clusters if not c & able] + [frozenset().union(*joined)]
    return clusters
