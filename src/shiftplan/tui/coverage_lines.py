"""The lines beside or below the map of coverage: gaps, and what is required beside the queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ..clock import SLOT, from_to, hours, to_local
from ..errors import count
from ..facts import Facts
from ..roster.coverage import Gap, Interval, gaps
from ..roster.requirement import Requirement
from .dates import short_day
from .effects import Part
from .shown_coverage import ShownCoverage

LISTED = 200
"""Gaps listed; beyond them they are small."""

Level = Literal["minimum", "target"]


@dataclass(frozen=True)
class Listed:
    """One entry of the list: a gap of a queue or of a requirement, or a requirement in all."""

    map: int
    """The number of its map."""
    gap: Gap | None
    requirement: Requirement | None = None


def listed(coverage: ShownCoverage, below: Level) -> list[Listed]:
    """Return the gaps of queues below that level, those of requirements, then each requirement."""
    queues = {queue: number for number, queue in enumerate(coverage.queues)}
    first = len(queues)
    found = [Listed(queues[gap.queue], gap) for gap in queue_gaps(coverage, below)[:LISTED]]
    numbers = {id(r): first + k for k, r in enumerate(coverage.requirements)}
    for requirement, gap in coverage.required_gaps[:LISTED]:
        found.append(Listed(numbers[id(requirement)], gap, requirement))
    for requirement in coverage.requirements:
        found.append(Listed(numbers[id(requirement)], None, requirement))
    return found


def queue_gaps(coverage: ShownCoverage, below: Level) -> Sequence[Gap]:
    """Return the gaps of the queues, worst first."""
    if below == "minimum":
        return coverage.gaps  # worked out once, however often it is drawn
    return gaps(coverage.intervals, below="target")


def line(facts: Facts, entry: Listed, below: Level, *, wide: bool) -> Text:
    """Return an entry as one line where it is *wide*, or else as some short ones."""
    if entry.requirement is not None:
        return _required_line(entry.requirement, entry.gap, wide=wide)
    assert entry.gap is not None
    return (_wide_line if wide else _narrow_line)(facts, entry.gap, below)


def counted(found: Sequence[Gap], below: Level, *, is_judged: bool) -> str:
    """Return how many gaps there are, and how much is missing in them."""
    if not found:
        what = "Nothing" if is_judged else "Nothing that is judged"
        return f"{what} is below its {below}."
    missing = sum(_depth(gap, below) * (gap.end - gap.start) for gap in found)
    return f"{count(len(found), 'gap')} below {below}, {hours(missing)} of staff time missing"


def clocks(facts: Facts, start: int) -> Text:
    """Return the date of an instant, and its time in UTC and at every site."""
    zones = [("UTC", "UTC"), *((site.name, site.timezone) for site in facts.sites)]
    times = [f"{name} {to_local(start, tz):%H:%M}" for name, tz in zones]
    return Text(f"{short_day(to_local(start, 'UTC').date())}  {' · '.join(times)}")


def staffing(interval: Interval, requirement: Requirement | None) -> Text:
    """Return what is needed in an interval of a map and how much of it is there."""
    if requirement is None:
        most = "" if interval.maximum is None else f", at most {interval.maximum}"
        needed = f"{interval.queue}: minimum {interval.minimum}, target {interval.target}{most}"
    else:
        name = f"{requirement.rule}, {requirement.name}"
        needed = f"{name}: {_amount(requirement, interval.target)} required"
    text = Text(f"{needed}; ")
    text.append(f"staffed {_amount(requirement, interval.staffed)}", "bold")
    if interval.short:
        text.append(f", {_amount(requirement, interval.short)} short", "bold red")
    elif not interval.is_judged:
        unknown = max(interval.not_judged, interval.not_judged_target)
        text.append(f", {_amount(requirement, unknown)} not judged", "bold magenta")
    return text


def _amount(requirement: Requirement | None, number: int) -> str:
    """Return a number of a map: people, or where a requirement counts minutes, a length."""
    if requirement is None or requirement.unit == "people":
        return str(number)
    return hours(number * SLOT)


def _wide_line(facts: Facts, gap: Gap, below: Level) -> Text:
    """Return a gap as one line."""
    queue = set_cell_size(gap.queue, max(8, cell_len(gap.queue)))
    return Text.assemble(f"{queue} ", _short(gap, below), f"  {from_to(gap.start, gap.end)}")


def _narrow_line(facts: Facts, gap: Gap, below: Level) -> Text:
    """Return a gap in three lines; the last has its start in every site's local time."""
    times = [f"{site.name} {to_local(gap.start, site.timezone):%H:%M}" for site in facts.sites]
    head = Text.assemble((f"{gap.queue}  ", "bold"), _short(gap, below))
    return head.append(f"\n{from_to(gap.start, gap.end)}").append(f"\n{' · '.join(times)}", "dim")


def _required_line(requirement: Requirement, gap: Gap | None, *, wide: bool) -> Text:
    """Return a gap of a requirement, or how much of it is met in all."""
    between = "  " if wide else "\n"
    head = Text.assemble((requirement.name, "bold"), f"  {requirement.rule}", between)
    if gap is not None:
        short = f"{requirement.each(gap.short)} short"
        return head.append(short, "bold red").append(f"  {requirement.when(gap)}")
    there = requirement.much(requirement.there)
    head.append(f"{there} of {requirement.much(requirement.required)}", _look(requirement))
    if requirement.not_judged:
        head.append(f", {requirement.much(requirement.not_judged)} not judged", "magenta")
    return head


def _look(requirement: Requirement) -> str:
    if requirement.missing:
        return "red"
    return "magenta" if requirement.not_judged else "green"


def _short(gap: Gap, below: Level) -> Part:
    return f"{_depth(gap, below)} short", "bold red" if gap.short else "yellow"


def _depth(gap: Gap, below: Level) -> int:
    return gap.short if below == "minimum" else gap.below_target
