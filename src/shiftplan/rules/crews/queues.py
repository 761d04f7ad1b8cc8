"""What no allocation of people to queues can fill, for the solver."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

from ...facts import Facts, Need, Person
from ..vocabulary import Expr, Vocabulary
from .working import Crew

Queues: TypeAlias = frozenset[str]


def crews_by_queues(facts: Facts) -> Mapping[Queues, Crew]:
    """Return people by the queues they can serve."""
    people: dict[Queues, list[Person]] = {}
    for p in facts.people:
        able = frozenset(queue for queue, skill in facts.queues.items() if skill in p.skills)
        if able:
            people.setdefault(able, []).append(p)
    return {able: Crew(facts, some) for able, some in people.items()}


def clusters(queues: Iterable[str], crews: Iterable[Queues]) -> list[Queues]:
    """Return the queues in clusters that share nobody with each other."""
    found = [frozenset((queue,)) for queue in queues]
    for able in crews:
        linked = [cluster for cluster in found if cluster & able]
        others = [cluster for cluster in found if not cluster & able]
        found = [*others, frozenset().union(*linked)]
    return found


def _sets(queues: Collection[str]) -> Iterator[Queues]:
    """Yield every set of *queues* but the empty one, the smallest first."""
    for size in range(1, len(queues) + 1):
        for some in combinations(sorted(queues), size):
            yield frozenset(some)


def charge_missing(
    model: Vocabulary, wanted: Mapping[str, int], staff: Mapping[Queues, Expr], each: int
) -> None:
    """Charge what the set of queues that lacks most has missing of what is *wanted*."""
    # A set with a queue that wants nobody lacks no more than the set without that queue.
    wanting = [queue for queue, number in wanted.items() if number]
    missing: list[Expr] = []
    for queues in _sets(wanting):
        able = sum(number for serves, number in staff.items() if serves & queues)
        missing.append(sum(wanted[queue] for queue in queues) - able)
    if missing:
        model.at_most_highest(missing, each=each, most=sum(wanted.values()))


def charge_surplus(
    model: Vocabulary, needs: Mapping[str, Need], staff: Mapping[Queues, Expr], each: int
) -> None:
    """Charge how far those who can serve nothing else exceed the maximums of a set of queues."""
    # A queue without a maximum takes in everyone who can serve it.
    limits = {queue: need.maximum for queue, need in needs.items() if need.maximum is not None}
    surplus: list[Expr] = []
    for queues in _sets(limits):
        confined = sum(number for serves, number in staff.items() if serves <= queues)
        surplus.append(confined - sum(limits[queue] for queue in queues))
    if surplus:
        # A bound only: where shifts of near dates meet, somebody can count more than once.
        model.at_most_highest(surplus, each=each, most=len(model.facts.people) * 3)
