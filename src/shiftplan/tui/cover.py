"""The cover of a roster as screens show it: signs, gaps, and the worst of each day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..clock import to_local
from ..roster import Roster
from ..roster.coverage import Gap, Interval, gaps

NOTHING, MET, OVER, WANTING = " ", ".", "+", "-"
LINES = 3
"""Queues that have a line of their own under the dates; more are shown as one."""


def sign(i: Interval) -> str:
    """Return how an interval is staffed: ``1`` to ``9`` heads short, ``-`` only the minimum, ``.``,
    ``+``.
    """
    if i.short:
        return str(min(9, i.short))
    if i.below_target:
        return WANTING
    if not i.target:
        return NOTHING
    return OVER if i.staffed > i.target else MET


def badness(mark: str) -> int:
    """Return how bad a sign is, for finding the worst of several."""
    return int(mark) if mark.isdigit() else {NOTHING: -4, OVER: -3, MET: -2, WANTING: -1}[mark]


@dataclass(frozen=True, eq=False)
class ScreenCoverage:
    """Cover of one roster."""

    roster: Roster
    intervals: tuple[Interval, ...]

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Stretches below the minimum, worst first."""
        return gaps(self.intervals)

    @cached_property
    def by_slot(self) -> Mapping[tuple[str, int], Interval]:
        """Each interval by its queue and start."""
        return {(i.queue, i.start): i for i in self.intervals}

    @cached_property
    def strips(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """For each queue, the worst sign of each day by the clock at home."""
        facts = self.roster.facts
        home = next(
            (s.timezone for s in facts.sites if s.name == facts.team.home), facts.sites[0].timezone
        )
        day_of = {
            t: (to_local(t, home).date() - facts.first).days
            for t in {i.start for i in self.intervals}
        }
        queues = sorted(facts.queues)
        names = (
            {q: q for q in queues} if len(queues) <= LINES else dict.fromkeys(queues, "all queues")
        )
        worst: dict[str, list[str]] = {n: [NOTHING] * len(facts.days) for n in names.values()}
        for i in self.intervals:
            day, line = day_of[i.start], worst[names[i.queue]]
            if 0 <= day < len(line):
                line[day] = max(line[day], sign(i), key=badness)
        return tuple((name, tuple(signs)) for name, signs in worst.items())
