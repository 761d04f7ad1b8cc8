"""Days off in lieu as values: what is owed, the days off of a week, and which settles which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, order=True)
class LieuDay:
    """One day off owed in lieu; in order, the first to expire comes first."""

    expires: date
    earned: date
    """The holiday it is for."""
    person: str


class Spare(NamedTuple):
    """Days off of a week, of which *most* can be in lieu."""

    days: tuple[date, ...]
    most: int


def settle(
    owed: Iterable[LieuDay], weeks: Sequence[Spare]
) -> Iterator[tuple[LieuDay, date | None]]:
    """Yield each day owed with the day off that is in lieu of it, or None.

    The first to expire goes first, and takes the earliest day off in time, from the holiday on, of
    a week that has one to spare. No other way of choosing leaves fewer without.
    """
    left = [spare.most for spare in weeks]
    taken: set[date] = set()
    for lieu in sorted(owed):
        open_days: list[tuple[date, int]] = []
        for k, spare in enumerate(weeks):
            if left[k]:
                in_time = (day for day in spare.days if lieu.earned <= day <= lieu.expires)
                open_days += [(day, k) for day in in_time if day not in taken]
        if not open_days:
            yield lieu, None
            continue
        day, k = min(open_days)
        taken.add(day)
        left[k] -= 1
        yield lieu, day
