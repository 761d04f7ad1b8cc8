"""People who cannot be rostered at all: which of the hard rules about them clash."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from ..plan import Plan
from ..plan.unread import several
from ..rules import MUST, Filter, Rule
from .model import Model


def personal_clashes(plan: Plan) -> tuple[str, ...]:
    """Return a sentence for each person whose own hard rules no roster can keep.

    Only rules about one person alone are looked at, so each case is tiny and quickly settled either
    way. The rules named clash with each other; without any one of them there would be a roster.
    """
    hard = [rule for rule in plan.rules if rule.strength == MUST and rule.personal]
    found: dict[str, list[str]] = {}
    for person in plan.facts.people:
        own = [rule for rule in hard if rule.whom.matches(person)]
        if not own or _possible(plan, person.name, own):
            continue
        clash = " ".join(rule.sentence() for rule in _smallest(plan, person.name, own))
        found.setdefault(clash, []).append(person.name)
    # What clashes for several people is said once.
    return tuple(
        f"No roster suits {several(names)}: these hard rules clash. {clash}"
        for clash, names in found.items()
    )


def _smallest(plan: Plan, who: str, clashing: Sequence[Rule]) -> list[Rule]:
    """Drop every rule that the clash does not need."""
    kept = list(clashing)
    for rule in clashing:
        fewer = [r for r in kept if r is not rule]
        if not _possible(plan, who, fewer):
            kept = fewer
    return kept


def _possible(plan: Plan, who: str, rules: Sequence[Rule]) -> bool:
    """Say whether *who* alone can keep *rules*; in doubt, yes."""
    model = Model(plan.facts, free={(who, day) for day in plan.facts.days})
    for rule in rules:
        whom = Filter(names=(who,), from_date=rule.whom.from_date, to_date=rule.whom.to_date)
        model.encode(rule.model_copy(update={"whom": whom}), MUST)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 2
    return solver.solve(model.cp) != cp_model.INFEASIBLE
