"""Days off in lieu of public holidays: what earns one, and what was owed before the first day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from ..clock import day_start
from .given import GivenFacts
from .leave_policy import LieuTerms, after
from .lieu_days import LieuDay, Spare, settle
from .shifts import LASTS_INTO

LEAST = 60
"""Minutes of a shift that must lie inside a holiday for it to be worked."""


def terms(facts: GivenFacts, who: str) -> LieuTerms:
    """Return what a holiday worked earns *who*; the usual terms where no policy says."""
    policy = facts.leave_policy(who)
    return policy.lieu if policy and policy.lieu else LieuTerms()


def deadline(facts: GivenFacts, who: str, holiday: date) -> date:
    """Return the last day on which the day off for *holiday* can be."""
    return after(holiday, terms(facts, who).within)


def credit(facts: GivenFacts, who: str, code: str, day: date, holiday: date) -> int:
    """Return the minutes that *who*'s shift *code* of *day* is credited with for working on
    *holiday*.
    """
    start, end = facts.span(who, code, day)
    inside = _inside(facts, who, start, end, holiday)
    if inside < LEAST:
        return 0
    counts = terms(facts, who).counts
    if counts == "minutes":
        return inside
    if counts == "start":
        earns = day == holiday
    else:
        earns = 2 * inside > end - start  # just half of it is no majority
    return facts.leave_day(who) if earns else 0


def _inside(facts: GivenFacts, who: str, start: int, end: int, holiday: date) -> int:
    """Return the minutes from *start* to *end* that lie inside *holiday*, negative for none."""
    tz = facts.tz(who)
    begins = day_start(holiday, tz)
    ends = day_start(holiday + timedelta(days=1), tz)
    return min(end, ends) - max(start, begins)


def earning(facts: GivenFacts, who: str, holiday: date) -> Mapping[date, tuple[str, ...]]:
    """Return the shifts that earn *who* a day off for *holiday*, by the day they start on."""
    found: dict[date, tuple[str, ...]] = {}
    for k in range(LASTS_INTO, -1, -1):
        day = holiday - timedelta(days=k)
        codes = tuple(c for c in facts.codes(who) if credit(facts, who, c, day, holiday))
        if codes:
            found[day] = codes
    return found


def spare(
    facts: GivenFacts,
    who: str,
    week: Sequence[date],
    per_week: int,
    works: Callable[[str, date], bool],
) -> Spare:
    """Return the days off of *week* and how many are beyond *per_week*; days of leave in lieu all
    are.
    """
    free = [day for day in week if not works(who, day)]
    off = [day for day in free if facts.due(who, day)]
    in_lieu = [day for day in free if facts.lieu_leave(who, day)]
    most = max(0, len(off) - per_week) + len(in_lieu)
    return Spare(tuple(sorted(off + in_lieu)), most)


def open_days(facts: GivenFacts, who: str, per_week: int) -> list[LieuDay]:
    """Return the days still owed at the start of the first day, *per_week* days off being the
    usual.

    What the ledger, or the table of balances, brings in is settled up to a day; what was worked and
    taken between that day and the first is looked up in the history.
    """
    owed = [lieu for lieu in facts.lieu_owed if lieu.person == who]
    known = _unsettled_days(facts)
    if known:
        owed += _earned_on(facts, who, known)
        spares = _spare_weeks(facts, who, known, per_week)
        owed = [lieu for lieu, day in settle(owed, spares) if day is None]
    return sorted(lieu for lieu in owed if lieu.expires >= facts.first)


def _unsettled_days(facts: GivenFacts) -> list[date]:
    """Return the days on record whose holidays and days off nobody has settled yet."""
    start = facts.history.start
    if start is None:
        return []
    if facts.lieu_from is not None:
        start = max(start, facts.lieu_from)
    return [start + timedelta(days=k) for k in range((facts.first - start).days)]


def _earned_on(facts: GivenFacts, who: str, days: Sequence[date]) -> list[LieuDay]:
    """Return the days off that *who* earned on *days*, which are on record."""
    return [
        LieuDay(deadline(facts, who, day), day, who)
        for day in days
        if _earned_before(facts, who, day)
    ]


def _spare_weeks(
    facts: GivenFacts, who: str, known: Sequence[date], per_week: int
) -> Sequence[Spare]:
    """Return what each whole week of *known* days has to spare."""

    def worked(who: str, day: date) -> bool:
        return (who, day) in facts.history.cells

    # Weeks are counted back from the first day; of a week begun, how many days off are usual is
    # not known.
    first = len(known) % 7
    weeks = (known[k : k + 7] for k in range(first, len(known), 7))
    return [spare(facts, who, week, per_week, worked) for week in weeks]


def _earned_before(facts: GivenFacts, who: str, day: date) -> bool:
    """Say whether *day*, on record, is a holiday that earned *who* a day off."""
    if not (facts.holiday(who, day) and facts.person(who).employed(day)):
        return False
    worked = facts.history.cells
    for start, codes in earning(facts, who, day).items():
        if worked.get((who, start)) in codes:
            return True
    free = facts.due(who, day) and (who, day) not in worked
    return terms(facts, who).rest_day and free
