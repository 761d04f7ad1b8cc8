"""The coverage of a roster as screens show it: signs, gaps, and the worst of each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..clock import to_local
from ..roster import Roster
from ..roster.coverage import Gap, Interval, gaps
from ..roster.coverage_report import CoverageReport
from ..roster.requirement import Requirement, ranked

NOTHING, MET, OVER, WANTING, UNKNOWN = " ", ".", "+", "-", "?"
_GOOD = {NOTHING: -5, OVER: -4, MET: -3, WANTING: -2, UNKNOWN: -1}
LINES = 3
"""Queues that have a line of their own under the dates; more are shown as one."""

DaySigns = tuple[tuple[str, tuple[str, ...]], ...]
"""Lines under the dates: a label, and a sign for each day."""


def sign(i: Interval) -> str:
    """Return how an interval is staffed, in one character: ``1`` to ``9`` short, or a sign.

    ``-`` is only the minimum, ``.`` the target met, ``+`` more than that, a blank nothing needed,
    ``?`` not judged.
    """
    if i.short:
        # A column has one character.
        return str(min(9, i.short))
    if not i.is_judged:
        return UNKNOWN
    if i.below_target:
        return WANTING
    # Staff where nobody is needed is no coverage: it looks like a closed queue.
    if not i.target:
        return NOTHING
    return OVER if i.staffed > i.target else MET


def badness(mark: str) -> int:
    """Return how bad a sign is, for finding the worst of several."""
    return int(mark) if mark.isdigit() else _GOOD[mark]


@dataclass(frozen=True, eq=False)
class ShownCoverage:
    """Coverage of one roster."""

    roster: Roster
    intervals: tuple[Interval, ...]
    requirements: tuple[Requirement, ...] = ()

    @cached_property
    def report(self) -> CoverageReport:
        """What is said of it as a whole."""
        return CoverageReport(self.roster, self.intervals, self.requirements)

    @cached_property
    def queues(self) -> Sequence[str]:
        """The queues in their order."""
        return sorted(self.roster.facts.queues)

    @property
    def maps(self) -> Sequence[str]:
        """What there is a map of, by number: the queues, then what is required beside them."""
        return (*self.queues, *(requirement.name for requirement in self.requirements))

    def requirement(self, number: int) -> Requirement | None:
        """Return the requirement of map *number*, None for a queue."""
        first = len(self.queues)
        return self.requirements[number - first] if number >= first else None

    def quarters(self, number: int) -> Mapping[int, Interval]:
        """Return the quarter hours of map *number* by their start."""
        requirement = self.requirement(number)
        if requirement is not None:
            return {i.start: i for i in requirement.slots()}
        queue = self.queues[number]
        return {i.start: i for i in self.intervals if i.queue == queue}

    @cached_property
    def required_gaps(self) -> Sequence[tuple[Requirement, Gap]]:
        """Where something is missing that is required beside the queues, worst first."""
        return ranked(self.requirements)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Stretches below the minimum, worst first."""
        return gaps(self.intervals)

    @cached_property
    def day_signs(self) -> DaySigns:
        """For each queue, the worst sign of each day in the team's time zone."""
        facts = self.roster.facts
        days = self._days()
        labels = self._labels()
        worst: dict[str, list[str]] = {
            label: [NOTHING] * len(facts.days) for label in labels.values()
        }
        for i in self.intervals:
            day, line = days[i.start], worst[labels[i.queue]]
            # The window begins and ends with the sites' own days, which may lie beside the team's.
            if 0 <= day < len(line):
                line[day] = max(line[day], sign(i), key=badness)
        return tuple((label, tuple(signs)) for label, signs in worst.items())

    def _days(self) -> Mapping[int, int]:
        """Return for each start the day in the team's time zone, counted from the first."""
        facts = self.roster.facts
        tz = self._team_zone()
        # Queues share their quarter hours: each is converted once.
        starts = {i.start for i in self.intervals}
        return {start: (to_local(start, tz).date() - facts.first).days for start in starts}

    def _team_zone(self) -> str:
        facts = self.roster.facts
        for site in facts.sites:
            if site.name == facts.team.home:
                return site.timezone
        return facts.sites[0].timezone

    def _labels(self) -> Mapping[str, str]:
        """Return the label of each queue's line; several queues may share one."""
        queues = sorted(self.roster.facts.queues)
        if len(queues) <= LINES:
            return {queue: queue for queue in queues}
        # More lines than that would leave no room for people on a small terminal.
        return dict.fromkeys(queues, "all queues")
