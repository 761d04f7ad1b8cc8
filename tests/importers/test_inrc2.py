"""An imported instance of INRC-II costs what the competition's validator charges, line by line."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pytest

from shiftplan.errors import BadInput
from shiftplan.folder import load
from shiftplan.importers import FAMILIES, import_plan
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from shiftplan.rules import RULES

from .bench import BENCH, checker, needs_bench

pytestmark = pytest.mark.skipif(
    "shift-run" not in RULES, reason="the rule shift-run is not here yet"
)

GIVEN = {
    "n005w4": ("0_1-2-3-3", "1_5-3-1-0", "2_6-7-8-9"),
    "n012w8": ("0_3-5-0-2-0-4-5-2", "1_7-7-0-8-9-3-2-6", "2_4-5-6-7-2-1-2-1"),
    "n021w4": ("0_5-4-1-2", "1_0-6-1-6", "2_8-1-4-3"),
}
"""The instances with a published solution."""

INSTANCES = [(name, which) for name, several in GIVEN.items() for which in several]

PARTS = {
    "shift-count": "total_assignments",
    "work-run": "consecutive",
    "shift-run": "consecutive",
    "off-run": "days_off",
    "wish": "preferences",
    "weekends": "max_weekends",
    "shift-demand": "optimal_coverage",
}
"""The validator's line for each kind of rule."""


def instance_of(check: ModuleType, name: str, which: str) -> tuple[Any, Any, Any]:
    """Return scenario, history and weeks as the checker reads them."""
    history, _, weeks = which.partition("_")
    folder = BENCH / "inrc2" / name
    return (
        check.scenario(str(folder / f"Sc-{name}.txt")),
        check.history(str(folder / f"H0-{name}-{history}.txt")),
        [check.weekdata(str(folder / f"WD-{name}-{week}.txt")) for week in weeks.split("-")],
    )


def published(check: ModuleType, name: str, which: str) -> list[Any]:
    """Return the published solution, week by week."""
    history, _, weeks = which.partition("_")
    folder = BENCH / "inrc2" / name / f"Solution_H_{history}-WD_{weeks}"
    files = [
        folder / f"Sol-{name}-{week}-{number}.txt" for number, week in enumerate(weeks.split("-"))
    ]
    return [check.solution(str(path)) for path in files]


def imported(name: str, which: str, tmp_path: Path) -> Plan:
    import_plan("inrc2", BENCH / "inrc2" / name / f"{name}_{which}", tmp_path / "plan")
    return load(tmp_path / "plan").plan


def roster_of(plan: Plan, check: ModuleType, weeks: list[Any]) -> Roster:
    """Return a solution of the competition as a roster."""
    days = plan.facts.days
    cells = {
        (who, days[7 * number + check.DAYS.index(day)]): f"{shift}/{skill}"
        for number, week in enumerate(weeks)
        for who, day, shift, skill in week
    }
    return Roster(plan.facts, MappingProxyType(cells))


