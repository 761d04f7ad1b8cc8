"""Which assignment of a person's is which after a change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
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
    kept = before.keys() & after.keys()
    lost = before.keys() - kept
    new = after.keys() - kept
    moved = _moves(before, after, lost, new - set(back))

    found: list[Pair] = [(day, day) for day in kept]
    found += moved.items()
    found += ((day, None) for day in lost if day not in moved)
    reached = set(moved.values())
    found += ((None, day) for day in new if day not in reached)
    return sorted(found, key=_in_order)


def _moves(
    before: Mapping[date, str], after: Mapping[date, str], lost: Set[date], new: Set[date]
) -> dict[date, date]:
    """Return where assignments of the days *lost* moved to among the days *new*."""

    def closeness(way: tuple[date, date]) -> tuple[bool, int, date, date]:
        old, day = way
        return before[old] != after[day], abs((day - old).days), old, day

    ways = [(old, day) for old in lost for day in new if _week(old) == _week(day)]
    left = set(new)
    found: dict[date, date] = {}
    for old, day in sorted(ways, key=closeness):
        if old not in found and day in left:
            found[old] = day
            left.remove(day)
    return found


def _week(day: date) -> tuple[int, int]:
    """Return the ISO year and week of *day*."""
    return day.isocalendar()[:2]


def _in_order(pair: Pair) -> tuple[date, date]:
    old, day = pair
    return day or old or date.min, old or date.min
