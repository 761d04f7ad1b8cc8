"""What earns points to be shared fairly, for the solver.

Shares nothing with ``points``, by which people's rosters are judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from ...facts import Facts
from ...roster.points import COUNTED
from ..vocabulary import Expr, Vocabulary, certain, codes_on, ruled_out

ShiftsBefore: TypeAlias = tuple[tuple[date, frozenset[str]], ...]
"""Shifts by the day they start."""

_WEEKDAYS = {"weekend": (6, 7), "saturday": (6,), "sunday": (7,)}
"""By ISO, Monday being 1."""


def earnings(
    model: Vocabulary, who: str, days: Sequence[date], worth: Mapping[str, int]
) -> Iterator[Expr]:
    """Yield the parts of points *who* may earn on *days*, each kind being *worth* so many."""
    for kind, parts in worth.items():
        if kind == "hours":
            units = _minutes(model, who, days)
        elif kind == "quick-return":
            units = (returns for day in days for returns in quick_returns(model, who, day))
        elif kind == "short-notice":
            units = _late_changes(model, who, days)
        else:
            units = _shifts(model, who, days, kind)
        for unit in units:
            yield parts * unit


def _minutes(model: Vocabulary, who: str, days: Sequence[date]) -> Iterator[Expr]:
    codes_by_paid: dict[int, list[str]] = {}
    for code in model.facts.codes(who):
        codes_by_paid.setdefault(model.facts.shift(code).paid, []).append(code)
    for paid in sorted(codes_by_paid):
        for day in days:
            yield paid * model.works(who, day, codes_by_paid[paid])


def _shifts(model: Vocabulary, who: str, days: Sequence[date], kind: str) -> Iterator[Expr]:
    codes = None if kind in COUNTED else model.facts.select(kind)
    for day in days:
        if falls_on(model.facts, kind, who, day):
            yield model.works(who, day, codes)


def _late_changes(model: Vocabulary, who: str, days: Sequence[date]) -> Iterator[Expr]:
    for day in days:
        if _too_late_to_change(model.facts, who, day):
            yield _differs(model, who, day)


def falls_on(facts: Facts, kind: str, who: str, day: date) -> bool:
    """Say whether work of *kind* can fall on *day*."""
    if kind == "holiday":
        return facts.holiday(who, day)
    weekdays = _WEEKDAYS.get(kind)
    return weekdays is None or day.isoweekday() in weekdays


def _too_late_to_change(facts: Facts, who: str, day: date) -> bool:
    """Say whether *who* has a published roster and would hear of a change of *day* too late."""
    notice = facts.notice(day)
    if notice is None or notice >= facts.burden.notice_days:
        return False
    published = facts.published is not None and facts.published.names(who)
    # Leave that comes after publication is no change of the roster.
    return published and facts.due(who, day)


def _differs(model: Vocabulary, who: str, day: date) -> Expr:
    """Return 1 where *day* of *who* is not as it was published, else 0."""
    published = model.facts.published.at(who, day) if model.facts.published else None
    if published is None:
        return model.works(who, day)
    return 1 - model.works(who, day, (published,))


def quick_returns(model: Vocabulary, who: str, day: date) -> Iterator[Expr]:
    """Yield numbers, at most one of them 1: *who* starts on *day* too soon after another duty."""
    codes_after: dict[ShiftsBefore, list[str]] = {}
    for code in model.facts.codes(who):
        codes_after.setdefault(_too_close(model.facts, who, day, code), []).append(code)
    for close, codes in codes_after.items():
        if close:
            came = [model.works(who, earlier, late) for earlier, late in close]
            yield _both(model, model.works(who, day, codes), came)


def _too_close(facts: Facts, who: str, day: date, code: str) -> ShiftsBefore:
    """Return the shifts on the days before that end too late for *code* on *day*."""
    rested = facts.span(who, code, day)[0] - facts.burden.quick_return_below
    found = []
    # A shift has at most 36 hours and rest is too short below 24: three days back is far enough.
    for gap in (1, 2, 3):
        earlier = day - timedelta(days=gap)
        before = codes_on(facts, who, earlier)
        late = frozenset(c for c in before if facts.span(who, c, earlier)[1] > rested)
        if late:
            found.append((earlier, late))
    return tuple(found)


def _both(model: Vocabulary, one: Expr, others: Sequence[Expr]) -> Expr:
    """Return 1 exactly where *one* and any of *others* is 1; all of them are 0 or 1."""
    if any(certain(other) for other in others):
        return one
    undecided = [other for other in others if not isinstance(other, int)]
    if not undecided or ruled_out(one):
        return 0
    both = model.number(0, 1)
    least = [both >= one + other - 1 for other in undecided]
    model.require(both <= one, both <= sum(undecided), *least)
    return both
