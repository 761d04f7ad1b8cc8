"""The contract between a rule's two sides, as functions, so that it can be tested itself.

``hold`` says that solver and checker agree, ``hold_to_dates`` and ``hold_over_all_dates`` that both
keep to the dates of a rule, ``hold_at_the_border`` that only what a day of the horizon causes is
charged. The last looks at the checker alone, since the first ties the solver to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ortools.sat.python import cp_model

from shiftplan.facts import Cell, Facts, History, Horizon
from shiftplan.roster import Roster
from shiftplan.rules import MUST, Rule
from shiftplan.solver.model import Model

GOAL = "coverage"

FAR = 8
"""Days past a rule's last date from which on nothing matters: a week there may be needed to judge
it.
"""

HINT = "both sides must go by days_inside, weeks_inside, whom.covers or whom.clip"


def found(rule: Rule, roster: Roster) -> int:
    """Return what the checker finds, weighted."""
    return rule.weight * sum(b.amount for b in rule.check(roster))


def charged(rule: Rule, roster: Roster, free: frozenset[Cell] | None = None) -> int:
    """Return the least the model charges for *roster*, with only the cells in *free* open."""
    model = Model(roster.facts, roster, free)
    model.encode(rule, GOAL)
    return _least(model, rule, roster)


def asked(rule: Rule, roster: Roster) -> tuple[int, bool]:
    """Return the least the model charges for *roster*, and whether a hard rule lets it pass.

    One model answers both, since making it takes longest: what a goal charges can always be paid,
    so beside it the hard rule alone decides whether there is a solution.
    """
    model = Model(roster.facts, roster)
    model.encode(rule, GOAL)
    cost = _least(model, rule, roster)
    model.cp.clear_objective()  # type: ignore[no-untyped-call]
    model.encode(rule, MUST)
    return cost, _solver().solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _least(model: Model, rule: Rule, roster: Roster) -> int:
    """Return the least that *model*, in which *rule* is encoded, charges for *roster*."""
    if not model.cp.proto.variables and not model.cp.proto.constraints:
        return model.constant.get(GOAL, 0)  # no cell is open, and there is nothing to solve
    assert not list(roster.overlaps()), "nobody can work two shifts at once, whatever the rule"
    assert not roster.outside_contracts(), "nobody works outside a contract, whatever the rule"
    model.fix(roster)
    model.cp.minimize(model.goal(GOAL))
    solver = _solver()
    status = solver.solve(model.cp)
    assert status == cp_model.OPTIMAL, f"{rule.sentence()} {solver.status_name(status)}"
    return round(solver.objective_value)


def hold(rule: Rule, roster: Roster) -> None:
    """Raise ``AssertionError`` unless solver and checker agree on *roster* in every way a rule is
    used.
    """
    breaches = list(rule.check(roster))
    assert all(b.amount > 0 for b in breaches), "a breach weighs something"
    amount = rule.weight * sum(b.amount for b in breaches)
    cost, passes = asked(rule, roster)
    assert cost == amount
    assert charged(rule, roster, frozenset()) == amount, "all cells fixed"
    half = frozenset(c for k, c in enumerate(_cells(roster.facts)) if k % 2)
    assert charged(rule, roster, half) == amount, "every other cell fixed"
    assert passes == (amount == 0), "as a hard rule"


def hold_to_dates(rule: Rule, roster: Roster) -> None:
    """Raise ``AssertionError`` unless *rule*, whose filter has dates, keeps to them as solver
    and as checker.
    """
    dates = f"{rule.whom.from_date or 'any'} to {rule.whom.to_date or 'any'}"
    breaches = list(rule.check(roster))
    amount = rule.weight * sum(b.amount for b in breaches)
    for breach in breaches:
        assert breach.day is None or rule.whom.covers(breach.day), (
            f"keeps to its dates: the rule is for {dates}, the breach on {breach.day}; {HINT}"
        )
    if rule.whom.to_date:
        later = rule.whom.to_date + timedelta(days=FAR)
        before = {cell: code for cell, code in roster.cells.items() if cell[1] < later}
        assert (
            len(before) == len(roster.cells) or found(rule, Roster(roster.facts, before)) == amount
        ), f"keeps to its dates: the rule is for {dates}, but days from {later} on matter; {HINT}"
    cost, passes = asked(rule, roster)
    assert cost == amount, f"with dates, {dates}"
    assert passes == (amount == 0), f"with dates, {dates}, as a hard rule"


def hold_over_all_dates(rule: Rule, roster: Roster) -> None:
    """Raise ``AssertionError`` unless dates far around the horizon are as good as none."""
    year = timedelta(days=366)
    facts = roster.facts
    dates = {"from_date": facts.first - year, "to_date": facts.last + year}
    dated = rule.model_copy(update={"whom": rule.whom.model_copy(update=dates)})
    assert found(dated, roster) == found(rule, roster), "with dates that leave nothing out"


def hold_at_the_border(rule: Rule, roster: Roster) -> None:
    """Raise ``AssertionError`` if *rule* charges what days before the horizon cause by themselves.

    Of a rule about each person alone, two periods one after the other, the first on record for the
    second, are charged no more than one that spans both: what the first was charged is not charged
    again, and what it was not charged the second has caused. Of a rule about people together, a
    horizon in which nobody works is charged no more after any record than after one of the same
    days without work: who was on duty before can help, and by themselves they are never too many.

    Nothing is checked of a limit for the horizon, which is another for each period, nor of days off
    accepted in lieu of holidays, of which a longer period has more to choose from.
    """
    facts = roster.facts
    if not rule.personal:
        idle = facts.changed(history=History(facts.history.start))
        most = found(rule, Roster(idle, {}))
        assert found(rule, Roster(facts, {})) <= most, "charges what is on record alone"
    elif len(facts.weeks) > 1 and _adds_up(rule):
        first, second = _halves(roster)
        apart = found(rule, first) + found(rule, second)
        assert apart <= found(rule, roster), "charges what is on record again"


def _adds_up(rule: Rule) -> bool:
    """Say whether what *rule* allows in each of two periods is no more than it allows in both."""
    of_the_horizon = getattr(rule, "per", None) == "horizon"
    accepts_lieu = getattr(rule, "lieu", False)
    return not of_the_horizon and not accepts_lieu


def _halves(roster: Roster) -> tuple[Roster, Roster]:
    """Return the first week of *roster*, and what follows with that week on record."""
    facts = roster.facts
    week, later = facts.weeks[0], facts.days[7:]
    before = {cell: code for cell, code in roster.cells.items() if cell[1] in week}
    after = {cell: code for cell, code in roster.cells.items() if cell[1] in later}
    start = facts.history.start or facts.first
    record = History(start, {**facts.history.cells, **before})
    return (
        Roster(_only(facts, week, facts.history), before),
        Roster(_only(facts, later, record), after),
    )


def _only(facts: Facts, days: Sequence[date], history: History) -> Facts:
    """Return the facts of a period of *days* alone."""
    return facts.changed(
        horizon=Horizon(start=days[0], weeks=len(days) // 7),
        history=history,
        wishes=tuple(wish for wish in facts.wishes if wish.date in days),
        pins=tuple(pin for pin in facts.pins if pin.date in days),
        shift_needs=tuple(need for need in facts.shift_needs if need.date in (None, *days)),
    )


def _cells(facts: Facts) -> list[Cell]:
    return [(p.name, day) for p in facts.people for day in facts.days]


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_probing_level = 0
    return solver
