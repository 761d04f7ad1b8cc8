"""Costs are written with their unit: money as money, and hard rules by their name in prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.plan.amounts import cost_words
from shiftplan.rules import RULES, Rule
from tests.cli.tiny import Run, runner, write_plan

PAY = '[[rules]]\nkind = "cost"\nstrength = "wishes"\n'


def rule(kind: str, goal: str, weight: int = 1) -> Rule:
    return RULES[kind].model_validate({"kind": kind, "strength": goal, "weight": weight})


def test_what_only_pay_counts_towards_is_money() -> None:
    words = cost_words([rule("rest", "must"), rule("cost", "pay"), rule("wish", "wishes")])
    costs = {"must": 481, "pay": 55200, "wishes": 3}
    assert words.all(costs) == "hard rules 481, pay 552.00, wishes 3"


@pytest.mark.parametrize(
    "rules",
    [
        [rule("cost", "pay"), rule("wish", "pay")],
        [rule("wish", "pay"), rule("cost", "pay")],
        [rule("cost", "pay", weight=2)],
    ],
    ids=["pay first", "pay last", "weighted"],
)
def test_a_sum_of_unlike_things_is_a_number(rules: list[Rule]) -> None:
    assert cost_words(rules).all({"pay": 55200}) == "pay 55200"


def test_check_shows_pay_as_money(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Two days of eight hours at 4321.75 are 69,148.00."""
    run: Run = runner(capsys)
    root = write_plan(tmp_path / "plan", more=PAY)
    days = "Ana,2026-10-19,D\nBen,2026-10-20,D\n"
    (root / "r.csv").write_text(f"person,date,shift\n{days}")
    done = run("check", "-C", root, "--roster", root / "r.csv")
    assert "wishes 69,148.00." in done.out
    (wishes,) = (
        goal["cost"]
        for goal in run("check", "-C", root, "--roster", root / "r.csv", "--json").json()["goals"]
        if goal["name"] == "wishes"
    )
    assert wishes == 6_914_800
