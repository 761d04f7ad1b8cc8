"""Stretches of days in which hours or shifts are counted: how they are named and divided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from ...facts import Facts


def day_span(first: date, last: date) -> str:
    """Return ``from Mon 26 Oct to Sun 01 Nov``, or ``on Mon 26 Oct`` for a single day."""
    if first == last:
        return f"on {first:%a %d %b}"
    return f"from {first:%a %d %b} to {last:%a %d %b}"


def by_week(facts: Facts, first: date, last: date) -> list[Sequence[date]]:
    """Return the days of the horizon from *first* to *last*, those of each week together."""
    found: list[Sequence[date]] = []
    for week in facts.weeks:
        days = [day for day in week if first <= day <= last]
        if days:
            found.append(days)
    return found


def most_in_any(days: Sequence[date], length: int, most: int) -> int:
    """Return how many of *days* are left if any *length* in a row have *most* at most."""
    whole, rest = divmod(len(days), length)
    return whole * min(most, length) + min(most, rest)


def on_record(facts: Facts, who: str, days: Sequence[date], of: Collection[str]) -> int:
    """Return how many of *days* before the horizon have a shift of the sort."""
    codes = [facts.history.cells.get((who, day)) for day in days if day < facts.first]
    return sum(code in of for code in codes)
