"""Coverage at a glance: how much of the need is met, and a strip of hours for every day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.cells import set_cell_size

from ..clock import SLOT, hours, to_local
from ..roster.coverage import Interval
from .grid import DAYS
from .page import columns

MET, WANTING, NOTHING = ".", "-", " "
LEGEND = (
    f"{MET} target reached | {WANTING} only the minimum | "
    "1-9 people short of the minimum (9: or more) | blank: nothing needed"
)
_DAY = 9
_HOURS = "".join(f"{hour:<3}" for hour in range(0, 24, 3))


def summary(found: Sequence[Interval]) -> list[str]:
    """Return a table of how much of each queue's need is met, counting slots and person-hours."""
    rows = [("queue", "minimum: time", "person-hours", "target: time", "person-hours")]
    for queue in sorted({interval.queue for interval in found}):
        of_queue = [interval for interval in found if interval.queue == queue]
        rows.append((queue, *_met_minimum(of_queue), *_met_target(of_queue)))
    return columns(rows, right=(1, 2, 3, 4))


def _met_minimum(found: Sequence[Interval]) -> tuple[str, str]:
    """Return the share of the slots that reach the minimum, and the work done towards it."""
    reached = sum(not interval.short for interval in found)
    needed = sum(interval.minimum for interval in found)
    missing = sum(interval.short for interval in found)
    return _part(reached, len(found)), _work(needed - missing, needed)


def _met_target(found: Sequence[Interval]) -> tuple[str, str]:
    """Return the share of the slots that reach the target, and the work done towards it."""
    reached = sum(not interval.below_target for interval in found)
    needed = sum(interval.target for interval in found)
    missing = sum(interval.below_target for interval in found)
    return _part(reached, len(found)), _work(needed - missing, needed)


def _part(some: int, whole: int) -> str:
    """Return a percentage: 100% only if nothing is missing, and 0% only if everything is."""
    if whole == 0 or some == whole:
        return "100%"
    if some == 0:
        return "0.0%"
    # Rounding must neither hide the last quarter hour that is missing nor the first that is not.
    share = min(99.9, max(0.1, 100 * some / whole))
    return f"{share:.1f}%"


def _work(some: int, whole: int) -> str:
    return f"{hours(some * SLOT)} of {hours(whole * SLOT)} {_part(some, whole):>5}"


Cells = Mapping[tuple[str, date, int], str]
"""The worst sign of a queue in an hour of a day in UTC."""


def strips(found: Sequence[Interval], width: int) -> Iterator[str]:
    """Yield one line a day and one column an hour of UTC, queues side by side if they fit."""
    cells = _worst(found)
    queues = sorted({queue for queue, _, _ in cells})
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
        cells[key] = max(cells.get(key, NOTHING), _sign(interval), key=_badness)
    return cells


def _strip(cells: Cells, queue: str, day: date) -> str:
    return "".join(cells.get((queue, day, hour), NOTHING) for hour in range(24))


def _row(label: str, parts: Sequence[str]) -> str:
    return "  ".join((f"{label:<{_DAY}}", *parts)).rstrip()


def _sign(interval: Interval) -> str:
    if interval.short:  # nine and more look alike: a cell is one column wide
        return str(min(9, interval.short))
    if interval.below_target:
        return WANTING
    return MET if interval.target else NOTHING


def _badness(sign: str) -> int:
    return int(sign) if sign.isdigit() else {NOTHING: -3, MET: -2, WANTING: -1}[sign]
