"""What is required beside the queues, as the coverage page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..clock import hours
from ..errors import count
from ..facts import Facts
from ..roster.coverage import Interval
from ..roster.requirement import Requirement


@dataclass(frozen=True)
class RequiredLine:
    """A requirement as the page sums it up."""

    rule: str
    name: str
    met: str
    there: str
    missing: str
    not_judged: str


@dataclass(frozen=True)
class DayMark:
    """One day of a requirement of whole days: how it looks, what is missing, and why."""

    look: str
    text: str
    title: str


def lines(found: Sequence[Requirement]) -> list[RequiredLine]:
    """Return a line for each requirement."""
    return [_line(requirement) for requirement in found]


def _line(requirement: Requirement) -> RequiredLine:
    met = requirement.met
    if requirement.per == "time":
        span = hours(sum(map(requirement.times, met)))
        share = f"{span} of {hours(sum(map(requirement.times, requirement.intervals)))}"
    else:
        share = f"{len(met)} of {count(len(requirement.intervals), 'day')}"
    there = f"{requirement.much(requirement.there)} of {requirement.much(requirement.required)}"
    missing = requirement.much(requirement.missing) if requirement.missing else ""
    unknown = requirement.much(requirement.not_judged) if requirement.not_judged else ""
    return RequiredLine(requirement.rule, requirement.name, share, there, missing, unknown)


def day_marks(facts: Facts, requirement: Requirement) -> list[DayMark]:
    """Return the mark of each day of the horizon."""
    by_day = {requirement.day(i): _mark(requirement, i) for i in requirement.intervals}
    return [by_day.get(day, DayMark("none", "", "")) for day in facts.days]


def _mark(requirement: Requirement, interval: Interval) -> DayMark:
    # What is preferred, and no minimum, is a target.
    wanted = interval.minimum or interval.target
    title = f"{requirement.each(interval.staffed)} of {requirement.each(wanted)}"
    if interval.short:
        return DayMark("short", f"-{requirement.each(interval.short)}", title)
    if not interval.is_judged:
        return DayMark("unknown", "?", f"{title}; not judged")
    if interval.below_target:
        return DayMark("low", f"-{requirement.each(interval.below_target)}", title)
    return DayMark("met", "", "")
