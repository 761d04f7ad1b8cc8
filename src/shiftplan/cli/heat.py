"""Cover at a glance: how much of the need is met, and a strip of hours for every day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..clock import SLOT, hours, to_local
from ..roster.coverage import Interval
from .grid import DAYS
from .page import columns

MET, WANTING, NOTHING = ".", "-", " "
LEGEND = (
    f"{MET} target reached | {WANTING} only the minimum | 1-9 heads below the minimum (9 or more) | "
    "blank: nothing needed"
)
_DAY = 9
_HOURS = "".join(f"{hour:<3}" for hour in range(0, 24, 3))


def summary(found: Sequence[Interval]) -> list[str]:
    """Return a table of how much of each queue's need is met, counting slots and person-hours."""
    rows = [("queue", "minimum: time", "person-hours", "target: time", "person-hours")]
    for queue in sorted({i.queue for i in found}):
        of = [i for i in found if i.queue == queue]
        rows.append(
            (
                queue,
                _part(sum(not i.short for i in of), len(of)),
                _work(sum(i.minimum - i.short for i in of), sum(i.minimum for i in of)),
                _part(sum(not i.below_target for i in of), len(of)),
                _work(sum(i.target - i.below_target for i in of), sum(i.target for i in of)),
            )
        )
    return columns(rows, right=(1, 2, 3, 4))


def _part(some: int, whole: int) -> str:
    """Return a percentage that says 100% only if nothing is missing, and 0% only if everything is."""
    if whole == 0 or some == whole:
        return "100%"
    share = 100 * some / whole
    return f"{min(99.9, max(0.1, share)) if some else 0:.1f}%"


def _work(some: int, whole: int) -> str:
    return f"{hours(some * SLOT)} of {hours(whole * SLOT)} {_part(some, whole):>5}"


def strips(found: Sequence[Interval], width: int) -> Iterator[str]:
    """Yield one line a day and one column an hour of UTC, queues side by side as far as they fit."""
    cells: dict[tuple[str, date, int], str] = {}
    days: set[date] = set()
    for i in found:
        at = to_local(i.start, "UTC")
        days.add(at.date())
        key = (i.queue, at.date(), at.hour)
        cells[key] = max(cells.get(key, NOTHING), _sign(i), key=_badness)
    queues = sorted({i.queue for i in found})
    fit = max(1, (width - _DAY) // (2 + len(_HOURS)))
    for k in range(0, len(queues), fit):
        part = queues[k : k + fit]
        if k:
            yield ""
        yield _row("", [f"{q[:24]:<24}" for q in part])
        yield _row("UTC", [_HOURS for _ in part])
        for day in sorted(days):
            label = f"{DAYS[day.weekday()]} {day.day:>2} {day:%b}"
            yield _row(
                label, ["".join(cells.get((q, day, h), NOTHING) for h in range(24)) for q in part]
            )


def _row(label: str, parts: Sequence[str]) -> str:
    return "  ".join((f"{label:<{_DAY}}", *parts)).rstrip()


def _sign(i: Interval) -> str:
    if i.short:
        return str(min(9, i.short))
    if i.below_target:
        return WANTING
    return MET if i.target else NOTHING


def _badness(sign: str) -> int:
    return int(sign) if sign.isdigit() else {NOTHING: -3, MET: -2, WANTING: -1}[sign]
