"""The problems of ours in ``fixtures/benchmarks`` cost and break what the files beside them say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from shiftplan.folder import load
from shiftplan.importers import import_plan
from shiftplan.importers.rws import read_rws, wish_of
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from shiftplan.rota import Rota, problems
from shiftplan.solver.rota import find_rotas
from shiftplan.solver.search import search

from .bench import our_view
from .test_inrc2 import our_lines
from .test_rws import assigned

WRITTEN = Path(__file__).parents[2] / "fixtures" / "benchmarks"
CLINIC = json.loads((WRITTEN / "curtois-qu" / "clinic.json").read_text("utf-8"))
WARD = json.loads((WRITTEN / "inrc2" / "ward_0_0-1.json").read_text("utf-8"))
DESK = json.loads((WRITTEN / "rws" / "desk.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return imported("curtois-qu", "clinic.txt", tmp_path_factory.mktemp("clinic"))


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return imported("inrc2", "ward_0_0-1", tmp_path_factory.mktemp("ward"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return imported("rws", "desk.txt", tmp_path_factory.mktemp("desk"))


def imported(family: str, name: str, folder: Path) -> Plan:
    """Return the plan a problem becomes."""
    import_plan(family, WRITTEN / family / name, folder / "plan")
    return load(folder / "plan").plan


def roster_of(plan: Plan, rows: dict[str, list[str]]) -> Roster:
    """Return the roster with a code a day for each person, and ``-`` for a day off."""
    cells = {
        (who, day): code
        for who, codes in rows.items()
        for day, code in zip(plan.facts.days, codes, strict=True)
        if code != "-"
    }
    return Roster(plan.facts, MappingProxyType(cells))


def cases(entries: list[dict[str, Any]]) -> Any:
    """Return what runs a test on each of *entries*."""
    return pytest.mark.parametrize("case", entries, ids=range(len(entries)))


@cases(CLINIC["rosters"])
def test_a_roster_of_the_clinic_costs_its_penalty_and_breaks_what_is_said(
    case: dict[str, Any], clinic: Plan
) -> None:
    rows = {who: list(row) for who, row in case["rows"].items()}
    penalty, broken = our_view(clinic, roster_of(clinic, rows))
    assert penalty == case["penalty"] == sum(case["parts"].values())
    assert broken == Counter(tuple(line.split()) for line in case["broken"])


def test_every_limit_of_the_clinic_is_broken_somewhere_and_nothing_in_its_best_roster() -> None:
    assert {line.split()[1] for case in CLINIC["rosters"] for line in case["broken"]} == {
        "available",
        "hours",
        "off-run",
        "shift-count",
        "succession",
        "weekends",
        "work-run",
    }
    first = CLINIC["rosters"][0]
    assert (first["penalty"], first["broken"]) == (CLINIC["best"], [])


@pytest.mark.slow
def test_the_best_roster_of_the_clinic_is_found_and_proven(clinic: Plan) -> None:
    result = search(clinic, seconds=120, workers=1)
    assert result.status == "optimal"
    assert [goal.cost for goal in result.goals] == [0, CLINIC["best"]]


@cases(WARD["rosters"])
def test_a_roster_of_the_ward_costs_what_is_said_line_by_line(
    case: dict[str, Any], ward: Plan
) -> None:
    codes = {"".join(word[0] for word in s.code.split("/")): s.code for s in ward.facts.shifts}
    rows = {
        who: [codes.get(word, word) for word in row.split()] for who, row in case["rows"].items()
    }
    hard, cost = our_lines(ward, roster_of(ward, rows))
    assert (hard, cost) == (case["hard"], case["cost"])
    assert sum(cost.values()) == case["total"]


def test_each_rota_of_the_desk_is_found_and_is_right(desk: Plan) -> None:
    wish = wish_of(read_rws(WRITTEN / "rws" / "desk.txt"))
    found = find_rotas(wish, alternatives=2 * len(DESK["right"]))
    assert found.complete
    assert {turned(rota.rows) for rota in found.rotas} == {turned(rows) for rows in DESK["right"]}
    for rows in DESK["right"]:
        assert list(problems(rota_of(rows), wish)) == []
        assert desk.judge(assigned(desk, rota_of(rows))).hard_breaches == ()


@cases(DESK["wrong"])
def test_a_wrong_rota_of_the_desk_is_wrong_as_a_rota_and_breaks_a_must(
    case: dict[str, Any], desk: Plan
) -> None:
    wrong = rota_of(case["rows"])
    assert list(problems(wrong, wish_of(read_rws(WRITTEN / "rws" / "desk.txt"))))
    assert desk.judge(assigned(desk, wrong)).hard_breaches


def rota_of(rows: list[str]) -> Rota:
    return Rota(tuple(tuple(row) for row in rows))


def turned(rows: Any) -> tuple[str, ...]:
    """Return *rows* beginning with the row that comes first in the alphabet."""
    lines = ["".join(row) for row in rows]
    return min(tuple(lines[k:] + lines[:k]) for k in range(len(lines)))
