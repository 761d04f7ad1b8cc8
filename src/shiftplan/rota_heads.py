"""How many heads a rota needs where a plan has no heads per shift, but queues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal

from .clock import SLOT, day_start, slot_ceil, slot_floor
from .facts import Facts, Need, Person
from .rota import Heads

Level = Literal["minimum", "target"]


def heads_of_queues(
    facts: Facts, group: Sequence[Person], codes: Sequence[str], level: Level
) -> tuple[tuple[Heads, ...], tuple[str, ...]]:
    """Return the heads that queues ask of *group* in a usual week, and a sentence for what is left out.

    In each quarter hour, who is on a shift that covers it is at least what all queues together need. Two
    days' shifts at once, other sites' shifts, and queues that not everybody serves are no matter for a rota.
    """
    skills = set.intersection(*(set(p.skills) for p in group))
    served = [c for c in facts.curves if c.needs_skill in skills]
    usual = [c.model_copy(update={"rows": tuple(r for r in c.rows if r.date is None)}) for c in served]
    week = facts.changed(curves=tuple(usual))
    wanted: dict[tuple[int, frozenset[str]], int] = {}
    shared = mixed = False
    for t, on in _on_duty(facts, group[0].site, codes):
        need = _total(week, t, level)
        days = {weekday for weekday, _ in on}
        if not need or not on:
            continue
        if _others(facts, group[0].site, t):
            shared = True
        elif len(days) > 1:
            mixed = True
        else:
            key = days.pop(), frozenset(code for _, code in on)
            wanted[key] = max(need, wanted.get(key, 0))
    heads = tuple(Heads(weekday, of, n) for (weekday, of), n in sorted(wanted.items(), key=_by_day))
    return heads, tuple(_left_out(len(served) < len(facts.curves), shared, mixed))


def _by_day(item: tuple[tuple[int, frozenset[str]], int]) -> tuple[int, list[str]]:
    (weekday, codes), _ = item
    return weekday, sorted(codes)


def _total(facts: Facts, instant: int, level: Level) -> int:
    needs: list[Need] = list(facts.need(instant).values())
    return sum(n.minimum if level == "minimum" else n.target for n in needs)


def _on_duty(
    facts: Facts, site: str, codes: Sequence[str]
) -> Iterator[tuple[int, frozenset[tuple[int, str]]]]:
    """Yield each slot of a week at *site* with the shifts that cover it, by the weekday of their row."""
    zone, week = facts.site(site).timezone, facts.weeks[0]
    begin, end = (slot_floor(day_start(day, zone)) for day in (week[0], week[-1] + timedelta(days=1)))
    on: dict[int, set[tuple[int, str]]] = {t: set() for t in range(begin, end, SLOT)}
    for k in (-2, -1, *range(7)):
        for code in codes:
            start, over = facts.site_span(site, code, week[0] + timedelta(days=k))
            for t in range(max(begin, slot_ceil(start)), min(end, slot_floor(over)), SLOT):
                on[t].add((k % 7, code))
    yield from ((t, frozenset(shifts)) for t, shifts in on.items())


def _others(facts: Facts, site: str, instant: int) -> bool:
    """Say whether people of another site may be on duty in the slot at *instant*."""
    day = facts.first + timedelta(minutes=instant - day_start(facts.first, facts.site(site).timezone))
    around = [day + timedelta(days=k) for k in (-2, -1, 0, 1)]
    shifts = {(p.site, code) for p in facts.people if p.site != site for code in facts.codes(p.name)}
    spans = (facts.site_span(place, code, d) for place, code in shifts for d in around)
    return any(start <= instant and over >= instant + SLOT for start, over in spans)


def _left_out(unserved: bool, shared: bool, mixed: bool) -> Iterator[str]:
    if unserved:
        yield "what is asked for by queues that not everybody serves is left out."
    if shared:
        yield "what queues ask for while other sites are at work is left out."
    if mixed:
        yield "what queues ask for while shifts of two days are on at once is left out."
