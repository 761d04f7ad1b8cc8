"""Roster one period after another from unfair points: what is carried comes down and stays down.

    python benchmarks/fairness.py --plan fixtures/puo --periods 4 --seconds 40

Each period is solved, booked in a ledger of fairness, and followed by the next, which starts from
the roster just made and from what the ledger carries over. Leave, wishes and pins move along with
the horizon, as a planner would have new ones. The trial begins with the plan's own carried points,
enlarged, and with more for every other person of what else the rules share. Printed per period: for
each thing shared and each group, the points between those with most and with least, carried into
the period and out of it; and each goal's cost.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from shiftplan.facts import Carried, Facts, History, Horizon
from shiftplan.folder import load
from shiftplan.ledger import LedgerEntry
from shiftplan.ledger.fairness import book, carried
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from shiftplan.rules.fair_share import FairShare
from shiftplan.solver.process import solve

ROOT = Path(__file__).parents[1]


def unfair(plan: Plan, times: int, other: int) -> Plan:
    """Return *plan* with *times* the points it carries; whoever has none is given, or owed,
    *other*.
    """
    rows = [row.model_copy(update={"points": times * row.points}) for row in plan.facts.carried]
    known = {(row.person, row.of) for row in rows}
    for rule in _rules(plan):
        for people in rule.groups(plan.facts).values():
            if any((p.name, rule.of) in known for p in people):
                continue
            for k, p in enumerate(people[: len(people) // 2 * 2]):
                sign = 1 if k % 2 else -1
                rows.append(Carried(person=p.name, of=rule.of, points=sign * other))
    return Plan(plan.facts.changed(carried=tuple(rows)), plan.rules)


def following(roster: Roster, entries: Sequence[LedgerEntry]) -> Facts:
    """Return the facts of the period after *roster*; dates move along with the horizon."""
    facts = roster.facts
    by = facts.last + timedelta(days=1) - facts.first
    horizon = Horizon(start=facts.first + by, weeks=facts.horizon.weeks)
    moved: dict[str, Any] = {
        "leave": [
            r.model_copy(update={"from_date": r.from_date + by, "to_date": r.to_date + by})
            for r in facts.leave
        ]
    }
    for table in ("wishes", "pins"):
        moved[table] = [
            row.model_copy(update={"date": row.date + by}) for row in getattr(facts, table)
        ]
    tables = {name: tuple(rows) for name, rows in moved.items()}
    then = facts.changed(
        horizon=horizon, history=History(facts.first, roster.cells), carried=(), **tables
    )
    return then.changed(carried=carried(then, entries))


def apart(plan: Plan) -> Iterator[tuple[str, float]]:
    """Yield each thing shared in each group, and the points between most and least carried over."""
    for rule in _rules(plan):
        for group, people in rule.groups(plan.facts).items():
            points = {p.name: 0 for p in people}
            for row in plan.facts.carried:
                if row.of == rule.of and row.person in points:
                    points[row.person] += row.points
            yield f"{rule.of} {group}".strip(), (max(points.values()) - min(points.values())) / 100


def _rules(plan: Plan) -> Iterator[FairShare]:
    yield from (rule for rule in plan.rules if isinstance(rule, FairShare))


def run(plan: Plan, periods: int, seconds: float, workers: int) -> Iterator[str]:
    """Yield one line of the results table per period."""
    entries: list[LedgerEntry] = []
    for number in range(1, periods + 1):
        begun, before = time.monotonic(), dict(apart(plan))
        result = solve(plan, seconds=seconds, workers=workers)
        if result.roster is None:
            yield f"| {number} | {result.status} |"
            return
        roster = Roster(plan.facts, result.roster.cells)
        entries += book(plan, roster, entries, f"period {number}")
        costs = plan.judge(roster).costs
        then = Plan(following(roster, entries), plan.rules)
        after = dict(apart(then))
        shown = "; ".join(f"{what} {before[what]:g} > {after[what]:g}" for what in before)
        goals = ", ".join(f"{name} {cost}" for name, cost in costs.items())
        seconds = f"{time.monotonic() - begun:.0f}"
        yield f"| {number} | {plan.facts.first} | {seconds} | {shown} | {goals} |"
        plan = then


def main() -> None:
    """Read the trial and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plan", type=Path, default=ROOT / "fixtures" / "puo")
    parser.add_argument("--periods", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--times", type=int, default=3, help="what the plan's carried points are multiplied by"
    )
    parser.add_argument(
        "--other", type=int, default=8, help="points above and below where the plan has none"
    )
    args = parser.parse_args()
    print(f"shiftplan {version('shiftplan')}, ortools {version('ortools')}, {platform.machine()}")
    print("| period | from | s | points carried apart, before > after | costs |")
    print("|--:|---|--:|---|---|")
    for line in run(
        unfair(load(args.plan).plan, args.times, args.other),
        args.periods,
        args.seconds,
        args.workers,
    ):
        print(line, flush=True)


if __name__ == "__main__":
    main()
