"""Legal days of a rota as an automaton, unrolled over the seven days of a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from ...rota import OFF, OffTogether, RotaWish, Run

ANY_DAYS_OFF = (0, 7)
"""Least and most days off in a row that require nothing."""


class DayState(NamedTuple):
    """What yesterday and the days before it leave open for today.

    A run's count is 0 outside of it and stands still at its least if it has no most; *before* is
    kept only where a pattern of three days needs it.
    """

    before: str
    code: str
    counts: tuple[int, ...]


class RowState(NamedTuple):
    """What of its own row a day must know; stands still where the wish requires nothing."""

    off: int = 0
    """Days off so far."""
    run: int = 0
    """Days off in a row, up to as many as must be together."""
    had: bool = True
    """Whether the row has its days off together."""
    debt: bool = False
    """Whether the row before lacks them unless this run of days off becomes long enough."""


class RotaNode(NamedTuple):
    """A state at the end of a weekday."""

    weekday: int
    state: DayState
    week: RowState


class Arc(NamedTuple):
    """One day: from the node of the day before to that of the day."""

    tail: RotaNode
    head: RotaNode

    @property
    def code(self) -> str:
        """What is worked on the day."""
        return self.head.state.code

    @property
    def weekday(self) -> int:
        """The weekday it is."""
        return self.head.weekday


def graphs(wish: RotaWish) -> list[tuple[Arc, ...]]:
    """Return the strongly connected parts of the graph, one of which a rota lies in; largest first.

    A rota is one closed walk of seven arcs a person; no walk leaves such a part and comes back.
    """
    arcs = tuple(_arcs(wish))
    where = _parts(arcs)
    found: dict[int, list[Arc]] = defaultdict(list)
    for arc in arcs:
        if where[arc.tail] == where[arc.head]:
            found[where[arc.tail]].append(arc)
    return sorted(map(tuple, found.values()), key=len, reverse=True)


def _arcs(wish: RotaWish) -> Iterator[Arc]:
    """Yield every arc that can be reached."""
    codes = (*wish.codes, OFF)
    open_on = [[c for c in codes if wish.bounds(d, frozenset((c,)))[1] > 0] for d in range(7)]
    pairs = {(p[0], p[1]) for p in wish.forbidden if len(p) == 3}
    todo = list(dict.fromkeys(_first(wish, codes)))
    seen = set(todo)
    while todo:
        node = todo.pop()
        day = (node.weekday + 1) % 7
        for code in open_on[day]:
            head = _after(wish, pairs, node, code)
            if head is None:
                continue
            yield Arc(node, head)
            if head not in seen:
                seen.add(head)
                todo.append(head)


def _after(
    wish: RotaWish, pairs: set[tuple[str, str]], node: RotaNode, code: str
) -> RotaNode | None:
    """Return the node after a day of *code*, or None if it must not be."""
    day = (node.weekday + 1) % 7
    state = _step(wish, pairs, node.state, code)
    week = _in_week(wish, node.week, day, code == OFF)
    if state is None or week is None:
        return None
    return RotaNode(day, state, week)


def _first(wish: RotaWish, codes: Iterable[str]) -> Iterator[RotaNode]:
    """Yield nodes from which every closed walk is reached: a run just begun, or an endless one.

    Some can never come; as each row begins anew, no walk leads back to those.
    """
    for code in codes:
        begun = tuple(int(code in run.of) for run in wish.runs)
        endless = []
        for count, run in zip(begun, wish.runs, strict=True):
            endless.append(run.least if count and run.most is None else count)
        for counts, day in product({begun, tuple(endless)}, range(7)):
            for week in _first_in_week(wish, code, day):
                yield RotaNode(day, DayState("", code, counts), week)


def _first_in_week(wish: RotaWish, code: str, day: int) -> Iterator[RowState]:
    """Yield what a row can know after *day*, *code* being worked on it."""
    together = wish.together.days if wish.together else 0
    offs = range(day + 2) if wish.week_off != ANY_DAYS_OFF else (0,)
    runs = (1, together) if code == OFF and together else (0,)
    hads = (True, False) if together else (True,)
    for off, run, had in product(offs, runs, hads):
        yield RowState(off, run, had)


def _in_week(wish: RotaWish, week: RowState, day: int, free: bool) -> RowState | None:
    """Return what the row knows after *day*, off or not, or None if it must not be."""
    off = _days_off(wish, week, day, free)
    if off is None:
        return None
    if wish.together is None:
        return RowState(off)
    return _together(wish.together, off, week, day, free)


def _days_off(wish: RotaWish, week: RowState, day: int, free: bool) -> int | None:
    """Return the days off in the row after *day*, or None if they are too many or too few."""
    if wish.week_off == ANY_DAYS_OFF:
        return week.off
    least, most = wish.week_off
    off = (0 if day == 0 else week.off) + free
    still_possible = off + 6 - day
    return off if off <= most and still_possible >= least else None


def _together(
    together: OffTogether, off: int, week: RowState, day: int, free: bool
) -> RowState | None:
    """Return what the row knows of its days off in a row, or None if it can no longer have them."""
    _, run, had, debt = week
    if day == 0:
        # The row before is over: what it lacks can only come of a run that reaches into this one.
        debt, had = not had, False
        run = run if together.straddle else 0
    run = min(run + 1, together.days) if free else 0
    if run == together.days:
        had, debt = True, False
    state = RowState(off, run, had, debt)
    return None if _too_late(together, state, day) else state


def _too_late(together: OffTogether, state: RowState, day: int) -> bool:
    """Say whether a row can no longer have its days off in a row after *day*."""
    _, run, had, debt = state
    if debt and not run:
        return True  # the row before lacks them, and no run reaches into this one any more
    may_go_on = run and together.straddle
    return day == 6 and not had and not may_go_on


def _step(
    wish: RotaWish, pairs: set[tuple[str, str]], state: DayState, code: str
) -> DayState | None:
    """Return the state after a day of *code*, or None if it must not be."""
    last = state.code
    if (last, code) in wish.forbidden:
        return None
    if state.before and (state.before, last, code) in wish.forbidden:
        return None
    counts = []
    for count, run in zip(state.counts, wish.runs, strict=True):
        after = _counted(run, count, code)
        if after is None:
            return None
        counts.append(after)
    return DayState(last if (last, code) in pairs else "", code, tuple(counts))


def _counted(run: Run, count: int, code: str) -> int | None:
    """Return the length of *run* after a day of *code*, or None if it is too short or too long."""
    if code not in run.of:
        return None if 0 < count < run.least else 0
    if run.most is None:
        return min(count + 1, run.least)
    return count + 1 if count < run.most else None


def _parts(arcs: Iterable[Arc]) -> Mapping[RotaNode, int]:
    """Return the strongly connected part of each node."""
    after: dict[RotaNode, list[RotaNode]] = defaultdict(list)
    for arc in arcs:
        after[arc.tail].append(arc.head)
    search = _Components(after)
    for root in tuple(after):
        if root not in search.index:
            search.visit(root)
    return search.part


class _Components:
    """Tarjan's search for strongly connected parts, without recursion: graphs are deep."""

    def __init__(self, after: Mapping[RotaNode, Sequence[RotaNode]]) -> None:
        self.part: dict[RotaNode, int] = {}
        self.index: dict[RotaNode, int] = {}
        self._low: dict[RotaNode, int] = {}
        self._stack: list[RotaNode] = []
        self._after = after

    def visit(self, root: RotaNode) -> None:
        """Give a part to every node that can be reached from *root* and has none."""
        work = [self._begin(root)]
        while work:
            node, rest = work[-1]
            fresh = self._next(node, rest)
            if fresh is not None:
                work.append(self._begin(fresh))
                continue
            work.pop()
            if work:
                before = work[-1][0]
                self._low[before] = min(self._low[before], self._low[node])
            if self._low[node] == self.index[node]:
                self._close(node)

    def _begin(self, node: RotaNode) -> tuple[RotaNode, Iterator[RotaNode]]:
        self.index[node] = self._low[node] = len(self.index)
        self._stack.append(node)
        return node, iter(self._after.get(node, ()))

    def _next(self, node: RotaNode, rest: Iterator[RotaNode]) -> RotaNode | None:
        """Return the next node after *node* that was not met yet, None if there is none."""
        for head in rest:
            if head not in self.index:
                return head
            if head not in self.part:
                self._low[node] = min(self._low[node], self.index[head])
        return None

    def _close(self, first: RotaNode) -> None:
        """Make one part of *first* and all that was met after it and is in none."""
        while True:
            member = self._stack.pop()
            self.part[member] = self.index[first]
            if member == first:
                return
