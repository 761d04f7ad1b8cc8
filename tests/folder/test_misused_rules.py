"""A rule used wrongly is reported with its line, key and what to do, before any search."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shiftplan.plan import Plan
from shiftplan.rules import RULES
from tests.plans import any_facts

from .disk import FILES, PLAN, added, reported, write
from .misused import MISUSED

CASES = [(kind, body, lines) for kind, cases in MISUSED.items() for body, lines in cases]
BEFORE = PLAN[: PLAN.index("[[rules]]")]


def with_rules(*rules: str) -> dict[str, str]:
    """Return the files of a plan with just these rules, the first from line 41 on."""
    return {**FILES, "shiftplan.toml": BEFORE + "\n".join(f"[[rules]]\n{rule}\n" for rule in rules)}


@pytest.mark.parametrize(("kind", "body", "lines"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_a_misused_rule_is_reported_with_its_line_and_key(
    kind: str, body: str, lines: str, tmp_path: Path
) -> None:
    write(tmp_path, with_rules(f'kind = "{kind}"\n{body}'))
    assert reported(tmp_path) == [f"shiftplan.toml:{line}" for line in lines.splitlines()]


def test_all_misused_rules_of_a_plan_are_reported_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        with_rules(
            'kind = "presence"\nskill = ["ops"]',
            'kind = "rest"\nhours = 11',
            'kind = "shift-run"\nof = "X"\nmax = 3',
        ),
    )
    assert reported(tmp_path) == [
        "shiftplan.toml:43: skill: nobody has the skill 'ops'. Known: chat, lead.",
        "shiftplan.toml:51: of: 'X' is no shift, family or kind. "
        "Known: E, S, S0900, S0930, S1000, any, day, early.",
    ]


def test_staff_that_nobody_can_be_is_reported_by_the_rule_that_counts_them(tmp_path: Path) -> None:
    files = added(
        "shift_demand", "shift,weekday,minimum,site,skill\nS,daily,1,Dublin,\nE,daily,1,,ops\n"
    )
    files["shiftplan.toml"] = f'{files["shiftplan.toml"]}\n[[rules]]\nkind = "shift-demand"\n'
    write(tmp_path, files)
    assert reported(tmp_path) == [
        "shiftplan.toml:54: kind: [shift_demand] requires E with ops, and nobody it applies to can "
        "work that. Correct it.",
        "shiftplan.toml:54: kind: [shift_demand] requires S at Dublin, and nobody it applies to "
        "can work that. Correct it.",
    ]


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_reports_a_filter_that_fits_nobody_and_dates_off_the_horizon(kind: str) -> None:
    facts = any_facts(3)
    whom = {"site": ["Atlantis"], "to_date": facts.first - timedelta(days=1)}
    made = RULES[kind].model_validate({"kind": kind, **RULES[kind].examples[0], "for": whom})
    lines = [text for _, text in Plan(facts, (made,)).problems()]
    assert any(line.startswith("for.site: nobody has the site 'Atlantis'.") for line in lines)
    assert any(
        line.startswith("for.to_date: ") and "is before the horizon" in line for line in lines
    )
