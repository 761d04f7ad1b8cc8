"""Who is on duty when, and what each queue has of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ..clock import SLOT, slot_ceil, slot_floor
from ..facts import Facts, Person
from .allocation import allocate
from .roster import Assignment, Roster


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

    @property
    def short(self) -> int:
        """Staff missing below the minimum."""
        return max(0, self.minimum - self.staffed)

    @property
    def below_target(self) -> int:
        """Staff missing below the target."""
        return max(0, self.target - self.staffed)


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


def site_window(facts: Facts, site: str) -> tuple[int, int]:
    """Return the instants between which this roster alone decides who is on duty at *site*.

    From the first moment a shift of the first day could be on duty there, but no sooner than the
    window, to the first moment a shift of the day after the horizon could be. Periods meet without
    a seam.
    """
    opens = facts.window.start
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

    With *tail*, return instead the slots after the window in which the next roster has its first
    shifts; the last week is taken to repeat itself there, assignment by assignment.
    """
    facts = roster.facts
    window = facts.window
    if tail:
        start, end = window.end, window.tail
        assignments = (*roster.before, *roster.assignments, *repeated(roster))
    else:
        start, end = window.start, window.end
        assignments = (*roster.before, *roster.assignments)

    able = _able(facts)
    order = {queues: sorted(queues) for queues in able.values()}
    found: list[Interval] = []
    for t, people in on_duty(assignments, start, end).items():
        staff: dict[frozenset[str], int] = {}
        for who, times in people.items():
            queues = able[who]
            if queues:
                # One person's shifts overlap in a roster that is wrong anyway. In the tail they are
                # two assignments of a week that repeats itself, and each of them counts.
                staff[queues] = staff.get(queues, 0) + (times if tail else 1)
        servers = tuple((queues, staff[queues]) for queues in sorted(staff, key=order.__getitem__))
        wanted = tuple(sorted(facts.needs[t].items()))
        for (queue, need), staffed in zip(wanted, allocate(servers, wanted), strict=True):
            found.append(Interval(queue, t, t + SLOT, *need, staffed))
    return tuple(found)


def _able(facts: Facts) -> Mapping[str, frozenset[str]]:
    """Return the queues each person can serve."""
    found: dict[str, frozenset[str]] = {}
    for p in facts.people:
        found[p.name] = frozenset(q for q, skill in facts.queues.items() if skill in p.skills)
    return found


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
