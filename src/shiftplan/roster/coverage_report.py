"""All that is said of a roster's coverage: queues, what else is required, what is not judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..clock import SLOT, hours
from ..errors import count
from .coverage import Interval
from .requirement import Requirement
from .roster import Roster

HOW_TO_JUDGE = (
    "Give the record as [history], or say there that nobody was on duty before: none = true."
)


@dataclass(frozen=True, eq=False)
class CoverageReport:
    """The coverage of *roster*: by queue, and by what its rules require beside the queues."""

    roster: Roster
    intervals: Sequence[Interval]
    requirements: Sequence[Requirement] = ()

    @cached_property
    def not_judged(self) -> int:
        """Minutes in which something is needed and nobody knows whether it was there."""
        slots = {i.start for i in self.intervals if not i.is_judged}
        for requirement in self.requirements:
            if requirement.per == "time":
                slots.update(i.start for i in requirement.slots() if not i.is_judged)
        return SLOT * len(slots)

    @cached_property
    def not_judged_days(self) -> int:
        """Days on which something is required of the day as a whole, and is not judged."""
        found = 0
        for requirement in self.requirements:
            if requirement.per == "day":
                found += sum(not i.is_judged for i in requirement.intervals)
        return found

    @property
    def is_judged(self) -> bool:
        """Whether it is known everywhere what is there."""
        return not (self.not_judged or self.not_judged_days)

    @property
    def not_judged_because(self) -> str:
        """``12h30 not judged: who worked on Sun 29 Nov is not on record``, empty if all is."""
        if self.is_judged:
            return ""
        much = hours(self.not_judged) if self.not_judged else count(self.not_judged_days, "day")
        return f"{much} not judged: {self.roster.facts.not_on_record}"

    @property
    def not_judged_sums(self) -> Sequence[str]:
        """How much work of each queue and each requirement is not judged: ``chat 12h``."""
        sums: dict[str, int] = {}
        for interval in self.intervals:
            unknown = max(interval.not_judged, interval.not_judged_target)
            sums[interval.queue] = sums.get(interval.queue, 0) + unknown * SLOT
        said = [f"{queue} {hours(work)}" for queue, work in sorted(sums.items()) if work]
        for requirement in self.requirements:
            if requirement.not_judged:
                said.append(f"{requirement.name} {requirement.much(requirement.not_judged)}")
        return said

    @property
    def has_gaps(self) -> bool:
        """Whether a queue is below its minimum, something required is missing, or not judged."""
        short = any(interval.short for interval in self._all())
        return short or not self.is_judged

    def _all(self) -> Iterator[Interval]:
        yield from self.intervals
        for requirement in self.requirements:
            yield from requirement.intervals

    def quarters(self, requirements: Iterable[Requirement]) -> tuple[Interval, ...]:
        """Return every queue in every quarter hour, then what of *requirements* is required at
        times.
        """
        window = self.roster.facts.window
        found = list(self.intervals)
        for requirement in requirements:
            if requirement.per == "time":
                # A rule may go on at a site that begins its next roster later than others.
                found += (i for i in requirement.slots() if window.opens <= i.start < window.end)
        return tuple(found)

    @property
    def at_times(self) -> Sequence[Requirement]:
        """What is required at times."""
        return tuple(r for r in self.requirements if r.per == "time")

    @property
    def by_day(self) -> Sequence[Requirement]:
        """What is required of days as a whole."""
        return tuple(r for r in self.requirements if r.per == "day")
