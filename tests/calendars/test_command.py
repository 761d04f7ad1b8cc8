"""``shiftplan calendars``: which roster, where to, and how it ends."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from shiftplan.cli import app
from shiftplan.folder import load, write_roster
from shiftplan.roster import Roster
from shiftplan.store import open_store

from .reading import check, read

PLAN = """
[team]
name = "Support"
home = "Dublin"

[horizon]
start = 2026-12-07
weeks = 1

[[sites]]
name = "Dublin"
timezone = "Europe/Dublin"

[[shifts]]
code = "E"
name = "Early"
start = 05:00:00
length = "8h30"

[people]
table = "people.csv"

[leave]
table = "leave.csv"

[[rules]]
kind = "work-run"
max = 5
strength = "must"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    root = tmp_path / "plan"
    root.mkdir()
    (root / "shiftplan.toml").write_text(PLAN)
    (root / "people.csv").write_text("name,site\nAna,Dublin\nBen,Dublin\n")
    (root / "leave.csv").write_text(
        "person,from_date,to_date,kind\nBen,2026-12-09,2026-12-10,sick\n"
    )
    return root


def roster(root: Path, days: int = 5) -> Roster:
    """Return a roster in which Ana works the first *days* days; six break a hard rule."""
    facts = load(root).plan.facts
    return Roster(facts, {("Ana", facts.first + timedelta(days=k)): "E" for k in range(days)})


def stored(root: Path, days: int = 5) -> None:
    with open_store(root) as store:
        store.rosters.save_draft(roster(root, days), digest=load(root).digest)


def shiftplan(*args: object) -> int:
    """Run the command line and return its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["shiftplan", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            app.run()
    return int(end.value.code or 0)


def test_the_last_draft_is_written_into_the_plan_folder(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(plan)
    assert shiftplan("calendars", "-C", plan) == 0
    assert capsys.readouterr().out == f"3 calendars in {plan / 'calendars'}\n"
    files = sorted((plan / "calendars").iterdir())
    assert [p.name.split("-")[0] for p in files] == ["ana", "ben", "team.ics"]
    ana = read(files[0].read_bytes())
    check(ana)
    found = [(e.text("SUMMARY"), e.raw("STATUS")) for e in ana.inner]
    assert found == [("Early 05:00–13:30", "TENTATIVE")] * 5 + [("Day off", "TENTATIVE")] * 2
    ben = read(files[1].read_bytes())
    assert "Leave" in [e.text("SUMMARY") for e in ben.inner]
    assert b"sick" not in files[1].read_bytes().lower()


def test_two_exports_of_one_draft_are_the_same_bytes(plan: Path, tmp_path: Path) -> None:
    stored(plan)
    for out in ("one", "two"):
        assert shiftplan("calendars", "-C", plan, "--out", tmp_path / out) == 0
    one, two = (
        {p.name: p.read_bytes() for p in (tmp_path / out).iterdir()} for out in ("one", "two")
    )
    assert one == two


def test_a_roster_file_is_written_as_of_when_it_was_saved(plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    write_roster(file, roster(plan, days=1))
    os.utime(file, (1_790_000_000, 1_790_000_000))  # 2026-09-21 14:13:20 UTC
    code = shiftplan(
        "calendars", "-C", plan, "--roster", file, "--out", tmp_path / "out", "--no-days-off"
    )
    assert code == 0
    (shift, *leave) = read((tmp_path / "out" / "team.ics").read_bytes()).inner
    assert (shift.text("SUMMARY"), shift.raw("STATUS")) == ("Ana: Early 05:00–13:30", "TENTATIVE")
    assert shift.raw("DTSTAMP") == "20260921T141320Z"
    assert [e.text("SUMMARY") for e in leave] == ["Ben: Leave"]
    (ana,) = (tmp_path / "out").glob("ana-*.ics")
    assert len(read(ana.read_bytes()).inner) == 1


def test_a_broken_hard_rule_is_reported_and_the_files_are_written(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(plan, days=6)
    assert shiftplan("calendars", "-C", plan, "--json") == 1
    output = capsys.readouterr()
    assert "warning: the roster has 1 breach of hard rules: work-run: " in output.err
    shown = json.loads(output.out)
    assert (shown["status"], shown["musts_broken"], shown["stale"]) == ("tentative", 1, [])
    assert [f["person"] for f in shown["files"]] == [None, "Ana", "Ben"]
    assert all(Path(f["path"]).is_file() for f in shown["files"])


def test_the_file_of_somebody_who_left_is_named(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(plan)
    assert shiftplan("calendars", "-C", plan) == 0
    (plan / "people.csv").write_text("name,site\nAna,Dublin\n")
    (plan / "leave.csv").write_text("person,from_date,to_date,kind\n")
    capsys.readouterr()
    assert shiftplan("calendars", "-C", plan) == 0
    output = capsys.readouterr()
    assert "the plan was changed after" in output.err
    assert "still has calendars of people no longer in the plan: ben-" in output.err
    assert list((plan / "calendars").glob("ben-*.ics"))


def test_without_a_roster_it_says_what_to_do(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shiftplan("calendars", "-C", plan) == 2
    assert "Run 'shiftplan solve' first" in capsys.readouterr().err
    assert not (plan / "calendars").exists()


def test_a_folder_that_cannot_be_made_is_reported(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(plan)
    assert shiftplan("calendars", "-C", plan, "--out", plan / "people.csv") == 2
    output = capsys.readouterr()
    assert "people.csv' cannot be made" in output.err
    assert output.out == ""
