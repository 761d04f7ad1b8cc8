"""Days off owed in lieu of public holidays: what earns one, and what was owed before the first day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..clock import day_start
from .leave_policy import LeavePolicy, LieuTerms, after

if TYPE_CHECKING:
    from .facts import Facts

LEAST = 60
"""Minutes of a shift that must lie inside a holiday for it to be worked."""
_LONGEST = 2
"""Days on which a shift that reaches a day can start before it."""


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


def terms(facts: Facts, who: str) -> LieuTerms:
    """Return what a holiday worked earns *who*; the usual terms where no policy says."""
    policy = facts.leave_policy(who)
    return policy.lieu if policy and policy.lieu else LieuTerms()


def deadline(facts: Facts, who: str, holiday: date) -> date:
    """Return the last day on which the day off for *holiday* can be."""
    return after(holiday, terms(facts, who).within)


def credit(facts: Facts, who: str, code: str, day: date, holiday: date) -> int:
    """Return the minutes that *who*'s shift *code* of *day* is credited with for working on
    *holiday*.
    """
    start, end = facts.span(who, code, day)
    tz = facts.tz(who)
    inside = min(end, day_start(holiday + timedelta(days=1), tz)) - max(
        start, day_start(holiday, tz)
    )
    if inside < LEAST:
        return 0
    whole = (facts.leave_policy(who) or LeavePolicy()).day
    counts = terms(facts, who).counts
    if counts == "minutes":
        return inside
    earns = day == holiday if counts == "start" else 2 * inside > end - start
    return whole if earns else 0


def earning(facts: Facts, who: str, holiday: date) -> Mapping[date, tuple[str, ...]]:
    """Return the shifts that earn *who* a day off for *holiday*, by the day they start on."""
    days = (holiday - timedelta(days=k) for k in range(_LONGEST, -1, -1))
    found = {
        d: tuple(c for c in facts.codes(who) if credit(facts, who, c, d, holiday)) for d in days
    }
    return {day: codes for day, codes in found.items() if codes}


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
        fits = (
            (day, k)
            for k, spare in enumerate(weeks)
            if left[k]
            for day in spare.days
            if lieu.earned <= day <= lieu.expires and day not in taken
        )
        day, k = min(fits, default=(None, 0))
        if day is not None:
            taken.add(day)
            left[k] -= 1
        yield lieu, day


def spare(
    facts: Facts, who: str, week: Sequence[date], per_week: int, works: Callable[[str, date], bool]
) -> Spare:
    """Return the days off of *week* and how many are beyond *per_week*; days of leave in lieu all
    are.
    """
    off = tuple(d for d in week if facts.due(who, d) and not works(who, d))
    in_lieu = tuple(d for d in week if facts.lieu_leave(who, d) and not works(who, d))
    return Spare(tuple(sorted(off + in_lieu)), max(0, len(off) - per_week) + len(in_lieu))


def open_days(facts: Facts, who: str, per_week: int) -> list[LieuDay]:
    """Return the days still owed at the start of the first day, *per_week* days off being the
    usual.

    What the ledger, or the table of balances, brings in is settled up to a day; what was worked and
    taken between that day and the first is looked up in the history.
    """
    owed = [lieu for lieu in facts.lieu_owed if lieu.person == who]
    start = max(filter(None, (facts.history.start, facts.lieu_from)), default=None)
    if start and start < facts.first and facts.history.start:
        known = [start + timedelta(days=k) for k in range((facts.first - start).days)]
        owed += (
            LieuDay(deadline(facts, who, h), h, who) for h in known if _earned_before(facts, who, h)
        )
        weeks = [known[k : k + 7] for k in range(len(known) % 7, len(known), 7)]
        spares = [
            spare(facts, who, w, per_week, lambda *cell: cell in facts.history.cells) for w in weeks
        ]
        owed = [lieu for lieu, day in settle(owed, spares) if day is None]
    return sorted(lieu for lieu in owed if lieu.expires >= facts.first)


def _earned_before(facts: Facts, who: str, day: date) -> bool:
    """Say whether *day*, on record, is a holiday that earned *who* a day off."""
    if not (facts.holiday(who, day) and facts.person(who).employed(day)):
        return False
    worked = facts.history.cells
    if any(worked.get((who, d)) in codes for d, codes in earning(facts, who, day).items()):
        return True
    return terms(facts, who).rest_day and facts.due(who, day) and (who, day) not in worked
