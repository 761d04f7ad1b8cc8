"""Nobody is given a shift outside their contract, by any command, rule or no rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folder.disk import reported, write

from .tiny import Run, read_csv, runner

PLAN = """\
[team]
name = "Desk"
home = "Dublin"
goals = ["coverage"]
[horizon]
start = 2026-11-30
weeks = 2
[[sites]]
name = "Dublin"
timezone = "Europe/Dublin"
[[shifts]]
code = "D"
start = 09:00:00
length = "8h"
[people]
table = "people.csv"
[[demand]]
queue = "desk"
clock = "Europe/Dublin"
table = "demand.csv"
[[rules]]
kind = "demand"
strength = "coverage"
"""
DESK = {
    "shiftplan.toml": PLAN,
    "people.csv": (
        "name,site,skills,start_date,end_date\n"
        "Ana,Dublin,desk,2026-12-03,\n"
        "Ben,Dublin,desk,,2026-12-08\n"
        "Cy,Dublin,desk,,\n"
    ),
    "demand.csv": "weekday,start,end,minimum,target\ndaily,09:00,17:00,2,3\n",
}
HOURS = """
[[rules]]
kind = "days-off"
per_week = 2
[[rules]]
kind = "hours"
min = "40h"
max = "40h"
"""
SEARCH = ("--time-limit", 60, "--workers", 1)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def shifts(path: Path) -> dict[str, list[str]]:
    """Return the dates of each person's shifts in the roster file at *path*."""
    found: dict[str, list[str]] = {}
    for row in read_csv(path):
        found.setdefault(row["person"], []).append(row["date"])
    return found


@pytest.mark.slow
def test_a_roster_has_no_shift_before_somebody_joins_or_after_they_leave(
    run: Run, tmp_path: Path
) -> None:
    root, out = write(tmp_path / "plan", DESK), tmp_path / "out.csv"
    # An old roster to start from has such shifts; they are left out.
    old = tmp_path / "old.csv"
    old.write_text("person,date,shift\nAna,2026-12-01,D\nBen,2026-12-10,D\nCy,2026-12-10,D\n")
    assert run("solve", "-C", root, *SEARCH, "--start", old, "--out", out).code == 0
    worked = shifts(out)
    # Three are wanted every day: all who are there work, from the 3rd, and up to the 8th.
    assert (worked["Ana"][0], len(worked["Ana"])) == ("2026-12-03", 11)
    assert (worked["Ben"][-1], len(worked["Ben"])) == ("2026-12-08", 9)
    assert len(worked["Cy"]) == 14


@pytest.mark.slow
def test_somebody_who_joins_on_a_thursday_owes_hours_for_the_days_that_are_left(
    run: Run, tmp_path: Path
) -> None:
    root, out = write(tmp_path / "plan", {**DESK, "shiftplan.toml": PLAN + HOURS}), tmp_path / "out"
    assert run("solve", "-C", root, *SEARCH, "--out", out).code == 0
    worked = shifts(out)
    # Ana: of four days two are off, and two fifths of 40 h are two shifts; then five. Ben: five,
    # and in the second week his two days are off. Cy: five and five.
    assert {who: len(days) for who, days in worked.items()} == {"Ana": 7, "Ben": 5, "Cy": 10}


def test_a_roster_edited_by_hand_breaks_what_no_roster_may_break(run: Run, tmp_path: Path) -> None:
    root, file = write(tmp_path / "plan", DESK), tmp_path / "r.csv"
    file.write_text("person,date,shift\nAna,2026-12-02,D\nAna,2026-12-03,D\nBen,2026-12-09,D\n")
    found = run("check", "-C", root, "--roster", file, "--json")
    assert found.code == 1
    breaches = [b for b in found.json()["breaches"] if b["strength"] == "must"]
    assert [(b["rule"], b["person"], b["date"], b["text"]) for b in breaches] == [
        (
            "within-contract",
            "Ana",
            "2026-12-02",
            "Ana works D on Wed 02 Dec, before their contract starts on Thu 03 Dec 2026.",
        ),
        (
            "within-contract",
            "Ben",
            "2026-12-09",
            "Ben works D on Wed 09 Dec, after their contract ends on Tue 08 Dec 2026.",
        ),
    ]


def test_a_pin_outside_the_contract_is_an_error_and_a_day_off_there_is_none(tmp_path: Path) -> None:
    pins = '[pins]\ntable = "pins.csv"\n[[rules]]\nkind = "pinned"\n'
    files = {**DESK, "shiftplan.toml": PLAN + pins}
    files["pins.csv"] = "person,date,shift\nBen,2026-12-08,D\nBen,2026-12-09,D\nBen,2026-12-10,\n"
    assert reported(write(tmp_path, files)) == [
        "pins.csv:3: date: Ben is pinned to D on 2026-12-09, after their contract ends on "
        "Tue 08 Dec 2026. Delete the line, or correct the contract in the people table."
    ]


def test_a_pinned_shift_of_a_start_outside_the_contract_is_named(run: Run, tmp_path: Path) -> None:
    root, file = write(tmp_path / "plan", DESK), tmp_path / "r.csv"
    file.write_text("person,date,shift,pinned\nBen,2026-12-09,D,yes\n")
    done = run("solve", "-C", root, "--start", file, "--no-store")
    assert done.code == 2
    assert "--start: Ben is pinned to D on 2026-12-09, after their contract ends" in done.err


@pytest.mark.slow
def test_a_draft_from_before_somebody_left_is_not_published(run: Run, tmp_path: Path) -> None:
    before = {**DESK, "people.csv": DESK["people.csv"].replace("2026-12-08", "")}
    root = write(tmp_path / "plan", before)
    assert run("solve", "-C", root, *SEARCH).code == 0
    write(root, DESK)
    done = run("publish", "-C", root)
    assert done.code == 1
    assert "within-contract: Ben works D on Wed 09 Dec" in done.out
