"""What cannot be is reported by ``check`` in a sentence, before any search."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tiny import PEOPLE, Run, runner, write_plan

MUST = '\n[[rules]]\nkind = "cost"\nbudget = {budget}\n'
GOAL = MUST + 'strength = "wishes"\n'

# Three people with exactly two days off work 5 x 8 h = 40 h each. At 4321.75 an hour, 120 h are 518
# 610.00.
LEAST = "518,610.00"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def line(root: Path) -> int:
    text = (root / "shiftplan.toml").read_text().splitlines()
    return max(k for k, words in enumerate(text, 1) if words == "[[rules]]")


def test_a_budget_below_the_cheapest_roster_is_reported_with_its_line_and_exit_code_3(
    run: Run, tmp_path: Path
) -> None:
    root = write_plan(tmp_path, more=MUST.format(budget=518_609))
    done = run("check", "-C", root)
    assert done.code == 3
    assert done.out.endswith("4 rules. No roster can keep every hard rule.\n")
    text = (
        "The budget is 518,609.00, but the hours that hard rules require, 120h in all, "
        f"cost {LEAST} at least."
    )
    assert done.err == f"error: shiftplan.toml:{line(root)}: {text}\n"
    shown = run("check", "-C", root, "--json")
    assert shown.code == 3
    assert shown.json()["ok"] is False
    assert shown.json()["problems"] == [
        {"file": "shiftplan.toml", "line": line(root), "key": "", "message": text, "hint": ""}
    ]


@pytest.mark.slow
def test_solve_says_the_same_and_does_not_search(run: Run, tmp_path: Path) -> None:
    root = write_plan(tmp_path, more=MUST.format(budget=518_609))
    done = run("solve", "-C", root, "--no-store")
    assert done.code == 3
    assert f"cost {LEAST} at least." in done.err


@pytest.mark.slow
def test_a_budget_that_can_just_be_kept_is_kept(run: Run, tmp_path: Path) -> None:
    root = write_plan(tmp_path, more=MUST.format(budget=518_610))
    assert run("check", "-C", root).code == 0
    done = run("solve", "-C", root, "--no-store", "--time-limit", "5", "--json")
    assert done.code == 0
    assert done.json()["goals"][0] == {"name": "must", "cost": 0, "bound": 0}


def test_a_wanted_budget_cannot_be_met_is_a_note(run: Run, tmp_path: Path) -> None:
    root = write_plan(tmp_path, more=GOAL.format(budget=500_000))
    done = run("check", "-C", root)
    assert done.code == 0
    assert done.err.startswith(
        "note: cannot be met: The budget is 500,000.00, but the hours that hard rules"
    )
    assert (
        run("check", "-C", root, "--json")
        .json()["notices"][0]
        .startswith("cannot be met: The budget")
    )


def test_leave_and_people_without_a_rate_cost_nothing_and_the_latter_are_reported(
    run: Run, tmp_path: Path
) -> None:
    """Ana is away three of seven days: two of the other four off, two worked, 16 h. Dee has no
    rate.

    Ben and Cy 40 h each: 96 h at 4321.75 are 414 888.00.
    """
    root = write_plan(
        tmp_path,
        more=MUST.format(budget=400_000),
        leave="person,from_date,to_date\nAna,2026-10-19,2026-10-21\n",
    )
    with (root / "people.csv").open("a") as table:
        table.write("Dee,West,chat,\n")
    done = run("check", "-C", root)
    assert done.code == 3
    assert "96h in all, cost 414,888.00 at least." in done.err
    assert "note: Dee has no hourly_rate and so costs nothing.\n" in done.err


@pytest.mark.parametrize(
    ("people", "whom"),
    [(PEOPLE[:1], ""), (PEOPLE, 'for = { names = ["Ana"] }\n')],
    ids=["team", "filter"],
)
def test_a_budget_for_one_person_is_refused_since_it_would_show_their_pay(
    people: tuple[str, ...], whom: str, run: Run, tmp_path: Path
) -> None:
    root = write_plan(tmp_path, more=MUST.format(budget=1) + whom, people=people)
    done = run("check", "-C", root)
    assert done.code == 2
    assert (
        "for: only one person it applies to has an hourly_rate, which the cost would show."
        in done.err
    )
