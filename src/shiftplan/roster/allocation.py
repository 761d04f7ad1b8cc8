"""Staff shared among queues so that nobody serves two at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from ..facts import Need

Servers = tuple[tuple[frozenset[str], int], ...]
"""How many people can serve exactly which queues."""
Wanted = tuple[tuple[str, Need], ...]


@lru_cache(maxsize=200_000)
def allocate(staff: Servers, wanted: Wanted) -> tuple[int, ...]:
    """Return how many of *staff* each queue of *wanted* gets, in its order.

    Minimums are filled first as far as any allocation can, then targets, then maximums; who is left
    over goes where it is allowed, to the queue with the least beyond its target. Everybody is given
    to one queue they can serve. Method: a maximum flow from staff to queues, its capacities raised
    tier by tier; an augmenting path never takes somebody from a queue without giving it another.
    """
    everybody = sum(count for _, count in staff)
    needs = [need for _, need in wanted]
    maximums = [everybody if n.maximum is None else n.maximum for n in needs]

    made = _Allocation(staff, wanted)
    made.fill([n.minimum for n in needs])
    made.fill([n.target for n in needs])
    # Up to the maximums there may be room for some only: they are spread before any is moved.
    made.spread(maximums)
    made.fill(maximums)
    made.spread([everybody] * len(needs))
    return tuple(made.total)


class _Allocation:
    """Staff given to queues so far, in groups of those who can serve exactly the same queues."""

    def __init__(self, staff: Servers, wanted: Wanted) -> None:
        queues = [queue for queue, _ in wanted]
        self.free = [count for _, count in staff]
        """How many of each group are not given to any queue."""
        self.can = [_positions(queues, able) for able, _ in staff]
        """The queues each group can serve, by their position."""
        self.given = [[0] * len(queues) for _ in staff]
        """How many of each group are given to each queue."""
        self.total = [0] * len(queues)
        self.target = [need.target for _, need in wanted]

    def fill(self, limits: Sequence[int]) -> None:
        """Bring each queue as close to its limit as the staff can, one after another."""
        for queue, limit in enumerate(limits):
            while self.total[queue] < limit and self._bring_one(queue):
                pass

    def spread(self, limits: Sequence[int]) -> None:
        """Give those left over one by one to the queue with the least beyond its target."""
        for group, able in enumerate(self.can):
            while self.free[group]:
                room = [queue for queue in able if self.total[queue] < limits[queue]]
                if not room:
                    break
                least = min(room, key=self._beyond_target)
                self._give(group, least)
                self.total[least] += 1

    def _beyond_target(self, queue: int) -> tuple[int, int]:
        return self.total[queue] - self.target[queue], queue

    def _give(self, group: int, queue: int) -> None:
        """Give one free person of *group* to *queue*."""
        self.free[group] -= 1
        self.given[group][queue] += 1

    def _bring_one(self, goal: int) -> bool:
        """Bring one more to queue *goal*, moving others between queues if that frees one."""
        came: dict[int, tuple[int, int]] = {}
        """For each queue somebody could leave: of which group, and for which queue."""
        line = deque([goal])
        while line:
            queue = line.popleft()
            for group, able in enumerate(self.can):
                if queue not in able:
                    continue
                if self.free[group]:
                    self._give(group, queue)
                    self._move_on(queue, goal, came)
                    self.total[goal] += 1
                    return True
                for other in able:
                    if self.given[group][other] and other != goal and other not in came:
                        came[other] = (group, queue)
                        line.append(other)
        return False

    def _move_on(self, queue: int, goal: int, came: Mapping[int, tuple[int, int]]) -> None:
        """Move one person from each queue on the way from *queue* to *goal* to the next."""
        while queue != goal:
            group, onward = came[queue]
            self.given[group][queue] -= 1
            self.given[group][onward] += 1
            queue = onward


def _positions(queues: Sequence[str], able: Collection[str]) -> list[int]:
    return [k for k, queue in enumerate(queues) if queue in able]