def solution_of(roster: Roster, check: ModuleType) -> list[Any]:
    """Return a roster as a solution of the competition, week by week."""
    weeks: list[Any] = [[] for _ in roster.facts.weeks]
    for (who, day), code in roster.cells.items():
        number = (day - roster.facts.first).days
        weeks[number // 7].append((who, check.DAYS[number % 7], *code.split("/")))
    return weeks


def our_lines(plan: Plan, roster: Roster) -> tuple[dict[str, int], dict[str, int]]:
    """Return the amount by which hard rules are broken and what the goal costs, by the validator's
    lines.
    """
    hard = {"coverage": 0, "skill": 0, "succession": 0, "single": 0}
    cost = dict.fromkeys((*PARTS.values(), "complete_weekends"), 0)
    for rule in plan.rules:
        found = rule.weight * sum(breach.amount for breach in rule.check(roster))
        if rule.strength == "must":
            hard["coverage" if rule.kind == "shift-demand" else rule.kind] += found
        elif getattr(rule, "whole", False):
            cost["complete_weekends"] += found
        elif rule.kind == "shift-count" and getattr(rule, "days", None):
            cost["consecutive"] += found
        else:
            cost[PARTS[rule.kind]] += found
    verdict = plan.judge(roster)
    assert verdict.costs["penalty"] == sum(cost.values())
    assert bool(verdict.hard_breaches) == any(hard.values())
    return hard, cost


def rosters(plan: Plan, solved: Roster, rng: random.Random) -> Iterator[Roster]:
    """Yield rosters without end: at random, in long runs, and *solved* with a few cells changed."""
    facts = plan.facts
    while True:
        share, stay = rng.random(), rng.choice((0, 0.5, 0.8, 0.97))
        cells: dict[Any, str] = {}
        for p in facts.people:
            code: str | None = None
            for day in facts.days:
                if rng.random() >= stay:
                    code = rng.choice(facts.codes(p.name)) if rng.random() < share else None
                if code:
                    cells[p.name, day] = code
        yield Roster(facts, MappingProxyType(cells))
        cells = dict(solved.cells)
        for _ in range(rng.randint(1, 6)):
            who, day = rng.choice(facts.people).name, rng.choice(facts.days)
            cells.pop((who, day), None)
            if rng.random() < 0.7:
                cells[who, day] = rng.choice(facts.codes(who))
        yield Roster(facts, MappingProxyType(cells))


@needs_bench
def test_the_published_roster_costs_what_the_official_validator_printed(tmp_path: Path) -> None:
    """The lines of Solution_H_0-WD_1-2-3-3/validator.txt, 1695 in all."""
    check = checker("check_inrc2")
    plan = imported("n005w4", "0_1-2-3-3", tmp_path)
    hard, cost = our_lines(plan, roster_of(plan, check, published(check, "n005w4", "0_1-2-3-3")))
    assert hard == {"coverage": 0, "skill": 0, "succession": 0, "single": 0}
    assert cost == {
        "total_assignments": 320,
        "consecutive": 465,
        "days_off": 330,
        "preferences": 70,
        "max_weekends": 210,
        "complete_weekends": 60,
        "optimal_coverage": 240,
    }


EACH = 22
"""Rosters of each of the nine instances besides the published one: 207 in all."""


@pytest.mark.slow
@needs_bench
@pytest.mark.parametrize(("name", "which"), INSTANCES)
def test_every_roster_is_judged_as_the_checker_judges_it(
    name: str, which: str, tmp_path: Path
) -> None:
    check = checker("check_inrc2")
    plan, (scenario, history, weeks) = (
        imported(name, which, tmp_path),
        instance_of(check, name, which),
    )
    best = roster_of(plan, check, published(check, name, which))
    more = rosters(plan, best, random.Random(3))
    for number, roster in enumerate([best, *(next(more) for _ in range(EACH))]):
        hard, cost, total = check.evaluate(scenario, history, weeks, solution_of(roster, check))
        assert sum(cost.values()) == total
        assert our_lines(plan, roster) == (hard, cost), f"{name}_{which}, seed 3, roster {number}"


SCENARIO = """\
SCENARIO = tiny

WEEKS = 1

SKILLS = 1
Nurse

SHIFT_TYPES = 2
Early (1,28)
Late (2,60)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Late 1 Early

CONTRACTS = 1
Full (3,5) (2,3) (2,4) 0 1

NURSES = 2
Ann Full 1 Nurse
Ben Full 1 Nurse
"""

HISTORY = """\
HISTORY
0 tiny

NURSE_HISTORY
Ann 1 0 Late 1 2 0
Ben 0 0 None 0 0 1
"""

WEEK = """\
WEEK_DATA
tiny

REQUIREMENTS
Early Nurse (1,2) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Late Nurse (0,0) (0,0) (0,1) (0,0) (0,0) (0,0) (0,0)

SHIFT_OFF_REQUESTS = 3
Ann Any Sat
Ann Late Sat
Ben Early Tue
"""


def tiny(tmp_path: Path, change: tuple[str, str] = ("", "")) -> Plan:
    for name, text in {"Sc-tiny": SCENARIO, "H0-tiny-0": HISTORY, "WD-tiny-0": WEEK}.items():
        (tmp_path / f"{name}.txt").write_text(text.replace(*change) if change[0] else text)
    import_plan("inrc2", tmp_path / "tiny_0_0", tmp_path / "plan")
    return load(tmp_path / "plan").plan


def test_costs_begin_where_the_history_ends(tmp_path: Path) -> None:
    """Worked out by hand, for Ann's row -------  with L on Saturday, and Ben's -EE----.

    Ann's Late of the day before stands alone: one day short of two, 15; her work of two days is not
    too short. She is off for five days, one too many, 30; her Saturday, cut by nothing, is a run of
    one Late, 15, and one day of work, 30, which ends on Saturday; Sunday off is cut by the last
    day. Half a weekend, 30; one weekend and none allowed, 30; two requests denied, 20; one shift
    and one before, of three: 20. Ben has two days off, one before and one now: no cost. Two days of
    work: no cost; E on Tuesday denied, 10; two shifts of three, 20; four days off, cut by the last
    day, none too many. Cover: no Early on Monday, one below the least and 60 for two below the
    best; no Late on Wednesday, 30.
    """
    plan = tiny(tmp_path)
    days = plan.facts.days
    cells = {
        ("Ann", days[5]): "Late/Nurse",
        ("Ben", days[1]): "Early/Nurse",
        ("Ben", days[2]): "Early/Nurse",
    }
    hard, cost = our_lines(plan, Roster(plan.facts, MappingProxyType(cells)))
    assert hard == {"coverage": 1, "skill": 0, "succession": 0, "single": 0}
    assert cost == {
        "total_assignments": 40,
        "consecutive": 60,
        "days_off": 30,
        "preferences": 30,
        "max_weekends": 30,
        "complete_weekends": 30,
        "optimal_coverage": 90,
    }


def test_a_succession_across_the_border_is_forbidden(tmp_path: Path) -> None:
    plan = tiny(tmp_path)
    early = Roster(plan.facts, MappingProxyType({("Ann", plan.facts.first): "Early/Nurse"}))
    assert our_lines(plan, early)[0] == {"coverage": 0, "skill": 0, "succession": 1, "single": 0}


WRONG = {
    "an unknown contract": (
        ("Ben Full 1", "Ben Half 1"),
        "Sc-tiny.txt:21: 'Half' is not a contract",
    ),
    "a line of another form": (
        ("Early (1,28)", "Early 1 28"),
        "Sc-tiny.txt:9: this is not a line of SHIFT_TYPES.",
    ),
    "a nurse twice": (("Ben Full", "Ann Full"), "Sc-tiny.txt:21: 'Ann' is there twice."),
    "no history": (("Ben 0 0 None 0 0 1\n", ""), "H0-tiny-0.txt: there is no history of 'Ben'."),
    "a history that cannot be": (
        ("Late 1 2 0", "Late 3 2 0"),
        "H0-tiny-0.txt:5: the days in a row do not",
    ),
    "an unknown nurse": (
        ("Ben Early", "Bob Early"),
        "WD-tiny-0.txt:11: 'Bob' is not a nurse in the scenario.",
    ),
    "best below least": (
        ("(1,2)", "(2,1)"),
        "WD-tiny-0.txt:5: (2,1): the best number is below the least.",
    ),
    "a weekend too many": (("Ben 0 0", "Ben 0 1"), "tiny_0_0: no plan can be made of it: max: -1"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_reported_with_its_line_and_nothing_is_written(
    case: str, tmp_path: Path
) -> None:
    change, expected = WRONG[case]
    assert change[0] in SCENARIO + HISTORY + WEEK
    with pytest.raises(BadInput) as failure:
        tiny(tmp_path, change)
    lines = [str(problem) for problem in failure.value.problems]
    assert any(line.startswith(str(tmp_path / expected)) for line in lines), lines
    assert not (tmp_path / "plan").exists()


def test_the_name_must_say_which_weeks(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the name does not say which history and weeks are meant"):
        import_plan("inrc2", tmp_path / "Sc-tiny.txt", tmp_path / "plan")


def test_there_is_an_importer_for_it() -> None:
    assert "inrc2" in FAMILIES
