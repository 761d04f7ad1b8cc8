"""Rotating workforce scheduling problems as plans: the same rota is wanted, the same rosters are
right.
"""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from shiftplan.errors import BadInput
from shiftplan.folder import load
from shiftplan.importers import import_plan
from shiftplan.importers.rws import read_rws, wish_of
from shiftplan.plan import Plan
from shiftplan.plan.rota import asked_of
from shiftplan.roster import Roster
from shiftplan.rota import OFF, Rota, RotaWish, problems
from shiftplan.solver.rota import find_rotas

from .bench import BENCH, needs_bench

EXAMPLE = """# Length, people, shifts
7
9
3
# Heads
2 2 2 2 2 2 2
2 2 2 3 3 3 2
2 2 2 2 2 2 2
# Shifts
D 360 480 2 7
A 840 480 2 6
N 1320 480 2 4
# Days off, work
2 4
4 7
# Forbidden
3 1
N D
N A
A D
N - D
"""


def wishes(instance: Path, folder: Path) -> tuple[RotaWish, RotaWish]:
    """Return the wish of the file and that of the plan it becomes."""
    import_plan("rws", instance, folder)
    asked = asked_of(load(folder).plan)
    assert asked.notes == ()
    return wish_of(read_rws(instance)), asked.wish


def alike(one: RotaWish, other: RotaWish) -> bool:
    """Say whether two wishes ask for the same, in whatever order."""
    runs = [{(r.of, r.least, r.most) for r in w.runs} for w in (one, other)]
    plain = [(w.people, w.codes, set(w.headcounts), w.forbidden, w.week_off) for w in (one, other)]
    return runs[0] == runs[1] and plain[0] == plain[1]


def assigned(plan: Plan, rota: Rota) -> Roster:
    """Return the roster of people who each begin in another row, and move a row down each week."""
    roster = Roster(plan.facts)
    for k, p in enumerate(plan.facts.people):
        for n, day in enumerate(plan.facts.days):
            code = rota.rows[(k + n // 7) % len(rota.rows)][n % 7]
            if code != OFF:
                roster = roster.with_cell(p.name, day, code)
    return roster


def test_the_plan_asks_for_the_rota_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "example.txt").write_text(EXAMPLE)
    assert alike(*wishes(tmp_path / "example.txt", tmp_path / "plan"))


def test_rosters_assigned_from_a_rota_keep_every_hard_rule_exactly_if_the_rota_is_right(
    tmp_path: Path,
) -> None:
    (tmp_path / "example.txt").write_text(EXAMPLE)
    wish, _ = wishes(tmp_path / "example.txt", tmp_path / "plan")
    plan = load(tmp_path / "plan").plan
    assert plan.facts.last - plan.facts.first == timedelta(days=27)
    rota = find_rotas(wish).rotas[0]
    assert plan.judge(assigned(plan, rota)).hard_breaches == ()
    rng = random.Random(5)
    right = 0
    for _ in range(60):
        rows = [list(row) for row in rota.rows]
        day, (a, b) = rng.randrange(7), rng.sample(range(9), 2)
        rows[a][day], rows[b][day] = rows[b][day], rows[a][day]
        changed = Rota(tuple(tuple(row) for row in rows))
        wrong = list(problems(changed, wish))
        right += not wrong
        assert bool(plan.judge(assigned(plan, changed)).hard_breaches) == bool(wrong), (rows, wrong)
    assert right < 60


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("7\n9", "6\n9", ":2: a row of the rota must have 7 days."),
        ("2 4\n4 7", "4 2\n4 7", ":14: at least 4 days in a row is above at most 2."),
        ("N - D", "N - X", ":21: 'X' is not one of the shifts."),
        ("2 2 2 3 3 3 2", "2 2 2 3 3 3", ":7: 7 values must stand here, not '2 2 2 3 3 3'."),
        ("3 1\n", "3 2\n", ": the file ends too soon."),
        ("A 840", "A x", "is not a whole number"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (tmp_path / "example.txt").write_text(EXAMPLE.replace(old, new))
    with pytest.raises(BadInput) as caught:
        import_plan("rws", tmp_path / "example.txt", tmp_path / "plan")
    assert expected in str(caught.value)
    assert not (tmp_path / "plan").exists()


@needs_bench
@pytest.mark.parametrize("number", range(1, 21))
def test_every_instance_from_practice_becomes_a_plan(number: int, tmp_path: Path) -> None:
    assert alike(*wishes(BENCH / "rws" / f"Example{number}.txt", tmp_path / "plan"))
