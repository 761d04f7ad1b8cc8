"""Rules broken on purpose in a roster file: ``check --roster`` finds it; nothing in the clean one.

What is planted by hand has its answer worked out by hand. Beside it every rule there is, with
parameters of its own, is broken by rosters drawn by chance, so that none can be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import tomlkit

from shiftplan.facts import Facts
from shiftplan.folder import load
from shiftplan.rules import RULES

from .tiny import Run, runner

PLAN = """
[team]
name = "Planted"
home = "North"
[horizon]
start = 2026-10-19
weeks = 1
[[sites]]
name = "North"
timezone = "Europe/Dublin"
[[sites]]
name = "South"
timezone = "America/New_York"
seats = 1
[[shifts]]
code = "E"
start = 06:00:00
length = "8h30"
unpaid_break = "30m"
[[shifts]]
code = "L"
start = 13:30:00
length = "8h30"
unpaid_break = "30m"
[[shifts]]
code = "N"
start = 22:00:00
length = "8h"
[people]
table = "people.csv"
[[demand]]
queue = "chat"
clock = "Europe/Dublin"
table = "demand.csv"
[shift_demand]
table = "cover.csv"
[holidays]
table = "holidays.csv"
[[leave_policies]]
lieu = { within = "5 days" }
[leave]
table = "leave.csv"
[availability]
table = "availability.csv"
[wishes]
table = "wishes.csv"
[pins]
table = "pins.csv"
[history]
table = "history.csv"
from = 2026-10-12
[published]
table = "published.csv"
[rotation]
table = "rotation.csv"
from = 2026-10-12
"""

RULES_TABLE = """
days-off         for = { names = ["Ana", "Ben", "Cy"] }
days-off-together
work-run         max = 5
off-run          min = 2
rest             hours = 11
rest-after       of = "night", hours = 48
weekly-rest      hours = 24, preceded_by = 11
hours            max = "40h"
shift-count      of = "N", max = 2, per = "week"
shift-run        of = "night", max = 2
succession       forbid = ["L E"]
steady           for = { names = ["Ana", "Ben"] }
weekends         max = 0, for = { names = ["Ana"] }
available
leave
pinned
duty             name = "QA", of = "E", weekdays = "sat-sun"
demand           minimum = 1, target = 0
shift-demand
presence         skill = "lead", weekdays = "mon-fri", start = "14:00", end = "18:00"
seats
handover         from_site = "North", to_site = "South", minutes = "3h30", weekdays = "mon-fri"
mix              level = "trainee", beside_level = "senior"
lieu             for = { names = ["Dee"] }
wish
together         who = ["Ana", "Ben"], by = "hours"
apart            who = ["Ana", "Ben"]
fair-share       of = "any", spread = 3, for = { names = ["Ana", "Ben", "Cy"] }
rotation
stable           for = { names = ["Ana"] }
cost             budget = 1600, for = { names = ["Ana", "Ben"] }
day-of-rest
start-times      latest = "13:30", for = { names = ["Ana"] }
"""

TABLES = {
    # Ana and Ben are paid 40 h each: 1600.
    "people.csv": "name,site,skills,level,hourly_rate\nAna,North,,,20\nBen,North,chat lead,,20\n"
    "Cy,North,,,\nDee,North,,,\nEli,South,,senior,\nFay,South,,trainee,\n",
    "demand.csv": "weekday,start,end,minimum\nmon-fri,13:30,22:00,1\n",
    "cover.csv": "shift,site,weekday,minimum\nL,North,mon-fri,1\n",
    "holidays.csv": "site,date,name\nNorth,2026-10-20,A Tuesday\n",
    "leave.csv": "person,from_date,to_date\nDee,2026-10-25,2026-10-25\n",
    "availability.csv": "person,can,weekdays\nAna,never,sat\n",
    "wishes.csv": "person,date,wish\nAna,2026-10-25,day-off\n",
    "pins.csv": "person,date,shift\nAna,2026-10-19,E\n",
    # The week before: Cy worked from Wednesday to Sunday, Dee had a late on Sunday.
    "history.csv": "person,date,shift\n"
    + "".join(f"Cy,2026-10-{d},E\n" for d in range(14, 19))
    + "Dee,2026-10-18,L\n",
    "published.csv": "person,date,shift\n" + "".join(f"Ana,2026-10-{d},E\n" for d in range(19, 24)),
    # Dee was in the first week of the rota the week before.
    "rotation.csv": "week,monday,tuesday,wednesday,thursday,friday,saturday,sunday,people\n"
    "1,L,L,-,L,L,-,-,Dee\n2,N,N,-,-,E,-,-,\n",
}

CLEAN = {"Ana": "EEEEE..", "Ben": "LLLLL..", "Cy": "..EEEEE", "Dee": "NN..E..", "Eli": "LLLLL.."}
"""Monday to Sunday. The 48 hours after Dee's night, over on Wednesday at 06:00, end on Friday at
06:00.
"""

PLANTED = {
    "days-off": {"Ana": "EEEEEE."},
    "days-off-together": {"Ana": "EE.EE.E"},
    "work-run": {"Ana": "EEEEEE."},
    "off-run": {"Dee": "NN.EE.."},
    "rest": {"Ben": "LLELL.."},
    "rest-after": {"Dee": "NN.EE.."},
    "weekly-rest": {"Ben": "LLLLLL."},  # 22:00 and 11 hours leave 15 hours of Sunday
    "hours": {"Ana": "EEEEEE."},
    "shift-count": {"Dee": "NNN.E.."},
    "shift-run": {"Dee": "NNN.E.."},
    "succession": {"Ben": "LLELL.."},
    "steady": {"Ana": "EELEE.."},
    "weekends": {"Ana": "EEEE.E."},
    "available": {"Ana": "EEEE.E."},
    "leave": {"Dee": "NN..E.E"},
    "pinned": {"Ana": "LEEEE.."},
    "duty": {"Cy": "..EEEE."},
    "demand": {"Ben": ".LLLL.."},
    "shift-demand": {"Ben": ".LLLL.."},
    "presence": {"Ben": ".LLLL.."},
    "seats": {"Fay": "L......"},
    "handover": {"Eli": "LLL.L.."},
    "mix": {"Fay": "E......"},
    "lieu": {"Dee": "NN.EE.."},  # with Thursday off too, one of three days off is for Tuesday
    "wish": {"Ana": "EEEE..E"},
    "together": {"Ben": ".LLLL.."},
    "apart": {"Ben": "LLELL.."},
    "fair-share": {"Ana": "......."},
    "rotation": {"Dee": "NN..L.."},
    "stable": {"Ana": "EEEE..."},
    "cost": {"Ana": "EEEEEE."},
    "day-of-rest": {"Cy": "EEEEEEE"},
    "start-times": {"Ana": "EENEE.."},
}

AT_THE_BORDER = {
    "work-run": {"Cy": "E..EEEE"},  # the sixth day in a row since Wednesday of the week before
    "rest": {"Dee": "EN..E.."},  # from 22:00 on Sunday to 06:00 on Monday
    "succession": {"Dee": "EN..E.."},
    "off-run": {
        "Ana": ".EEEEE.",
        "Cy": ".EEEEE.",
    },  # Cy: one day off since Sunday; Ana's is the third
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    rules = ""
    for line in RULES_TABLE.strip().splitlines():
        kind, _, rest = line.partition(" ")
        keys = re.sub(r", (?=\w+ = )", "\n", rest.strip())
        rules += f'[[rules]]\nkind = "{kind}"\nstrength = "must"\n{keys}\n'
    (tmp_path / "shiftplan.toml").write_text(PLAN + rules)
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def judged(run: Run, plan: Path, weeks: dict[str, str]) -> tuple[int, set[str]]:
    """Return the exit code of ``check --roster`` and the rules it found broken."""
    lines = ["person,date,shift"]
    for who, week in {**CLEAN, **weeks}.items():
        lines += [f"{who},2026-10-{19 + k},{code}" for k, code in enumerate(week) if code != "."]
    (plan / "roster.csv").write_text("\n".join(lines) + "\n")
    done = run("check", "-C", plan, "--roster", plan / "roster.csv", "--json")
    assert done.code in (0, 1), done.out + done.err
    return done.code, {b["rule"] for b in done.json()["breaches"]}


def test_nothing_is_found_in_a_clean_roster(run: Run, plan: Path) -> None:
    assert judged(run, plan, {}) == (0, set())


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_breach_is_found(kind: str, run: Run, plan: Path) -> None:
    code, found = judged(run, plan, PLANTED[kind])
    assert kind in found
    assert code == 1


@pytest.mark.parametrize("kind", AT_THE_BORDER)
def test_a_breach_planted_at_the_border_is_found(kind: str, run: Run, plan: Path) -> None:
    code, found = judged(run, plan, AT_THE_BORDER[kind])
    assert kind in found
    assert code == 1


def sensible(facts: Facts) -> Iterator[dict[str, Any]]:
    """Yield each example of each rule there is that has a meaning in this plan."""
    for kind, rule in RULES.items():
        for example in rule.examples:
            made = rule.model_validate({"kind": kind, **example})
            if not [*made.whom.problems(facts), *made.problems(facts)]:
                yield {"kind": kind, **example}


def wild(facts: Facts, busy: float) -> dict[str, str]:
    """Return a week drawn by chance, in which people work so much of the time as *busy* says."""
    chance = Random(1)
    weeks = {}
    for person in facts.people:
        codes = facts.codes(person.name)
        week = [chance.choice(codes) if chance.random() < busy else "." for _ in range(7)]
        weeks[person.name] = "".join(week)
    return weeks


@pytest.mark.slow
def test_whatever_rule_there_is_a_breach_of_it_is_found(run: Run, plan: Path) -> None:
    """Hardly anybody works in one of the weeks, hardly anybody is off in another."""
    facts = load(plan).plan.facts
    rules = tomlkit.dumps({"rules": list(sensible(facts))})
    (plan / "shiftplan.toml").write_text(PLAN + rules)
    found = set[str]()
    for busy in (0.1, 0.5, 0.9):
        found |= judged(run, plan, wild(facts, busy))[1]
    assert found == set(RULES)
