"""An imported instance of Curtois and Qu costs what was published, and its limits are theirs."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import BadInput, CannotWrite
from shiftplan.folder import load
from shiftplan.importers import import_plan
from shiftplan.importers.curtois_qu import starts
from shiftplan.importers.curtois_qu_text import ShiftLine
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from shiftplan.solver.search import search

from .bench import BENCH, checker, needs_bench, our_view, rosters, their_view

TINY = """\
# A week, two shifts, two people
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,600,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxRun, MinRun, MinDaysOff, MaxWeekends
Ann,E=7|L=2,2000,480,3,2,2,1
Ben,E=7,2000,0,3,2,2,0

SECTION_DAYS_OFF
Ann,4

SECTION_SHIFT_ON_REQUESTS
Ann,0,E,2
Ann,0,E,3
Ben,1,E,3

SECTION_SHIFT_OFF_REQUESTS
Ann,2,L,4
Ann,3,L,9

SECTION_COVER
0,E,2,100,1
1,E,1,100,7
2,L,0,100,1
4,L,1,50,1
"""


def imported(tmp_path: Path, text: str = TINY) -> Plan:
    """Return the plan made of an instance."""
    source = tmp_path / "Tiny.txt"
    source.write_text(text, newline="")
    import_plan("curtois-qu", source, tmp_path / "plan")
    return load(tmp_path / "plan").plan


def roster(plan: Plan, **rows: str) -> Roster:
    """Return the roster with one letter a day for each person, and ``-`` for a day off."""
    facts = plan.facts
    cells = {
        (who, facts.days[k]): code
        for who, row in rows.items()
        for k, code in enumerate(row)
        if code != "-"
    }
    return Roster(facts, MappingProxyType(cells))


def test_the_goal_costs_what_the_benchmark_charges(tmp_path: Path) -> None:
    """Worked out by hand.

    Requests: Ann asked twice for E on day 0, 2 + 3 = 5; Ben's E on day 1 is granted; Ann works the
    L of day 2 she asked to be spared, 4, and not that of day 3. Demand: day 0 has one E of two,
    100; day 1 has two for one, 7; day 2 has an L nobody wanted, 1; day 4 lacks its L, 50. In all
    5 + 4 + 158 = 167.
    """
    plan = imported(tmp_path)
    assert our_view(plan, roster(plan, Ann="-EL----", Ben="EE-----")) == (167, {})


@pytest.mark.parametrize(
    ("ann", "broken"),
    [
        ("-EL----", []),
        ("E------", []),  # a run cut by the first day is never too short
        ("------E", []),  # nor one cut by the last
        ("EE-----", []),
        ("-E-----", ["work-run"]),
        ("E-EE---", ["off-run"]),
        ("EEEE---", ["work-run"]),
        ("-LE----", ["succession"]),
        ("LLL----", ["shift-count"]),
        ("EE---LL", ["hours"]),  # 2 x 480 + 2 x 600 = 2160
        ("-------", ["hours"]),
        ("---EE--", ["available"]),
    ],
)
def test_each_limit_of_the_benchmark_is_a_hard_rule(
    ann: str, broken: list[str], tmp_path: Path
) -> None:
    plan = imported(tmp_path)
    assert our_view(plan, roster(plan, Ann=ann))[1] == {("Ann", kind): 1 for kind in broken}


def test_limits_are_each_persons_own(tmp_path: Path) -> None:
    """Ben has no L among his shifts, so that none is allowed, and no weekend."""
    plan = imported(tmp_path)
    assert our_view(plan, roster(plan, Ann="E------", Ben="LL-----"))[1] == {
        ("Ben", "shift-count"): 1
    }
    assert our_view(plan, roster(plan, Ann="E------", Ben="-----EE"))[1] == {("Ben", "weekends"): 1}


def test_line_ends_of_windows_make_no_difference(tmp_path: Path) -> None:
    plan = imported(tmp_path, TINY.replace("\n", "\r\n"))
    assert our_view(plan, roster(plan, Ann="-EL----", Ben="EE-----")) == (167, {})


def test_names_that_need_quotes_survive(tmp_path: Path) -> None:
    plan = imported(tmp_path, TINY.replace("Ben", 'Seán "Ó\\B"'))
    assert plan.facts.people[1].name == 'Seán "Ó\\B"'


@given(
    st.dictionaries(
        st.sampled_from("ABCDEFG"),
        st.builds(ShiftLine, st.integers(1, 1440), st.sets(st.sampled_from("ABCDEFG")).map(tuple)),
        min_size=1,
    )
)
def test_no_shift_runs_into_one_of_the_next_day(shifts: dict[str, ShiftLine]) -> None:
    found = {
        code: timedelta(hours=at.hour, minutes=at.minute) for code, at in starts(shifts).items()
    }
    over = max(found[code] + timedelta(minutes=shift.minutes) for code, shift in shifts.items())
    assert over <= min(found.values()) + timedelta(days=1)


WRONG = {
    "a horizon of half weeks": (("\n7\n", "\n10\n"), ":3: days: 10 days are not whole weeks."),
    "no number": (("E,480,", "E,8h,"), ":6: Length: '8h' is not a whole number."),
    "a number too high": (
        ("Ann,4", "Ann,7"),
        ":15: DayIndexes: 7 is not possible; it must be from 0 to 6.",
    ),
    "too few cells": (("0,E,2,100,1", "0,E,2,100"), ":27: 4 cells, and SECTION_COVER has 5."),
    "an unknown shift": (
        ("L,600,E", "L,600,EE"),
        ":7: cannot follow: 'EE' is not one of the shifts.",
    ),
    "a limit of an unknown shift": (
        ("L=2", "N=2"),
        ":11: MaxShifts: 'N' is not one of the shifts.",
    ),
    "a limit that is no number": (
        ("L=2", "L=x"),
        ":11: MaxShifts: 'L=x' is not a number of shifts.",
    ),
    "a limit of an unknown shift that is no number": (
        ("L=2", "N=x"),
        ":11: MaxShifts: 'N' is not one of the shifts.",
    ),
    "a request for no shift": (
        ("Ben,1,E,3", "Ben,1,,3"),
        ":20: ShiftID: '' is not one of the shifts.",
    ),
    "an unknown person": (
        ("Ben,1,E,3", "Bob,1,E,3"),
        ":20: EmployeeID: 'Bob' is not a person in the file.",
    ),
    "a person twice": (("Ben,E=7", "ann,E=7"), ":12: ID: 'ann' is there twice."),
    "a line of demand twice": (
        ("1,E,1,100,7", "0,E,1,100,7"),
        ":28: Day: there is a line for 'E' on day 0",
    ),
    "a code that is none": (("E,480,", "E 1,480,"), ":6: code: 'E 1' is not possible here."),
    "least above most": (
        ("2000,480", "200,480"),
        ":11: MinTotalMinutes: at least 480 minutes is above at most 200",
    ),
    "runs the wrong way": (
        ("480,3,2", "480,3,4"),
        ":11: MinConsecutiveShifts: at least 4 days is above at most 3",
    ),
    "an unknown section": (
        ("SECTION_COVER", "SECTION_COVERS"),
        ":26: unknown section 'SECTION_COVERS'.",
    ),
    "no staff": (("SECTION_STAFF", "# SECTION_STAFF"), ":1: SECTION_STAFF is missing or empty."),
    "another format": ((TINY, "<xml/>"), ":1: there is text before the first section."),
    "minutes nobody can reach": (
        ("2000,480", "9999,9000"),
        ": no plan can be made of it: min: Ann can reach",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_reported_with_its_line_and_nothing_is_written(
    case: str, tmp_path: Path
) -> None:
    change, expected = WRONG[case]
    assert change[0] in TINY
    with pytest.raises(BadInput) as failure:
        imported(tmp_path, TINY.replace(*change))
    lines = [str(problem) for problem in failure.value.problems]
    assert any(line.startswith(f"{tmp_path / 'Tiny.txt'}{expected}") for line in lines), lines
    assert [p.name for p in tmp_path.iterdir()] == ["Tiny.txt"]


def test_no_plan_is_overwritten(tmp_path: Path) -> None:
    imported(tmp_path)
    before = {p.name: p.read_bytes() for p in (tmp_path / "plan").iterdir()}
    with pytest.raises(CannotWrite, match="has a plan already"):
        import_plan("curtois-qu", tmp_path / "Tiny.txt", tmp_path / "plan")
    assert {p.name: p.read_bytes() for p in (tmp_path / "plan").iterdir()} == before


# -- held against the independent checker ----------------------------------------------------------

LARGE = 20_000
"""Cells times shifts beyond which an instance is left to ``benchmarks/published.py``."""

EACH = 16
"""Rosters of each instance; there are 13 small enough, 208 in all."""


def given_instances() -> list[Path]:
    """Return the instances beside the project, if they are there."""
    return sorted((BENCH / "curtois_qu").glob("*.txt"))


@needs_bench
def test_there_are_instances_to_check() -> None:
    assert given_instances()


@pytest.mark.slow
@needs_bench
@pytest.mark.parametrize("source", given_instances(), ids=lambda path: path.stem)
def test_every_roster_is_judged_as_the_checker_judges_it(source: Path, tmp_path: Path) -> None:
    check = checker("check_curtois_qu")
    instance = check.parse_instance(str(source))
    size = instance["horizon"] * len(instance["staff"]) * len(instance["shifts"])
    if size > LARGE:
        pytest.skip(f"{source.stem} is large; python -m benchmarks.published checks it")
    import_plan("curtois-qu", source, tmp_path / "plan")
    plan = load(tmp_path / "plan").plan
    solved = []
    if size < 900:  # instances 1 to 4
        found = search(plan, seconds=6, workers=1).roster
        solved = [found] if found else []
    tried = [*solved, *islice(rosters(plan, instance, 5, solved), EACH - len(solved))]
    for number, one in enumerate(tried):
        theirs = their_view(check, instance, one, tmp_path / "roster.json")
        assert our_view(plan, one) == theirs, f"{source.stem}, seed 5, roster {number}"
    assert all(not our_view(plan, one)[1] for one in solved)
