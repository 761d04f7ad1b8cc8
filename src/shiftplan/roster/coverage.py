"""Who is on duty when, and what each queue has of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ..clock import SLOT, slot_ceil, slot_floor
from ..facts import Facts, Person
from .allocation import Servers, allocate
from .roster import Assignment, Roster

Able = frozenset[str]
"""The queues somebody can serve."""


@dataclass(frozen=True)
class Interval:
    """One queue in one slot; *start* and *end* are instants, the rest are numbers of staff."""

    queue: str
    start: int
    end: int
    minimum: int
    target: int
    maximum: int | None
    staffed: int
    not_judged: int = 0
    """Of those missing below the minimum, how many may have been on duty by a shift of a day that
    is not on record.
    """
    not_judged_target: int = 0
    """The same of those missing below the target."""

    @property
    def short(self) -> int:
        """Staff missing below the minimum, whoever worked before."""
        return max(0, self.minimum - self.staffed - self.not_judged)

    @property
    def below_target(self) -> int:
        """Staff missing below the target, whoever worked before."""
        return max(0, self.target - self.staffed - self.not_judged_target)

    @property
    def is_judged(self) -> bool:
        """Whether it is known how far minimum and target are met."""
        return not (self.not_judged or self.not_judged_target)


def on_duty(assignments: Iterable[Assignment], start: int, end: int) -> Mapping[int, Counter[str]]:
    """Return who is on duty for the whole of each slot from *start* to *end*."""
    slots: dict[int, Counter[str]] = {t: Counter() for t in range(start, end, SLOT)}
    for assignment in assignments:
        for t in _whole_slots(assignment.start, assignment.end, start, end):
            slots[t][assignment.who] += 1
    return slots


def _whole_slots(begin: int, until: int, start: int, end: int) -> range:
    """Return the slots from *start* to *end* that lie in the stretch from *begin* to *until*."""
    return range(max(start, slot_ceil(begin)), min(end, slot_floor(until)), SLOT)


def site_window(facts: Facts, site: str, *, judged: bool = True) -> tuple[int, int]:
    """Return the instants between which this roster alone decides who is on duty at *site*.

    From the first moment a shift of the first day could be on duty there, but no sooner than the
    window, to the first moment a shift of the day after the horizon could be. Periods meet without
    a seam. Unless *judged*, what of it is not judged, as days before are not on record, is in it.
    """
    opens = facts.window.start if judged else facts.window.opens
    here = [p.name for p in facts.people if p.site == site]
    codes = {code for who in here for code in facts.codes(who)}

    def first_start(day: date) -> int:
        return min((facts.site_span(site, code, day)[0] for code in codes), default=opens)

    after = facts.last + timedelta(days=1)
    return max(opens, slot_floor(first_start(facts.first))), slot_floor(first_start(after))


def reach(
    facts: Facts, able: Iterable[Person], codes_left: Callable[[str, date], tuple[str, ...]]
) -> Counter[int]:
    """Return, per slot of the window, how many of *able* some shift that is left to them could
    bring.
    """
    staff: Counter[int] = Counter()
    # Most people of a site may work the same codes, so their slots are found once.
    known: dict[tuple[str, tuple[str, ...], date], frozenset[int]] = {}
    for p in able:
        slots: set[int] = set()
        for day in facts.known_days:
            codes: tuple[str, ...] = ()
            if day < facts.first:
                # What was worked before is known: nothing else is possible any more.
                worked = facts.history.cells.get((p.name, day))
                codes = (worked,) if worked else ()
            else:
                codes = codes_left(p.name, day)
            key = (p.site, codes, day)
            if key not in known:
                known[key] = _reached(facts, *key)
            slots |= known[key]
        staff.update(slots)
    return staff


def _reached(facts: Facts, site: str, codes: Iterable[str], day: date) -> frozenset[int]:
    """Return the slots of the window that shifts *codes* of *day* at *site* are on duty in."""
    found: set[int] = set()
    for code in codes:
        begin, until = facts.site_span(site, code, day)
        found.update(_whole_slots(begin, until, facts.window.start, facts.window.end))
    return frozenset(found)


def repeated(roster: Roster) -> tuple[Assignment, ...]:
    """Return the assignments after the horizon if every site just repeats its last week."""
    facts = roster.facts
    week = timedelta(days=7)
    last_week = (
        assignment for assignment in roster.assignments if assignment.day > facts.last - week
    )
    found: list[Assignment] = []
    for assignment in last_week:
        day = assignment.day + week
        start, end = facts.span(
            assignment.who, assignment.shift.code, day
        )  # clocks may change in between
        found.append(Assignment(assignment.who, day, assignment.shift, start, end))
    return tuple(found)


def intervals(roster: Roster, *, tail: bool = False) -> tuple[Interval, ...]:
    """Return every queue in every slot of the window, by time and then by queue.

    The slots from which on this roster's shifts could be on duty come first, though some may not be
    judged whole: nobody knows who worked before. With *tail*, return instead the slots after the
    window in which the next roster has its first shifts; the last week is taken to repeat itself
    there, assignment by assignment.
    """
    facts = roster.facts
    window = facts.window
    if tail:
        start, end = window.end, window.tail
        assignments = (*roster.before, *roster.assignments, *repeated(roster))
    else:
        start, end = window.opens, window.end
        assignments = (*roster.before, *roster.assignments)

    able = queues_of_people(facts)
    unknown = facts.could_have_worked
    found: list[Interval] = []
    for t, people in on_duty(assignments, start, end).items():
        staff: Counter[Able] = Counter()
        for who, times in people.items():
            # One person's shifts overlap in a roster that is wrong anyway. In the tail they are two
            # assignments of a week that repeats itself, and each of them counts.
            staff[able[who]] += times if tail else 1
        others = Counter(able[who] for who in unknown.get(t, ()) if who not in people)
        found += staffing(facts, t, staff, others)
    return tuple(found)


def queues_of_people(facts: Facts) -> Mapping[str, Able]:
    """Return the queues each person can serve."""
    found: dict[str, Able] = {}
    for p in facts.people:
        found[p.name] = frozenset(q for q, skill in facts.queues.items() if skill in p.skills)
    return found


def staffing(
    facts: Facts, t: int, staff: Mapping[Able, int], others: Mapping[Able, int]
) -> tuple[Interval, ...]:
    """Return what each queue gets in the slot that starts at *t*.

    *staff* are those on duty by the queues they can serve, *others* those of whom nobody knows
    whether they were.
    """
    wanted = tuple(sorted(facts.needs[t].items()))
    given = allocate(_servers(staff), wanted)
    best = given
    if any(others.values()):
        # One more person never takes anybody from a queue below its target.
        best = allocate(_servers(Counter(staff) + Counter(others)), wanted)
    found: list[Interval] = []
    for (queue, need), staffed, most in zip(wanted, given, best, strict=True):
        not_judged = max(0, min(need.minimum, most) - staffed)
        not_judged_target = max(0, min(need.target, most) - staffed)
        found.append(Interval(queue, t, t + SLOT, *need, staffed, not_judged, not_judged_target))
    return tuple(found)


def _servers(staff: Mapping[Able, int]) -> Servers:
    """Return *staff* in one order, so that equal staff is the same question, which ``allocate``
    remembers; who can serve no queue is left out.
    """
    there = [(able, number) for able, number in staff.items() if able and number]
    return tuple(sorted(there, key=_names))


def _names(entry: tuple[Able, int]) -> list[str]:
    return sorted(entry[0])


@dataclass(frozen=True)
class Gap:
    """A stretch in which one queue is short by the same number of people."""

    queue: str
    start: int
    end: int
    short: int
    below_target: int

    @property
    def missing(self) -> int:
        """Person-minutes missing below the minimum."""
        return self.short * (self.end - self.start)


def gaps(
    found: Iterable[Interval], *, below: Literal["minimum", "target"] = "minimum"
) -> tuple[Gap, ...]:
    """Return the stretches below the minimum, or below the target, worst first."""

    def depth(gap: Gap) -> int:
        return gap.short if below == "minimum" else gap.below_target

    def worst_first(gap: Gap) -> tuple[int, int, str]:
        return -depth(gap) * (gap.end - gap.start), gap.start, gap.queue

    return tuple(sorted((gap for gap in _stretches(found) if depth(gap)), key=worst_first))


def _stretches(found: Iterable[Interval]) -> Iterator[Gap]:
    """Yield the stretches of each queue in which as many are missing throughout, even if none."""
    open_: dict[str, Gap] = {}
    for i in found:
        last = open_.get(i.queue)
        begin = i.start
        if last:
            if (last.end, last.short, last.below_target) == (i.start, i.short, i.below_target):
                begin = last.start
            else:
                yield last
        open_[i.queue] = Gap(i.queue, begin, i.end, i.short, i.below_target)
    yield from open_.values()
