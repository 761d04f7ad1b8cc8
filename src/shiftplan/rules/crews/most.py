"""How much work people can give at most, and how many can be on duty at once, by counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from ...facts import Facts, Person
from ...roster.coverage import reach
from ..base import WorkLimits

NEAR = timedelta(days=4)
"""No shift that starts sooner before the horizon reaches into it, whatever the zones."""


def most_on_duty(facts: Facts, able: Iterable[Person], limits: WorkLimits) -> Counter[int]:
    """Return, per slot of the window, how many of *able* could be on duty, as far as there is room
    for them at their sites.
    """
    by_site: dict[str, list[Person]] = {}
    for person in able:
        by_site.setdefault(person.site, []).append(person)
    # Who is on duty by the record takes a seat, and more of them than there are is no breach.
    record_ends = facts.window.start + reaching_in(facts)
    total: Counter[int] = Counter()
    for site, people in by_site.items():
        room = limits.most_at_once(site)
        for slot, number in reach(facts, people, limits.codes_left).items():
            total[slot] += min(number, room) if slot >= record_ends else number
    return total


def reaching_in(facts: Facts) -> int:
    """Return the minutes of the window that shifts on record reach into, at most."""
    given = 0
    for (who, day), code in facts.history.cells.items():
        if facts.has_person(who) and facts.first - NEAR <= day < facts.first:
            given += max(0, facts.span(who, code, day)[1] - facts.window.start)
    return given


def most_work(facts: Facts, skills: Collection[str], limits: WorkLimits) -> int:
    """Return the minutes that everyone with one of *skills* can be on duty in the horizon."""
    given = 0
    for p in facts.people:
        if facts.codes(p.name) and not set(skills).isdisjoint(p.skills):
            weeks = sum(_most_in(facts, p.name, week, limits) for week in facts.weeks)
            paid = limits.most_paid(p.name, facts.days)
            given += min(weeks, _on_duty(facts, p.name, paid, weeks))
    return given


def _most_in(facts: Facts, who: str, week: Sequence[date], limits: WorkLimits) -> int:
    longest = max(facts.shift(code).length for code in facts.codes(who))
    most = longest * limits.most_days(who, week)
    return min(most, _on_duty(facts, who, limits.most_paid(who, week), most))


def _on_duty(facts: Facts, who: str, paid: int, most: int) -> int:
    """Return how long *who* is on duty for so many *paid* minutes, *most* if that is no limit."""
    shifts = [facts.shift(code) for code in facts.codes(who)]
    # Of every shift some minutes are paid, and of one with long breaks the fewest.
    ratio = max(Fraction(shift.length, shift.paid) for shift in shifts)
    return min(most, int(paid * ratio))
