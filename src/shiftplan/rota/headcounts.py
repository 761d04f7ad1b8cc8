"""How many people a rota needs where a plan has no headcounts per shift, but queues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from ..clock import SLOT, day_start, slot_ceil, slot_floor
from ..facts import Curve, Facts, Person
from .rota import Headcount

Level = Literal["minimum", "target"]

Codes: TypeAlias = frozenset[str]

ONE_GIVES_ALL = "everybody is assumed to serve every queue that somebody serves."
SITES_SHARE = "while several sites are at work, each gives people in proportion to its staff."
TWO_DAYS_AT_ONCE = "what queues need while shifts of two days are on at once is left out."


def headcounts_of_queues(
    facts: Facts, group: Sequence[Person], codes: Sequence[str], level: Level
) -> tuple[tuple[Headcount, ...], tuple[str, ...]]:
    """Return the headcounts that queues ask of *group* in a usual week, and what is left open.

    In each quarter hour, who is on a shift that covers it is at least what the queues need
    together; while other sites can be at work too, each site gives by the number of its people.
    Everybody is assumed to serve what somebody does. What is needed while shifts of two days are
    on is left out. Each thing left open is one sentence.
    """
    served = [curve for curve in facts.curves if any(_serves(p, curve) for p in group)]
    slots = list(_slots_of_need(facts, served, group, codes, level))
    wanted: dict[tuple[int, Codes], int] = {}
    for slot in slots:
        if len(slot.weekdays) == 1:
            key = slot.weekdays[0], slot.codes
            wanted[key] = max(slot.part, wanted.get(key, 0))
    everyone_alike = all(_serves(p, curve) for p in group for curve in served)
    return tuple(_lines(wanted)), tuple(_notes(slots, everyone_alike))


def _notes(slots: Sequence[_Slot], everyone_alike: bool) -> Iterator[str]:
    if not everyone_alike:
        yield ONE_GIVES_ALL
    if any(slot.shared for slot in slots):
        yield SITES_SHARE
    if any(len(slot.weekdays) > 1 for slot in slots):
        yield TWO_DAYS_AT_ONCE


@dataclass(frozen=True)
class _Slot:
    """A quarter hour in which queues need somebody."""

    part: int
    """How many people of the group they need."""
    shared: bool
    """Whether other sites can be at work too."""
    weekdays: tuple[int, ...]
    """The weekdays whose shifts of the group are on duty."""
    codes: Codes
    """Those shifts."""


def _slots_of_need(
    facts: Facts,
    served: Sequence[Curve],
    group: Sequence[Person],
    codes: Sequence[str],
    level: Level,
) -> Iterator[_Slot]:
    """Yield each slot of a usual week in which the queues *served* need somebody."""
    site = group[0].site
    usual = facts.changed(curves=tuple(map(_without_dates, served)))
    for instant, on in _on_duty(facts, site, codes):
        need = _need(usual, instant, level)
        if need:
            others = _others(facts, site, instant)
            # The group's part, by the number of its people, rounded up.
            part = -(-need * len(group) // (len(group) + others))
            weekdays = tuple({weekday for weekday, _ in on})
            yield _Slot(part, others > 0, weekdays, frozenset(code for _, code in on))


def _lines(wanted: dict[tuple[int, Codes], int]) -> Iterator[Headcount]:
    """Yield a headcount per weekday and set of shifts, in order."""
    for weekday, codes in sorted(wanted, key=lambda key: (key[0], sorted(key[1]))):
        yield Headcount(weekday, codes, wanted[weekday, codes])


def _serves(person: Person, curve: Curve) -> bool:
    return curve.needs_skill in person.skills


def _without_dates(curve: Curve) -> Curve:
    """Return what *curve* requires in a usual week."""
    return curve.model_copy(update={"rows": tuple(row for row in curve.rows if row.date is None)})


def _need(facts: Facts, instant: int, level: Level) -> int:
    """Return what all queues need together in the slot at *instant*."""
    needs = facts.need(instant).values()
    if level == "minimum":
        return sum(need.minimum for need in needs)
    return sum(need.target for need in needs)


def _on_duty(
    facts: Facts, site: str, codes: Sequence[str]
) -> Iterator[tuple[int, frozenset[tuple[int, str]]]]:
    """Yield each slot of a week at *site*, with the weekday and code of each shift on duty in it.

    The weekday is that of the row, on which the shift begins.
    """
    zone, week = facts.site(site).timezone, facts.weeks[0]
    begin = slot_floor(day_start(week[0], zone))
    end = slot_floor(day_start(week[-1] + timedelta(days=1), zone))
    on: dict[int, set[tuple[int, str]]] = {t: set() for t in range(begin, end, SLOT)}
    # Shifts of the last two days of the week before reach into this one: any week is like any.
    for k in (-2, -1, *range(7)):
        for code in codes:
            start, until = facts.site_span(site, code, week[0] + timedelta(days=k))
            for t in range(max(begin, slot_ceil(start)), min(end, slot_floor(until)), SLOT):
                on[t].add((k % 7, code))
    for t, shifts in on.items():
        yield t, frozenset(shifts)


def _others(facts: Facts, site: str, instant: int) -> int:
    """Return how many people of other sites could be on duty in the slot at *instant*."""
    elsewhere = [person for person in facts.people if person.site != site]
    shifts = {(person.site, code) for person in elsewhere for code in facts.codes(person.name)}
    since = instant - day_start(facts.first, facts.site(site).timezone)
    today = facts.first + timedelta(minutes=since)
    at_work = {place for place, code in shifts if _runs_at(facts, place, code, today, instant)}
    return sum(person.site in at_work for person in elsewhere)


def _runs_at(facts: Facts, site: str, code: str, today: date, instant: int) -> bool:
    """Say whether a shift of a day around *today* covers the slot at *instant*."""
    # Zones lie up to a day apart, and a shift that began the day before may still be on.
    for k in (-2, -1, 0, 1):
        start, until = facts.site_span(site, code, today + timedelta(days=k))
        if start <= instant and until >= instant + SLOT:
            return True
    return False
