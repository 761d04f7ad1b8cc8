"""What a rule requires to be there beside the queues, and how much of it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ..clock import SLOT, from_to, hours, slot_ceil, to_local
from .coverage import Gap, Interval, gaps

Unit = Literal["people", "minutes"]


@dataclass(frozen=True)
class Requirement:
    """One thing a rule requires, and how far it is there, in the words of coverage.

    In each of *intervals* the rule requires the *minimum*, and *staffed* of it is there. Where
    *per* is ``time`` these are people in a stretch of time; where it is ``day`` each interval is a
    day of *zone* as a whole, and they are people or minutes of that day. What a rule limits counts
    as required where it is, and as there as far as it is allowed. People are not named.
    """

    rule: str
    name: str
    intervals: tuple[Interval, ...]
    per: Literal["time", "day"] = "time"
    unit: Unit = "people"
    zone: str = "UTC"

    def day(self, interval: Interval) -> date:
        """Return the day that *interval* stands for."""
        return to_local(interval.start, self.zone).date()

    def times(self, interval: Interval) -> int:
        """Return by what numbers of an interval are multiplied to add up: its minutes, or one."""
        return interval.end - interval.start if self.per == "time" else 1

    @property
    def required(self) -> int:
        """What is required in all: person-minutes, or people or minutes of days."""
        return sum(i.minimum * self.times(i) for i in self.intervals)

    @property
    def missing(self) -> int:
        """What of it is missing, whoever worked before."""
        return sum(i.short * self.times(i) for i in self.intervals)

    @property
    def not_judged(self) -> int:
        """What of it nobody can judge, as days before are not on record."""
        return sum(i.not_judged * self.times(i) for i in self.intervals)

    @property
    def there(self) -> int:
        """What of it is there: all that is neither missing nor not judged."""
        return self.required - self.missing - self.not_judged

    @property
    def is_met(self) -> bool:
        """Whether all of it is there, for certain, and every target too."""
        return all(i.is_judged and not i.short and not i.below_target for i in self.intervals)

    @property
    def met(self) -> Sequence[Interval]:
        """The intervals in which nothing is missing and all is judged."""
        return [i for i in self.intervals if not i.short and i.is_judged]

    def much(self, number: int) -> str:
        """Return a sum for people: hours of people at times, people or minutes of days."""
        as_time = self.per == "time" or self.unit == "minutes"
        return hours(number) if as_time else str(number)

    def each(self, number: int) -> str:
        """Return a number of one interval for people: staff, or a length."""
        return hours(number) if self.unit == "minutes" else str(number)

    def slots(self) -> Iterator[Interval]:
        """Yield each interval quarter hour by quarter hour, for marks that are people: of minutes,
        every quarter hour counts as one.
        """
        for interval in map(self.in_marks, self.intervals):
            for t in range(slot_ceil(interval.start), interval.end, SLOT):
                yield replace(interval, start=t, end=t + SLOT)

    def in_marks(self, interval: Interval) -> Interval:
        """Return *interval* in the numbers its mark shows: people, or quarter hours of minutes."""
        if self.unit == "people":
            return interval
        least, unknown = -(-interval.minimum // SLOT), -(-interval.not_judged // SLOT)
        there = interval.staffed // SLOT
        return replace(
            interval,
            minimum=least,
            target=least,
            staffed=there,
            not_judged=unknown,
            not_judged_target=unknown,
        )

    def gaps(self) -> Iterator[Gap]:
        """Yield the stretches in which something is missing; of days, each by itself."""
        if self.per == "time":
            yield from gaps(self.intervals)
            return
        for interval in self.intervals:
            yield from gaps([interval])

    def when(self, gap: Gap) -> str:
        """Return when something is missing, as the end of a sentence."""
        if self.per == "time":
            return from_to(gap.start, gap.end)
        return f"on {to_local(gap.start, self.zone):%a %d %b}"

    def gap_in_words(self, gap: Gap) -> str:
        """Return what is missing in *gap* as a sentence."""
        return f"{self.rule} '{self.name}' is {self.each(gap.short)} short {self.when(gap)}."


def ranked(found: Iterable[Requirement]) -> list[tuple[Requirement, Gap]]:
    """Return every gap of every requirement: first those at times by how much work is missing, then
    days by the share that is.
    """

    def worst_first(lack: tuple[Requirement, Gap]) -> tuple[bool, float, int, str]:
        requirement, gap = lack
        most = max(interval.minimum for interval in requirement.intervals)
        missing = gap.missing if requirement.per == "time" else gap.short / most
        return requirement.per == "day", -missing, gap.start, requirement.name

    lacks = [(requirement, gap) for requirement in found for gap in requirement.gaps()]
    return sorted(lacks, key=worst_first)


def wanted_in(
    name: str, start: int, end: int, wanted: int, there: int, not_judged: int = 0
) -> Interval:
    """Return one stretch of what is required; *not_judged* is how much more may have been there."""
    unknown = max(0, min(wanted - there, not_judged))
    return Interval(name, start, end, wanted, wanted, None, there, unknown, unknown)


def joined_alike(pieces: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return *pieces* of one requirement, in order, with those that follow and equal each other as
    one; those that require nothing are left out.
    """
    found: list[Interval] = []
    for piece in pieces:
        if not piece.minimum:
            continue
        if found and _goes_on(found[-1], piece):
            found[-1] = replace(found[-1], end=piece.end)
        else:
            found.append(piece)
    return tuple(found)


def _goes_on(last: Interval, piece: Interval) -> bool:
    """Say whether *piece* begins where *last* ends and is equal but for its times."""
    return last.end == piece.start and replace(piece, start=last.start, end=last.end) == last
