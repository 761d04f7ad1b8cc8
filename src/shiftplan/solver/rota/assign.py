"""A rota dealt out: who starts in which week, by the plan's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from ...facts import Cell, Rotation, RotaWeek
from ...plan import Plan
from ...roster import following
from ...rules import MUST
from ..model import Model

BROKEN = "broken musts"
"""Musts come first and are not forbidden to break: nobody asked the rota about leave, or the days
before.
"""

WORK = 4.0
"""Units of the solver's own work for all goals: the same rota is dealt the same way on every
machine.
"""

Starts = Mapping[str, int]


def deal(
    plan: Plan, group: Sequence[str], weeks: Sequence[RotaWeek], *, work: float = WORK
) -> Starts:
    """Return the week of the rota, counted from 0, that each of *group* is in when the horizon
    begins.

    Weeks are shared out evenly. Among all ways to do so, that is taken whose roster (leave left
    out, the others as they follow their own rotas) breaks the musts least, and then costs least
    goal by goal, as far as *work* goes. Raise ``ValueError`` if nobody or nothing is to be dealt.
    """
    if not group or not weeks:
        raise ValueError("a rota is dealt to people, and has weeks")
    return _Dealing(plan, group, weeks).run(work)


class _Dealing:
    """One deal: a model in which every cell of a person follows from the week they start in."""

    def __init__(self, plan: Plan, group: Sequence[str], weeks: Sequence[RotaWeek]) -> None:
        self.plan, self.group = plan, tuple(group)
        facts = plan.facts
        others = facts.dealt or Rotation(facts.first, {}, {})
        turns = dict.fromkeys(group, tuple(weeks))
        begun = [Rotation(facts.first, turns, dict.fromkeys(group, k)) for k in range(len(weeks))]
        self.choices = [following(facts, rotation) for rotation in begun]
        free = frozenset((who, day) for who in group for day in facts.days)
        self.model = Model(facts, following(facts, others), free)
        self.starts = {who: [self.model.number(0, 1) for _ in weeks] for who in group}
        self._share_out()
        self._tie(free)
        for rule in plan.rules:
            self.model.encode(rule, BROKEN if rule.strength == MUST else None)

    def _share_out(self) -> None:
        """Put everyone in one week, and as many people in one week as in another, or one more."""
        cp, count = self.model.cp, len(self.choices)
        for starts in self.starts.values():
            cp.add_exactly_one(starts)
        for k in range(count):
            there = cp_model.LinearExpr.sum([starts[k] for starts in self.starts.values()])
            cp.add_linear_constraint(there, len(self.group) // count, -(-len(self.group) // count))

    def _tie(self, free: frozenset[Cell]) -> None:
        """Let each open cell hold what the week its person starts in gives it."""
        for who, day in sorted(free):
            for code in self.plan.facts.codes(who):
                at = [
                    start
                    for start, roster in zip(self.starts[who], self.choices, strict=True)
                    if roster.cells.get((who, day)) == code
                ]
                self.model.require(
                    self.model.works(who, day, (code,)) == cp_model.LinearExpr.sum(at)
                )

    def run(self, work: float) -> Starts:
        """Bring down one goal after another, and return the best deal found."""
        model = self.model
        best: Starts = {who: k % len(self.choices) for k, who in enumerate(self.group)}
        self._hint(best)
        goals = [g for g in (BROKEN, *self.plan.goals[1:]) if model.costs.get(g)]
        for number, goal in enumerate(goals):
            model.cp.minimize(model.goal(goal))
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.max_deterministic_time = work / len(goals) * (2 if number == 0 else 1)
            status = solver.solve(model.cp)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                break
            best = {
                who: next(k for k, start in enumerate(starts) if solver.value(start))
                for who, starts in self.starts.items()
            }
            model.cp.add(model.goal(goal) <= round(solver.objective_value))
            model.hint_all(list(solver.response_proto.solution))
        return best

    def _hint(self, starts: Starts) -> None:
        for who, numbers in self.starts.items():
            for k, number in enumerate(numbers):
                self.model.cp.add_hint(number, k == starts[who])
