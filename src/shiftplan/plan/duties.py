"""Who owns the duties of each day: shared out evenly among those at work who could."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..roster import Roster
from ..rules.duty import Duty
from .plan import Plan


@dataclass(frozen=True)
class AssignedDuty:
    """One duty on one day: who owns it, by name, and how many owners it still lacks."""

    duty: str
    day: date
    owners: tuple[str, ...]
    missing: int


def owners(plan: Plan, roster: Roster) -> tuple[AssignedDuty, ...]:
    """Return the owners of every duty, by day and in the order of the rules.

    Who owns a duty of the day is passed over for the next as long as there are enough others;
    within that no other choice shares a duty out more evenly over the days. The same roster always
    gives the same owners.
    """
    found: dict[tuple[date, int], AssignedDuty] = {}
    busy: defaultdict[date, set[str]] = defaultdict(set)
    for number, rule in enumerate(plan.rules):
        if not isinstance(rule, Duty):
            continue
        able: dict[date, Sequence[str]] = {}
        for day, there in rule.candidates(roster).items():
            free = [who for who in there if who not in busy[day]]
            able[day] = free if len(free) >= rule.count else there
        for day, own in _shared_out(able, rule.count).items():
            busy[day].update(own)
            lacking = rule.count - len(own)
            found[day, number] = AssignedDuty(
                f"{rule.name}{rule.whom.words()}", day, tuple(sorted(own)), lacking
            )
    return tuple(found[key] for key in sorted(found))


def _shared_out(able: Mapping[date, Sequence[str]], count: int) -> dict[date, set[str]]:
    """Return *count* owners of each day, or all there are, such that the days per person differ
    least.
    """
    own: dict[date, set[str]] = {}
    load: Counter[str] = Counter()
    for day, there in able.items():
        own[day] = set(sorted(there, key=lambda who: (load[who], who))[:count])
        load.update(own[day])
    while path := _relief(own, able, load):
        for day, giver, taker in path:
            own[day].remove(giver)
            own[day].add(taker)
        load[path[0][1]] -= 1
        load[path[-1][2]] += 1
    return own


Exchange = tuple[date, str, str]
"""A day, who gives it away, who takes it."""


def _relief(
    own: Mapping[date, set[str]], able: Mapping[date, Sequence[str]], load: Mapping[str, int]
) -> list[Exchange]:
    """Return days that change hands one after another, from somebody to one with two days less, or
    nothing.

    Where there is no such path the sharing is the most even (Harvey, Ladner, Lovasz and Tamir 2003,
    Semi-matchings for bipartite graphs and load balancing).
    """
    for first in sorted(load, key=lambda who: (-load[who], who)):
        came: dict[str, Exchange | None] = {first: None}
        queue = deque([first])
        while queue:
            giver = queue.popleft()
            for day, there in able.items():
                for taker in there if giver in own[day] else ():
                    if taker in came or taker in own[day]:
                        continue
                    came[taker] = (day, giver, taker)
                    if load.get(taker, 0) <= load[first] - 2:
                        return _back(came, taker)
                    queue.append(taker)
    return []


def _back(came: Mapping[str, Exchange | None], last: str) -> list[Exchange]:
    path: list[Exchange] = []
    while step := came[last]:
        path.append(step)
        last = step[1]
    return path[::-1]
