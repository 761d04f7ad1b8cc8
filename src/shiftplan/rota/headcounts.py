"""How many heads a rota needs where a plan has no heads per shift, but queues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal

from ..clock import SLOT, day_start, slot_ceil, slot_floor
from ..facts import Facts, Need, Person
from .rota import Headcount

Level = Literal["minimum", "target"]


def heads_of_queues(
    facts: Facts, group: Sequence[Person], codes: Sequence[str], level: Level
) -> tuple[tuple[Headcount, ...], tuple[str, ...]]:
    """Return the heads that queues ask of *group* in a usual week, and a sentence for each thing
    left open.

    In each quarter hour, who is on a shift that covers it is at least what the queues need
    together; while other sites can be at work too, each site gives by the number of its people.
    Everybody is taken to serve what somebody does. What is asked for while shifts of two days are
    on is left out.
    """
    skills = [set(p.skills) for p in group]
    served = [c for c in facts.curves if any(c.needs_skill in of for of in skills)]
    usual = [
        c.model_copy(update={"rows": tuple(r for r in c.rows if r.date is None)}) for c in served
    ]
    week, site = facts.changed(curves=tuple(usual)), group[0].site
    wanted: dict[tuple[int, frozenset[str]], int] = {}
    shared = mixed = False
    for t, on in _on_duty(facts, site, codes):
        need, others = _total(week, t, level), _others(facts, site, t)
        days = {weekday for weekday, _ in on}
        shared, mixed = shared or bool(need and others), mixed or bool(need and len(days) > 1)
        if need and len(days) == 1:
            key = days.pop(), frozenset(code for _, code in on)
            wanted[key] = max(-(-need * len(group) // (len(group) + others)), wanted.get(key, 0))
    heads = tuple(
        Headcount(weekday, of, n) for (weekday, of), n in sorted(wanted.items(), key=_by_day)
    )
    apart = any(not all(c.needs_skill in of for of in skills) for c in served)
    return heads, tuple(_notes(apart, shared, mixed))


def _by_day(item: tuple[tuple[int, frozenset[str]], int]) -> tuple[int, list[str]]:
    (weekday, codes), _ = item
    return weekday, sorted(codes)


def _total(facts: Facts, instant: int, level: Level) -> int:
    needs: list[Need] = list(facts.need(instant).values())
    return sum(n.minimum if level == "minimum" else n.target for n in needs)


def _on_duty(
    facts: Facts, site: str, codes: Sequence[str]
) -> Iterator[tuple[int, frozenset[tuple[int, str]]]]:
    """Yield each slot of a week at *site* with the shifts that cover it, by the weekday of their
    row.
    """
    zone, week = facts.site(site).timezone, facts.weeks[0]
    begin, end = (
        slot_floor(day_start(day, zone)) for day in (week[0], week[-1] + timedelta(days=1))
    )
    on: dict[int, set[tuple[int, str]]] = {t: set() for t in range(begin, end, SLOT)}
    for k in (-2, -1, *range(7)):
        for code in codes:
            start, over = facts.site_span(site, code, week[0] + timedelta(days=k))
            for t in range(max(begin, slot_ceil(start)), min(end, slot_floor(over)), SLOT):
                on[t].add((k % 7, code))
    yield from ((t, frozenset(shifts)) for t, shifts in on.items())


def _others(facts: Facts, site: str, instant: int) -> int:
    """Return how many people of other sites could be on duty in the slot at *instant*."""
    day = facts.first + timedelta(
        minutes=instant - day_start(facts.first, facts.site(site).timezone)
    )
    around = [day + timedelta(days=k) for k in (-2, -1, 0, 1)]
    shifts = {
        (p.site, code) for p in facts.people if p.site != site for code in facts.codes(p.name)
    }
    there = {
        place
        for place, code in shifts
        for start, over in (facts.site_span(place, code, d) for d in around)
        if start <= instant and over >= instant + SLOT
    }
    return sum(p.site in there for p in facts.people)


def _notes(apart: bool, shared: bool, mixed: bool) -> Iterator[str]:
    if apart:
        yield "everybody is taken to serve every queue that somebody serves."
    if shared:
        yield "while other sites can be at work too, each gives heads by the number of its people."
    if mixed:
        yield "what queues ask for while shifts of two days are on at once is left out."
