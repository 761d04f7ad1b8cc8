"""A rota as an integer circulation: how many people take each arc of the graph of legal days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from ...rota import OFF, Rota, RotaWish, Run
from .counting import run_counts
from .graph import Arc, RotaNode

Flow = Mapping[Arc, int]
"""How many people take each arc that is used."""

Linear = cp_model.LinearExprT


class Circulation:
    """The model of one part of the graph: its size does not depend on the number of people."""

    def __init__(self, wish: RotaWish, arcs: Sequence[Arc]) -> None:
        self.cp = cp_model.CpModel()
        self.wish, self.arcs = wish, arcs
        self.uses = {arc: self.cp.new_int_var(0, self._most(arc), "") for arc in arcs}
        self.out: dict[RotaNode, list[Arc]] = defaultdict(list)
        self._visited: dict[RotaNode, cp_model.IntVar] = {}
        self._balance()
        self._ask_for_people()
        self._count_runs()

    def _most(self, arc: Arc) -> int:
        """Return how many people can take *arc*."""
        return self.wish.bounds(arc.weekday, frozenset((arc.code,)))[1]

    def _balance(self) -> None:
        """Let as many people leave each node as come to it."""
        into: dict[RotaNode, list[Arc]] = defaultdict(list)
        for arc in self.arcs:
            self.out[arc.tail].append(arc)
            into[arc.head].append(arc)
        for node, leaving in self.out.items():
            self.cp.add(self._sum(into[node]) == self._sum(leaving))

    def _ask_for_people(self) -> None:
        """Put everybody somewhere on each day, and on the shifts as many as are required."""
        everybody = self.wish.people
        for day in range(7):
            self.cp.add(self._sum(a for a in self.arcs if a.weekday == day) == everybody)
        for line in self.wish.headcounts:
            there = [a for a in self.arcs if a.weekday == line.weekday and a.code in line.codes]
            most = everybody if line.most is None else line.most
            self.cp.add_linear_constraint(self._sum(there), line.least, most)

    def _sum(self, arcs: Iterable[Arc]) -> Linear:
        return cp_model.LinearExpr.sum([self.uses[a] for a in arcs])

    def _count_runs(self) -> None:
        """Give each sort of run a number of runs, a weekday and in all, whose bounds are whole."""
        for run in self.wish.runs:
            begun = [self._begun(run, day) for day in range(7)]
            number = self.cp.new_int_var(0, 7 * self.wish.people, "")
            self.cp.add(number == cp_model.LinearExpr.sum(begun))
            # A run that never ends is not counted by the days it takes.
            if self._ends(run.of):
                few, many = run_counts(self.wish, run)
                self.cp.add(number <= many)
                self.cp.add(number >= few)

    def _begun(self, run: Run, day: int) -> cp_model.IntVar:
        """Return how many people begin *run* on a weekday."""
        starts = self.cp.new_int_var(0, self.wish.people, "")
        first = [a for a in self.arcs if a.weekday == day and _begins(a, run.of)]
        self.cp.add(starts == self._sum(first))
        return starts

    def _ends(self, codes: frozenset[str]) -> bool:
        """Say whether every rota has days outside *codes*, so that a run of them ends."""
        return any(self.wish.bounds(day, codes)[1] < self.wish.people for day in range(7))

    # -- qualities -------------------------------------------------------------------------------

    def weekends_off(self) -> Linear:
        """Return the weekends off together."""
        sunday = self.wish.weekdays.index("sunday")
        return self._sum(
            a for a in self.arcs if a.weekday == sunday and a.code == a.tail.state.code == OFF
        )

    def steps(self, *, forward: bool) -> Linear:
        """Return the days with a later shift than the day before, or an earlier one.

        It is a plain 0 where there can be none.
        """
        place = {code: k for k, code in enumerate(self.wish.codes)}
        counted = []
        for arc in self.arcs:
            before = arc.tail.state.code
            if OFF in (arc.code, before) or arc.code == before:
                continue
            if (place[arc.code] > place[before]) is forward:
                counted.append(arc)
        return self._sum(counted) if counted else 0

    def longest_run(self) -> Linear:
        """Return the most days worked in a row, where the wish limits them; else nothing."""
        limited = [k for k, r in enumerate(self.wish.runs) if r.of == self.wish.work and r.most]
        if not limited:
            return 0
        by_length: dict[int, list[Arc]] = defaultdict(list)
        for arc in self.arcs:
            by_length[arc.head.state.counts[limited[0]]].append(arc)
        reached = []
        for length in range(1, 1 + max(by_length, default=0)):
            literal = self.cp.new_bool_var("")
            self.cp.add(self._sum(by_length[length]) == 0).only_enforce_if(~literal)
            reached.append(literal)
        return cp_model.LinearExpr.sum(reached)

    # -- cuts ------------------------------------------------------------------------------------

    def forbid(self, flow: Flow, apart: int) -> None:
        """Ask for another flow: at least *apart* uses of arcs fewer than in this one."""
        fewer = []
        for arc, n in flow.items():
            less = self.cp.new_int_var(0, n, "")
            taken = self.cp.new_bool_var("")
            self.cp.add(less + self.uses[arc] <= n).only_enforce_if(taken)
            self.cp.add(less == 0).only_enforce_if(~taken)
            fewer.append(less)
        self.cp.add(cp_model.LinearExpr.sum(fewer) >= apart)

    def connect(self, flow: Flow, parts: Sequence[frozenset[RotaNode]]) -> None:
        """Cut off a flow that falls into *parts*: each, if it is used and others are, must be left.

        Nodes are taken in order, so that the same search makes the same cuts.
        """
        weight: Counter[RotaNode] = Counter()
        for arc, n in flow.items():
            weight[arc.tail] += n
        for part in parts:
            leaving = [a for node in sorted(part) for a in self.out[node] if a.head not in part]
            inside = max(sorted(part), key=weight.__getitem__)
            others = (node for other in parts if other is not part for node in sorted(other))
            outside = max(others, key=weight.__getitem__)
            self.cp.add_bool_or(
                *(self._used(a) for a in leaving), ~self._visit(inside), ~self._visit(outside)
            )

    def _used(self, arc: Arc) -> cp_model.IntVar:
        """Return a literal that is true only if *arc* is used."""
        literal = self.cp.new_bool_var("")
        self.cp.add(self.uses[arc] >= 1).only_enforce_if(literal)
        return literal

    def _visit(self, node: RotaNode) -> cp_model.IntVar:
        """Return a literal that is true if anybody comes to *node*."""
        if node not in self._visited:
            literal = self._visited[node] = self.cp.new_bool_var("")
            self.cp.add(self._sum(self.out[node]) == 0).only_enforce_if(~literal)
        return self._visited[node]


def _begins(arc: Arc, codes: frozenset[str]) -> bool:
    return arc.code in codes and arc.tail.state.code not in codes


def components(flow: Flow) -> list[frozenset[RotaNode]]:
    """Return the nodes of each connected part of *flow*, which in a circulation is strongly so."""
    near: dict[RotaNode, set[RotaNode]] = defaultdict(set)
    for arc in flow:
        near[arc.tail].add(arc.head)
        near[arc.head].add(arc.tail)
    found: list[frozenset[RotaNode]] = []
    seen: set[RotaNode] = set()
    for start in near:
        if start in seen:
            continue
        part, todo = {start}, [start]
        while todo:
            fresh = near[todo.pop()] - part
            part |= fresh
            todo += fresh
        seen |= part
        found.append(frozenset(part))
    return found


def circuit(flow: Flow) -> Rota:
    """Return the rota that walks every arc as often as *flow* says; the flow must be connected.

    Hierholzer: walk until stuck, which is at the start, and take up unused arcs on the way back.
    """
    left = dict(flow)
    ahead: dict[RotaNode, list[Arc]] = defaultdict(list)
    for arc in flow:
        ahead[arc.tail].append(arc)
    begin = min((a.tail for a in flow if a.weekday == 0), key=repr)
    walk: list[Arc] = []
    trail: list[tuple[RotaNode, Arc | None]] = [(begin, None)]
    while trail:
        node, came = trail[-1]
        unused = _unused(ahead[node], left)
        if unused is not None:
            left[unused] -= 1
            trail.append((unused.head, unused))
            continue
        trail.pop()
        if came is not None:
            walk.append(came)
    codes = [arc.code for arc in reversed(walk)]
    return Rota(tuple(tuple(codes[k : k + 7]) for k in range(0, len(codes), 7)))


def _unused(arcs: list[Arc], left: Mapping[Arc, int]) -> Arc | None:
    """Return the last of *arcs* that is still to be walked, and drop those that are not."""
    while arcs and not left[arcs[-1]]:
        arcs.pop()
    return arcs[-1] if arcs else None
