"""``shiftplan rota``: what it takes from a plan, what it shows, and how it says there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shiftplan.folder import load
from shiftplan.plan.rota import asked_of
from shiftplan.rota import OFF, Headcount, OffTogether, Rota, Run, problems

from .tiny import Run as Command
from .tiny import runner

PLAN = """
[team]
name = "Wards"
home = "West"

[horizon]
start = 2026-10-19
weeks = 1

[[sites]]
name = "West"
timezone = "Europe/Dublin"

[[sites]]
name = "East"
timezone = "Asia/Singapore"

[[shifts]]
code = "N"
start = 22:00:00
length = "8h"

[[shifts]]
code = "D"
start = 06:00:00
length = "8h"

[[shifts]]
code = "A"
start = 14:00:00
length = "8h"

[people]
table = "people.csv"

[shift_demand]
table = "needs.csv"

[[rules]]
kind = "shift-demand"
level = "preferred"

[[rules]]
kind = "work-run"
min = 4
max = 7

[[rules]]
kind = "off-run"
min = 2
max = 4

[[rules]]
kind = "rest"
hours = "11h"
"""

NEEDS = "shift,weekday,preferred,over\nD,daily,2,1\nA,mon-wed sun,2,1\nA,thu-sat,3,1\nN,daily,2,1\n"
EAST = "Zoe,East\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("COLUMNS", "100")
    return runner(capsys)


def written(
    root: Path, *, people: int = 9, more: str = "", rules: str = "", needs: str = NEEDS
) -> Path:
    root.mkdir()
    names = "".join(f"P{k},West\n" for k in range(people))
    (root / "people.csv").write_text(f"name,site\n{names}{more}")
    (root / "needs.csv").write_text(needs)
    (root / "shiftplan.toml").write_text(PLAN + rules)
    return root


def test_the_hard_rules_of_a_plan_are_the_wish(tmp_path: Path) -> None:
    """11 hours after A ends at 22:00 are 09:00, too late for D; N ends at 06:00, for all but N."""
    rules = '[[rules]]\nkind = "days-off"\ncount = "at-least"\n'
    rules += '[[rules]]\nkind = "days-off-together"\ndays = 3\nstraddle = false\n'
    rules += '[[rules]]\nkind = "shift-run"\nof = "night"\nmax = 3\n'
    rules += '[[rules]]\nkind = "succession"\nforbid = ["N - D"]\n'
    asked = asked_of(load(written(tmp_path / "plan", rules=rules)).plan)
    wish = asked.wish
    assert (wish.people, wish.codes, wish.week_off) == (9, ("D", "A", "N"), (2, 7))
    assert Headcount(3, frozenset("A"), 3, 3) in wish.headcounts
    assert len(wish.headcounts) == 21
    assert wish.runs == (
        Run(frozenset("DAN"), 4, 7, "work"),
        Run(frozenset((OFF,)), 2, 4, "days off"),
        Run(frozenset("N"), 1, 3, "night"),
    )
    assert wish.together == OffTogether(3, straddle=False)
    assert wish.forbidden == {("A", "D"), ("N", "D"), ("N", "A"), ("N", OFF, "D")}
    assert asked.notes == ()


@pytest.mark.slow
def test_people_choose_between_rotas_and_see_what_each_is_good_for(
    run: Command, tmp_path: Path
) -> None:
    done = run("rota", "-C", written(tmp_path / "plan"), "--alternatives", 2)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Rota 1 for 9 people"
    assert "weekends off together" in lines[1]
    assert lines[2].split() == ["week", *["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], "days", "off"]
    assert [line.split()[0] for line in lines[3:12]] == [str(k) for k in range(1, 10)]
    assert lines[13] == "Rota 2 for 9 people"


def test_scripts_get_the_rows_and_they_keep_the_hard_rules(run: Command, tmp_path: Path) -> None:
    root = written(tmp_path / "plan")
    done = run("rota", "-C", root, "--json", "--alternatives", 1)
    shown = json.loads(done.out)
    assert (done.code, shown["outcome"]) == (0, "found")
    rota = Rota(tuple(tuple(row) for row in shown["rotas"][0]["rows"]))
    assert list(problems(rota, asked_of(load(root).plan).wish)) == []


def test_a_rota_that_cannot_be_says_where_people_are_too_few(run: Command, tmp_path: Path) -> None:
    done = run("rota", "-C", written(tmp_path / "plan"), "--people", 6)
    assert done.code == 3
    assert "Thursday needs 7 people, but there are only 6." in " ".join(done.out.split())


def test_people_of_several_sites_are_asked_which(run: Command, tmp_path: Path) -> None:
    root = written(tmp_path / "plan", more=EAST)
    done = run("rota", "-C", root)
    assert done.code == 2
    assert "Name one with --site: East, West." in done.err
    done = run("rota", "-C", root, "--site", "West", "--alternatives", 1)
    assert done.code == 0
    assert "people required at any site are all given by this one" in done.err
    assert run("rota", "-C", root, "--site", "Wets").code == 2


@pytest.mark.parametrize(
    ("whom", "words"), [('names = ["P1"]', "P1"), ("from_date = 2026-10-21", "from 2026-10-21")]
)
def test_hard_rules_that_no_rota_keeps_are_named(
    run: Command, tmp_path: Path, whom: str, words: str
) -> None:
    rules = f'[[rules]]\nkind = "work-run"\nmax = 3\nfor = {{ {whom} }}\n'
    done = run("rota", "-C", written(tmp_path / "plan", rules=rules), "--alternatives", 1)
    assert done.code == 0
    assert done.err.startswith(f"note: the rota may break work-run: Everyone ({words}) works")


def test_a_rest_longer_than_a_rota_can_ask_for_is_asked_as_far_as_it_goes(tmp_path: Path) -> None:
    """64 hours after A ends at 22:00 are 14:00 three days on, too late for D: beyond three days.

    Yet after N, over at 06:00, the next two days are out for every shift.
    """
    rules = '[[rules]]\nkind = "rest"\nhours = "64h"\n'
    asked = asked_of(load(written(tmp_path / "plan", rules=rules)).plan)
    soon = {("N", *off, code) for off in ((), (OFF,)) for code in "DAN"}
    assert soon <= asked.wish.forbidden
    assert [note.split(":")[0] for note in asked.notes] == ["the rota may break rest"]


def test_without_headcounts_there_is_nothing_to_design(run: Command, tmp_path: Path) -> None:
    root = written(tmp_path / "plan")
    text = (root / "shiftplan.toml").read_text()
    (root / "shiftplan.toml").write_text(
        text.replace('"preferred"', '"preferred"\nstrength = "coverage"')
    )
    done = run("rota", "-C", root)
    assert done.code == 2
    assert "no hard rule says how many people" in done.err
