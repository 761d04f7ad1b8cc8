"""Legal days of a rota as an automaton, unrolled over the seven days of a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from ...rota import OFF, RotaWish


class DayState(NamedTuple):
    """What yesterday and the days before it leave open for today.

    A run's count is 0 outside of it and stands still at its least if it has no most; *before* is
    kept only where a pattern of three days needs it.
    """

    before: str
    code: str
    counts: tuple[int, ...]


class RowState(NamedTuple):
    """What of its own row a day must know; stands still where the wish asks for nothing."""

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
    """Return the parts of the graph within which a rota must lie: each strongly connected, largest
    first.

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
            state, week = (
                _step(wish, pairs, node.state, code),
                _in_week(wish, node.week, day, code == OFF),
            )
            if state is None or week is None:
                continue
            head = RotaNode(day, state, week)
            yield Arc(node, head)
            if head not in seen:
                seen.add(head)
                todo.append(head)


def _first(wish: RotaWish, codes: Iterable[str]) -> Iterator[RotaNode]:
    """Yield nodes from which every closed walk is reached: a run just begun, or one that never
    ends.

    Some can never come; as each row begins anew, no walk leads back to those.
    """
    together = wish.together.days if wish.together else 0
    for code in codes:
        begun = tuple(int(code in run.of) for run in wish.runs)
        endless = tuple(
            run.least if n and run.most is None else n
            for n, run in zip(begun, wish.runs, strict=True)
        )
        runs = (0,) if code != OFF or not together else (1, together)
        for counts, day in product({begun, endless}, range(7)):
            offs = range(day + 2) if wish.week_off != (0, 7) else (0,)
            hads = (True, False) if together else (True,)
            for week in map(RowState, *zip(*product(offs, runs, hads), strict=True)):
                yield RotaNode(day, DayState("", code, counts), week)


def _in_week(wish: RotaWish, week: RowState, day: int, free: bool) -> RowState | None:
    """Return what the row knows after *day*, off or not, or None if it must not be."""
    off, run, had, debt = week
    least, most = wish.week_off
    if wish.week_off != (0, 7):
        off = (0 if day == 0 else off) + free
        if off > most or off + 6 - day < least:
            return None
    if wish.together is None:
        return RowState(off)
    if day == 0:
        debt, had = not had, False
        run = run if wish.together.straddle else 0
    run = min(run + 1, wish.together.days) if free else 0
    if run == wish.together.days:
        had, debt = True, False
    if (debt and not run) or (day == 6 and not had and not (run and wish.together.straddle)):
        return None
    return RowState(off, run, had, debt)


def _step(
    wish: RotaWish, pairs: set[tuple[str, str]], state: DayState, code: str
) -> DayState | None:
    """Return the state after a day of *code*, or None if it must not be."""
    last = state.code
    if (last, code) in wish.forbidden or (
        state.before and (state.before, last, code) in wish.forbidden
    ):
        return None
    counts = []
    for n, run in zip(state.counts, wish.runs, strict=True):
        if code not in run.of:
            if 0 < n < run.least:
                return None
            counts.append(0)
        elif run.most is None:
            counts.append(min(n + 1, run.least))
        elif n < run.most:
            counts.append(n + 1)
        else:
            return None
    return DayState(last if (last, code) in pairs else "", code, tuple(counts))


def _parts(arcs: Iterable[Arc]) -> Mapping[RotaNode, int]:
    """Return the strongly connected part of each node, by Tarjan's algorithm without recursion."""
    after: dict[RotaNode, list[RotaNode]] = defaultdict(list)
    for arc in arcs:
        after[arc.tail].append(arc.head)
    index: dict[RotaNode, int] = {}
    low: dict[RotaNode, int] = {}
    part: dict[RotaNode, int] = {}
    stack: list[RotaNode] = []
    for root in tuple(after):
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(after[root]))]
        while work:
            node, rest = work[-1]
            for head in rest:
                if head not in index:
                    index[head] = low[head] = len(index)
                    stack.append(head)
                    work.append((head, iter(after.get(head, ()))))
                    break
                if head not in part:
                    low[node] = min(low[node], index[head])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    while True:
                        member = stack.pop()
                        part[member] = index[node]
                        if member == node:
                            break
    return part
