"""Which assignment of a person's is which after a change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

Pair = tuple[date | None, date | None]
"""The day before and the day after; None where there was or is nothing."""


def pairs(
    before: Mapping[date, str], after: Mapping[date, str], back: Collection[date] = ()
) -> list[Pair]:
    """Match a person's shift codes by day before and after a change, each day at most once.

    What stays on its day is the same assignment, whatever shift it turns into. An assignment that
    lost its day and a new one in the same week, Monday to Sunday, are one that moved: the same
    shift before others, the shortest way before longer ones. Days in *back* are not moved to:
    something cancelled returns there.
    """
    found: list[Pair] = [(day, day) for day in before if day in after]
    lost = {day for day in before if day not in after}
    new = {day for day in after if day not in before and day not in back}
    ways = sorted(
        (before[old] != after[day], abs((day - old).days), old, day)
        for old, day in _same_week(lost, new)
    )
    for _, _, old, day in ways:
        if old in lost and day in new:
            found.append((old, day))
            lost.remove(old)
            new.remove(day)
    found += [(day, None) for day in lost]
    found += [(None, day) for day in after if day not in before and (day in new or day in back)]
    return sorted(found, key=lambda p: (p[1] or p[0] or date.min, p[0] or date.min))


def _same_week(lost: Collection[date], new: Collection[date]) -> Iterator[tuple[date, date]]:
    for old in lost:
        for day in new:
            if old.isocalendar()[:2] == day.isocalendar()[:2]:
                yield old, day
