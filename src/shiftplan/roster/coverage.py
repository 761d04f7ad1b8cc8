"""Who is on when, shared out to queues so that nobody serves two at a time."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from ..clock import SLOT, slot_ceil, slot_floor
from ..facts import Facts, Need, Person
from .roster import Assignment, Roster

Servers = tuple[tuple[frozenset[str], int], ...]
"""How many heads can serve exactly which queues."""
Wanted = tuple[tuple[str, Need], ...]


@dataclass(frozen=True)
class Interval:
    """One queue in one slot; *start* and *end* are instants, the rest are heads."""

    queue: str
    start: int
    end: int
    minimum: int
    target: int
    maximum: int | None
    staffed: int

    @property
    def short(self) -> int:
        """Heads missing below the minimum."""
        return max(0, self.minimum - self.staffed)

    @property
    def below_target(self) -> int:
        """Heads missing below the target."""
        return max(0, self.target - self.staffed)


@lru_cache(maxsize=200_000)
def allocate(heads: Servers, wanted: Wanted) -> tuple[int, ...]:
    """Return the heads each queue of *wanted* gets, in its order.

    Minimums are filled first as far as any allocation can, then targets, then maximums; what is
    left over goes where it is allowed, to the queue with the least beyond its target. Every head is
    given to one queue it can serve. Method: a maximum flow from heads to queues, its capacities
    raised tier by tier; an augmenting path never takes a head from a queue without giving it
    another.
    """
    queues = [queue for queue, _ in wanted]
    given = [[0] * len(queues) for _ in heads]
    total = [0] * len(queues)
    free = [count for _, count in heads]
    can = [[k for k, queue in enumerate(queues) if queue in able] for able, _ in heads]
    needs = [need for _, need in wanted]
    most = sum(free)
    tiers = (
        [n.minimum for n in needs],
        [n.target for n in needs],
        [most if n.maximum is None else n.maximum for n in needs],
    )
    for number, tier in enumerate(tiers):
        if number == len(tiers) - 1:
            _spread(free, can, given, total, [n.target for n in needs], tier)
        for k in range(len(queues)):
            while total[k] < tier[k] and _augment(k, free, can, given, total):
                pass
    _spread(free, can, given, total, [n.target for n in needs], [most] * len(queues))
    return tuple(total)


def _augment(
    goal: int,
    free: list[int],
    can: Sequence[Sequence[int]],
    given: list[list[int]],
    total: list[int],
) -> bool:
    """Bring one more head to queue *goal*, moving others between queues if that frees one."""
    came: dict[int, tuple[int, int] | None] = {goal: None}
    line = deque([goal])
    while line:
        queue = line.popleft()
        for group, able in enumerate(can):
            if queue not in able:
                continue
            if free[group]:
                free[group] -= 1
                total[goal] += 1
                given[group][queue] += 1
                step = came[queue]
                while step is not None:
                    mover, onward = step
                    given[mover][queue] -= 1
                    given[mover][onward] += 1
                    queue, step = onward, came[onward]
                return True
            for other in able:
                if given[group][other] and other not in came:
                    came[other] = (group, queue)
                    line.append(other)
    return False


def _spread(
    free: list[int],
    can: Sequence[Sequence[int]],
    given: list[list[int]],
    total: list[int],
    target: Sequence[int],
    limit: Sequence[int],
) -> None:
    """Give the heads left over one by one to the queue with the least beyond its target."""
    for group, able in enumerate(can):
        while free[group]:
            open_queues = [k for k in able if total[k] < limit[k]]
            if not open_queues:
                break
            k = min(open_queues, key=lambda q: (total[q] - target[q], q))
            free[group] -= 1
            given[group][k] += 1
            total[k] += 1


def on_duty(duties: Iterable[Assignment], start: int, end: int) -> Mapping[int, Counter[str]]:
    """Return who is on duty for the whole of each slot from *start* to *end*."""
    slots: dict[int, Counter[str]] = {t: Counter() for t in range(start, end, SLOT)}
    for duty in duties:
        for t in range(max(start, slot_ceil(duty.start)), min(end, slot_floor(duty.end)), SLOT):
            slots[t][duty.who] += 1
    return slots


def site_window(facts: Facts, site: str) -> tuple[int, int]:
    """Return the instants between which this roster alone decides who is on duty at *site*.

    From the first moment a shift of the first day could be on duty there, but no sooner than the
    window, to the first moment a shift of the day after the horizon could be. Periods meet without
    a seam.
    """
    codes = {code for p in facts.people if p.site == site for code in facts.codes(p.name)}
    opens = facts.window.start
    first = min((facts.site_span(site, code, facts.first)[0] for code in codes), default=opens)
    after = facts.last + timedelta(days=1)
    over = min((facts.site_span(site, code, after)[0] for code in codes), default=opens)
    return max(opens, slot_floor(first)), slot_floor(over)


def reach(
    facts: Facts, able: Iterable[Person], may_work: Callable[[str, date], bool]
) -> Counter[int]:
    """Return, per slot of the window, how many of *able* some shift of a day they may work could
    bring.
    """
    heads: Counter[int] = Counter()
    window = facts.window
    reached: dict[tuple[str, tuple[str, ...], date], frozenset[int]] = {}
    for p in able:
        slots: set[int] = set()
        for day in facts.known_days:
            codes = facts.codes(p.name) if may_work(p.name, day) else ()
            if day < facts.first:
                worked = facts.history.cells.get((p.name, day))
                codes = (worked,) if worked else ()
            key = (p.site, codes, day)
            if key not in reached:
                spans = [facts.site_span(p.site, code, day) for code in codes]
                whole = [
                    (max(window.start, slot_ceil(a)), min(window.end, slot_floor(b)))
                    for a, b in spans
                ]
                reached[key] = frozenset(t for start, end in whole for t in range(start, end, SLOT))
            slots |= reached[key]
        heads.update(slots)
    return heads


def repeated(roster: Roster) -> tuple[Assignment, ...]:
    """Return the duties of the week after the horizon if every site just repeats its last week."""
    facts = roster.facts
    week = timedelta(days=7)
    return tuple(
        Assignment(d.who, d.day + week, d.shift, *facts.span(d.who, d.shift.code, d.day + week))
        for d in roster.duties
        if d.day > facts.last - week
    )


def intervals(roster: Roster, *, tail: bool = False) -> tuple[Interval, ...]:
    """Return every queue in every slot of the window, by time and then by queue.

    With *tail*, return instead the slots after the window in which the next roster has its first
    shifts; the last week is taken to repeat itself there, duty by duty.
    """
    facts = roster.facts
    window = facts.window
    start, end = (window.end, window.tail) if tail else (window.start, window.end)
    duties = (*roster.before, *roster.duties, *(repeated(roster) if tail else ()))
    queues = facts.queues
    able = {
        p.name: frozenset(q for q, skill in queues.items() if skill in p.skills)
        for p in facts.people
    }
    found = []
    for t, people in on_duty(duties, start, end).items():
        heads = Counter[frozenset[str]]()
        for who, times in people.items():
            if able[who]:
                heads[able[who]] += times if tail else 1
        wanted = tuple(sorted(facts.needs[t].items()))
        staffed = allocate(tuple(sorted(heads.items(), key=lambda h: sorted(h[0]))), wanted)
        found += [
            Interval(queue, t, t + SLOT, need.minimum, need.target, need.maximum, count)
            for (queue, need), count in zip(wanted, staffed, strict=True)
        ]
    return tuple(found)


@dataclass(frozen=True)
class Gap:
    """A stretch in which one queue is short by the same number of heads."""

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
    open_: dict[str, Gap] = {}
    done: list[Gap] = []
    for i in found:
        last = open_.get(i.queue)
        if last and (last.end, last.short, last.below_target) == (i.start, i.short, i.below_target):
            open_[i.queue] = Gap(i.queue, last.start, i.end, i.short, i.below_target)
            continue
        if last:
            done.append(last)
        open_[i.queue] = Gap(i.queue, i.start, i.end, i.short, i.below_target)
    done += open_.values()
    depth = {g: g.short if below == "minimum" else g.below_target for g in done}
    kept = (g for g in done if depth[g])
    return tuple(sorted(kept, key=lambda g: (-depth[g] * (g.end - g.start), g.start, g.queue)))
