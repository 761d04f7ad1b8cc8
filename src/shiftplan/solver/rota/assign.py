"""A rota assigned to people: who starts in which week, by the plan's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ortools.sat.python import cp_model

from ...facts import Cell, Rotation, RotaWeek
from ...plan import Plan
from ...roster import Roster, following
from ...rules import MUST
from ..model import Model

BROKEN = "broken hard rules"
"""Hard rules come first and are not forbidden to break: nobody asked the rota about leave, or the
days before.
"""

WORK = 4.0
"""Units of the solver's own work for all goals: the same rota is assigned the same way on every
machine.
"""

Starts = Mapping[str, int]


def assign(
    plan: Plan, group: Sequence[str], weeks: Sequence[RotaWeek], *, work: float = WORK
) -> Starts:
    """Return the week of the rota, counted from 0, that each of *group* is in when the horizon
    begins.

    Weeks are shared out evenly. Among all ways to do so, that is taken whose roster (leave left
    out, the others as they follow their own rotas) breaks the hard rules least, and then costs
    least goal by goal, as far as *work* goes. Raise ``ValueError`` if there is nobody or nothing to
    assign.
    """
    if not group or not weeks:
        raise ValueError("a rota is assigned to people, and has weeks")
    return _StartModel(plan, group, weeks).solve(work)


class _StartModel:
    """A model in which every cell of a person follows from the week they start in."""

    def __init__(self, plan: Plan, group: Sequence[str], weeks: Sequence[RotaWeek]) -> None:
        facts = plan.facts
        self.plan: Plan = plan
        self.group: tuple[str, ...] = tuple(group)
        self.rosters: list[Roster] = _rosters(plan, group, weeks)
        """For each week of the rota, the roster if everybody started in it."""
        others = facts.assigned_rotas or Rotation(facts.first, {}, {})
        free = frozenset((who, day) for who in group for day in _days_of(plan, who))
        self.model: Model = Model(facts, following(facts, others), free)
        self.starts = {who: [self.model.number(0, 1) for _ in weeks] for who in group}
        """For each person and week, whether they start in it."""
        self._share_out()
        self._tie(free)
        for rule in plan.rules:
            self.model.encode(rule, BROKEN if rule.strength == MUST else None)

    def _share_out(self) -> None:
        """Put everyone in one week, and as many people in one week as in another, or one more."""
        cp, weeks, people = self.model.cp, len(self.rosters), len(self.group)
        for starts in self.starts.values():
            cp.add_exactly_one(starts)
        for week in range(weeks):
            there = cp_model.LinearExpr.sum([starts[week] for starts in self.starts.values()])
            cp.add_linear_constraint(there, people // weeks, -(-people // weeks))

    def _tie(self, free: frozenset[Cell]) -> None:
        """Let each open cell hold what the week its person starts in gives it."""
        for who, day in sorted(free):
            for code in self.plan.facts.codes(who):
                giving = cp_model.LinearExpr.sum(self._starts_giving((who, day), code))
                self.model.require(self.model.works(who, day, (code,)) == giving)

    def _starts_giving(self, cell: Cell, code: str) -> list[cp_model.IntVar]:
        """Return the starts of its person that put *code* into *cell*."""
        found = []
        for start, roster in zip(self.starts[cell[0]], self.rosters, strict=True):
            if roster.cells.get(cell) == code:
                found.append(start)
        return found

    def solve(self, work: float) -> Starts:
        """Minimise one goal after another, and return the best starts found."""
        model = self.model
        best: Starts = {who: k % len(self.rosters) for k, who in enumerate(self.group)}
        self._hint(best)
        goals = [g for g in (BROKEN, *self.plan.goals[1:]) if model.costs.get(g)]
        for number, goal in enumerate(goals):
            model.cp.minimize(model.goal(goal))
            # Hard rules, or else the first goal, get two shares: all goals after are held to them.
            share = work / len(goals) * (2 if number == 0 else 1)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.max_deterministic_time = share
            status = solver.solve(model.cp)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                break
            best = {who: self._start(who, solver) for who in self.group}
            model.cp.add(model.goal(goal) <= round(solver.objective_value))
            model.hint_all(list(solver.response_proto.solution))
        return best

    def _start(self, who: str, solver: cp_model.CpSolver) -> int:
        """Return the week *who* starts in, in the solution just found."""
        return next(k for k, start in enumerate(self.starts[who]) if solver.value(start))

    def _hint(self, starts: Starts) -> None:
        for who, numbers in self.starts.items():
            for k, number in enumerate(numbers):
                self.model.cp.add_hint(number, k == starts[who])


def _days_of(plan: Plan, who: str) -> list[date]:
    """Return the days of the horizon that the contract of *who* covers."""
    return [day for day in plan.facts.days if plan.facts.person(who).employed(day)]


def _rosters(plan: Plan, group: Sequence[str], weeks: Sequence[RotaWeek]) -> list[Roster]:
    """Return for each of *weeks* the roster in which all of *group* start in it."""
    facts = plan.facts
    turns = dict.fromkeys(group, tuple(weeks))
    found = []
    for start in range(len(weeks)):
        everybody = Rotation(facts.first, turns, dict.fromkeys(group, start))
        found.append(following(facts, everybody))
    return found
