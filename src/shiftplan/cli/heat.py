"""Coverage at a glance: how much of the need is met, and a strip of hours for every day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.cells import set_cell_size

from ..clock import SLOT, hours, to_local
from ..roster.coverage import Interval
from .grid import DAYS
from .page import columns

MET, WANTING, NOTHING, UNKNOWN = ".", "-", " ", "?"
LEGEND = (
    f"{MET} target reached | {WANTING} only the minimum | "
    "1-9 people short of the minimum (9: or more) | "
    "blank: nobody needed, or the time of another roster"
)
NOT_JUDGED = f" | {UNKNOWN} not judged"
_DAY = 9
_HOURS = "".join(f"{hour:<3}" for hour in range(0, 24, 3))


def summary(found: Sequence[Interval]) -> list[str]:
    """Return a table of how much of each queue's need is met, counting slots and person-hours."""
    head = ("queue", "minimum: time", "person-hours", "target: time", "person-hours")
    rows: list[tuple[str, ...]] = [head]
    for queue in sorted({interval.queue for interval in found}):
        of_queue = [interval for interval in found if interval.queue == queue]
        rows.append((queue, *_met_minimum(of_queue), *_met_target(of_queue)))
    return columns(rows, right=(1, 2, 3, 4))


def not_judged(found: Sequence[Interval]) -> list[str]:
    """Return a table of the work of each queue that is not judged; empty where all is."""
    rows = [("not judged", "minimum: time", "person-hours", "target: time", "person-hours")]
    for queue in sorted({interval.queue for interval in found}):
        of_queue = [i for i in found if i.queue == queue and not i.is_judged]
        if of_queue:
            minimum = [i.not_judged for i in of_queue]
            target = [i.not_judged_target for i in of_queue]
            rows.append((queue, *_time_and_work(minimum), *_time_and_work(target)))
    return columns(rows, right=(1, 2, 3, 4)) if len(rows) > 1 else []


def _time_and_work(staff: Sequence[int]) -> tuple[str, str]:
    """Return for how long there are any *staff*, and how much work they are."""
    return hours(sum(map(bool, staff)) * SLOT), hours(sum(staff) * SLOT)


def _met_minimum(found: Sequence[Interval]) -> tuple[str, str]:
    """Return the share of the slots that reach the minimum, and the work done towards it."""
    reached = sum(not (interval.short or interval.not_judged) for interval in found)
    needed = sum(interval.minimum for interval in found)
    missing = sum(interval.short + interval.not_judged for interval in found)
    return part(reached, len(found)), _work(needed - missing, needed)


def _met_target(found: Sequence[Interval]) -> tuple[str, str]:
    """Return the share of the slots that reach the target, and the work done towards it."""
    reached = sum(not (interval.below_target or interval.not_judged_target) for interval in found)
    needed = sum(interval.target for interval in found)
    missing = sum(interval.below_target + interval.not_judged_target for interval in found)
    return part(reached, len(found)), _work(needed - missing, needed)


def part(some: int, whole: int) -> str:
    """Return a percentage: 100% only if nothing is missing, and 0% only if everything is."""
    if whole == 0 or some == whole:
        return "100%"
    if some == 0:
        return "0.0%"
    # Rounding must neither hide the last quarter hour that is missing nor the first that is not.
    share = min(99.9, max(0.1, 100 * some / whole))
    return f"{share:.1f}%"


def _work(some: int, whole: int) -> str:
    return f"{hours(some * SLOT)} of {hours(whole * SLOT)} {part(some, whole):>5}"


Cells = Mapping[tuple[str, date, int], str]
"""The worst sign of a queue in an hour of a day in UTC."""


def strips(found: Sequence[Interval], width: int) -> Iterator[str]:
    """Yield one line a day and one column an hour of UTC, queues side by side if they fit."""
    cells = _worst(found)
    queues = list(dict.fromkeys(queue for queue, _, _ in cells))
    days = sorted({day for _, day, _ in cells})
    fit = max(1, (width - _DAY) // (2 + len(_HOURS)))
    for first in range(0, len(queues), fit):
        part = queues[first : first + fit]
        if first:
            yield ""
        yield _row("", [set_cell_size(queue, 24) for queue in part])
        yield _row("UTC", [_HOURS] * len(part))
        for day in days:
            label = f"{DAYS[day.weekday()]} {day.day:>2} {day:%b}"
            yield _row(label, [_strip(cells, queue, day) for queue in part])


def _worst(found: Sequence[Interval]) -> Cells:
    # An hour with one bad quarter shows the bad quarter.
    cells: dict[tuple[str, date, int], str] = {}
    for interval in found:
        at = to_local(interval.start, "UTC")
        key = (interval.queue, at.date(), at.hour)
        cells[key] = max(cells.get(key, NOTHING), sign(interval), key=_badness)
    return cells


def _strip(cells: Cells, queue: str, day: date) -> str:
    return "".join(cells.get((queue, day, hour), NOTHING) for hour in range(24))


def _row(label: str, parts: Sequence[str]) -> str:
    return "  ".join((f"{label:<{_DAY}}", *parts)).rstrip()


def sign(interval: Interval) -> str:
    """Return how an interval is staffed, in one character."""
    if interval.short:  # nine and more look alike: a cell is one column wide
        return str(min(9, interval.short))
    if not interval.is_judged:
        return UNKNOWN
    if interval.below_target:
        return WANTING
    return MET if interval.target else NOTHING


def _badness(mark: str) -> int:
    return int(mark) if mark.isdigit() else {NOTHING: -4, MET: -3, WANTING: -2, UNKNOWN: -1}[mark]
