"""Who is assigned the duties of each day: shared out evenly among those at work who can be."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..roster import Roster
from ..rules.duty import Duty
from .plan import Plan


@dataclass(frozen=True)
class AssignedDuty:
    """One duty on one day: who is assigned it, by name, and how many people short it is."""

    duty: str
    day: date
    people: tuple[str, ...]
    missing: int


def assign_duties(plan: Plan, roster: Roster) -> tuple[AssignedDuty, ...]:
    """Return who is assigned every duty, by day and in the order of the rules.

    Who is assigned a duty of the day is passed over for the next as long as there are enough
    others; within that no other choice shares a duty out more evenly over the days. The same
    roster always gives the same people.
    """
    found: dict[tuple[date, int], AssignedDuty] = {}
    busy: defaultdict[date, set[str]] = defaultdict(set)
    for number, rule in enumerate(plan.rules):
        if not isinstance(rule, Duty):
            continue
        name = f"{rule.name}{rule.whom.restriction()}"
        able = _able(rule, roster, busy)
        for day, people in _shared_out(able, rule.count).items():
            busy[day].update(people)
            missing = rule.count - len(people)
            found[day, number] = AssignedDuty(name, day, tuple(sorted(people)), missing)
    return tuple(found[key] for key in sorted(found))


def _able(
    rule: Duty, roster: Roster, busy: Mapping[date, Collection[str]]
) -> Mapping[date, Sequence[str]]:
    """Return who can be assigned the duty on each day: those not *busy*, if they are enough."""
    able: dict[date, Sequence[str]] = {}
    for day, there in rule.candidates(roster).items():
        taken = busy.get(day, ())
        free = [who for who in there if who not in taken]
        able[day] = free if len(free) >= rule.count else there
    return able


def _shared_out(able: Mapping[date, Sequence[str]], count: int) -> dict[date, set[str]]:
    """Return *count* people for each day, or all there are, such that the days per person differ
    least.
    """
    assigned: dict[date, set[str]] = {}
    load: Counter[str] = Counter()
    for day, there in able.items():
        least_busy_first = sorted(there, key=lambda who: (load[who], who))
        assigned[day] = set(least_busy_first[:count])
        load.update(assigned[day])
    while path := _relief(assigned, able, load):
        for day, giver, taker in path:
            assigned[day].remove(giver)
            assigned[day].add(taker)
        # Everyone in between takes a day for the one they give.
        load[path[0].giver] -= 1
        load[path[-1].taker] += 1
    return assigned


class Exchange(NamedTuple):
    """A day, who gives it away, who takes it."""

    day: date
    giver: str
    taker: str


def _relief(
    assigned: Mapping[date, set[str]], able: Mapping[date, Sequence[str]], load: Mapping[str, int]
) -> list[Exchange]:
    """Return days that change hands one after another, from somebody to one with two days less, or
    nothing.

    Where there is no such path the sharing is the most even (Harvey, Ladner, Lovasz and Tamir 2003,
    Semi-matchings for bipartite graphs and load balancing).
    """
    busiest_first = sorted(load, key=lambda who: (-load[who], who))
    for first in busiest_first:
        enough = load[first] - 2
        came: dict[str, Exchange | None] = {first: None}
        queue = deque([first])
        while queue:
            for exchange in _exchanges(queue.popleft(), assigned, able):
                taker = exchange.taker
                if taker in came:
                    continue
                came[taker] = exchange
                if load.get(taker, 0) <= enough:
                    return _back(came, taker)
                queue.append(taker)
    return []


def _exchanges(
    giver: str, assigned: Mapping[date, set[str]], able: Mapping[date, Sequence[str]]
) -> Iterator[Exchange]:
    """Yield each day that *giver* can give to somebody who is not assigned it."""
    for day, there in able.items():
        if giver not in assigned[day]:
            continue
        for taker in there:
            if taker not in assigned[day]:
                yield Exchange(day, giver, taker)


def _back(came: Mapping[str, Exchange | None], last: str) -> list[Exchange]:
    """Return the exchanges that led to *last*, the first of them first."""
    path: list[Exchange] = []
    while step := came[last]:
        path.append(step)
        last = step.giver
    return path[::-1]
