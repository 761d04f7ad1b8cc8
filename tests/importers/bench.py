"""The published problems beside the project, their checkers, and rosters worth checking."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pytest

from shiftplan.facts import Facts
from shiftplan.plan import Plan
from shiftplan.roster import Roster

ROOT = Path(__file__).parents[2]
BENCH = Path(os.environ.get("SHIFTPLAN_BENCH", ROOT.parent / "shared" / "bench"))
"""Where the published problems and their checkers lie; they are no part of the project."""

needs_bench = pytest.mark.skipif(
    not BENCH.is_dir(),
    reason=f"no published problems in {BENCH}; name their folder in SHIFTPLAN_BENCH",
)


def checker(name: str) -> ModuleType:
    """Return the independent checker in the file called *name*."""
    found = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    keep, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        found.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = keep
    return module


Broken = Counter[tuple[str, str]]
"""How often whose limit of which kind is broken."""

# -- Curtois and Qu --------------------------------------------------------------------------------

HARD = {
    r" day \d+: \S+ then ": "succession",
    r": \d+ x ": "shift-count",
    r": -?\d+ minutes outside ": "hours",
    r" days \d+-\d+: \d+ consecutive shifts ": "work-run",
    r" days \d+-\d+: \d+ days off ": "off-run",
    r": \d+ weekends ": "weekends",
    r" day \d+: works on a fixed day off": "available",
}
"""What the checker says of each broken limit, and the rule it stands for here."""


def their_view(
    check: ModuleType, instance: Any, roster: Roster, scratch: Path
) -> tuple[int, Broken]:
    """Return the penalty by the checker, and what it finds broken; *roster* goes through a file."""
    first = roster.facts.first
    cells = [[who, (day - first).days, code] for (who, day), code in roster.cells.items()]
    scratch.write_text(json.dumps({"assignments": cells}))
    found = check.check(instance, *check.load_solution(str(scratch), instance))
    broken: Broken = Counter()
    for text in found["hard"]:
        who, kind = next(
            (text[: match.start()], kind)
            for pattern, kind in HARD.items()
            if (match := re.search(pattern, text))
        )
        broken[who, kind] += 1
    assert found["feasible"] == (not broken)
    return found["penalty"], broken


def our_view(plan: Plan, roster: Roster) -> tuple[int, Broken]:
    """Return what the goal costs by our rules, and which hard rules they find broken."""
    verdict = plan.judge(roster)
    return verdict.costs["penalty"], Counter(
        (f.breach.who or "", f.breach.rule) for f in verdict.hard_breaches
    )


def rosters(plan: Plan, instance: Any, seed: int, solved: list[Roster]) -> Iterator[Roster]:
    """Yield rosters without end: at random, in runs of about the right length, and *solved* ones
    changed.
    """
    rng = random.Random(seed)
    facts = plan.facts
    while True:
        yield _at_random(facts, rng)
        base = _in_runs(facts, instance, rng)
        yield base
        yield _changed(base, rng, rng.randint(1, 8))
        for roster in solved:
            yield _changed(roster, rng, rng.randint(1, 3))
            yield _exchanged(roster, rng)


def _roster(facts: Facts, cells: dict[Any, str]) -> Roster:
    return Roster(facts, MappingProxyType(cells))


def _at_random(facts: Facts, rng: random.Random) -> Roster:
    share = rng.random()
    codes = [s.code for s in facts.shifts]
    cells = {
        (p.name, d): rng.choice(codes)
        for p in facts.people
        for d in facts.days
        if rng.random() < share
    }
    return _roster(facts, cells)


def _in_runs(facts: Facts, instance: Any, rng: random.Random) -> Roster:
    """Return a roster that keeps to most limits: runs, successions, fixed days off, shifts one may
    work.
    """
    cells: dict[Any, str] = {}
    for p in facts.people:
        limits = instance["staff"][p.name]
        codes = [c for c, most in limits["max_type"].items() if most] or list(instance["shifts"])
        k = -rng.randint(0, 3)
        while k < len(facts.days):
            for _ in range(rng.randint(limits["min_run"], limits["max_run"])):
                before = cells.get((p.name, facts.days[k - 1])) if 0 < k < len(facts.days) else None
                barred = instance["shifts"][before]["not_next"] if before else ()
                may = [c for c in codes if c not in barred]
                if not may or k in instance["days_off"].get(p.name, ()):
                    break
                if 0 <= k < len(facts.days):
                    cells[p.name, facts.days[k]] = rng.choice(may)
                k += 1
            k += rng.randint(limits["min_off"], limits["min_off"] + 2)
    return _roster(facts, cells)


def _changed(roster: Roster, rng: random.Random, times: int) -> Roster:
    """Return *roster* with a few cells changed, often at the edges of the horizon."""
    facts, cells = roster.facts, dict(roster.cells)
    for _ in range(times):
        who, day = rng.choice(facts.people).name, rng.choice(facts.days)
        if rng.random() < 0.3:
            day = rng.choice((*facts.days[:3], *facts.days[-3:]))
        code = rng.choice([None, *(s.code for s in facts.shifts)])
        cells.pop((who, day), None)
        if code:
            cells[who, day] = code
    return _roster(facts, cells)


def _exchanged(roster: Roster, rng: random.Random) -> Roster:
    """Return *roster* with the shifts of two people on one day exchanged, which often breaks
    nothing.
    """
    facts, cells = roster.facts, dict(roster.cells)
    day = rng.choice(facts.days)
    one, other = (p.name for p in rng.sample(facts.people, 2))
    mine, yours = cells.pop((one, day), None), cells.pop((other, day), None)
    if mine:
        cells[other, day] = mine
    if yours:
        cells[one, day] = yours
    return _roster(facts, cells)
