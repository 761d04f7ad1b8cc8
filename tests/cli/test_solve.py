"""``shiftplan solve`` from the command line: what is printed, kept and written, the exit code."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shiftplan.cli.exits import ExitCode
from shiftplan.cli.outcome import code_of, show_nothing
from shiftplan.folder import load, read_roster
from shiftplan.folder import rows as csv_rows
from shiftplan.plan.result import Result
from shiftplan.roster import Roster
from shiftplan.store import open_store
from tests.processes import interrupted

from .tiny import DEMAND, NOTE, PEOPLE, Run, read_csv, runner, write_plan

FIXTURES = Path(__file__).parents[2] / "fixtures"
KEYS = [
    "status",
    "seconds",
    "goals",
    "breaches",
    "roster",
    "duties",
    "stopped",
    "reasons",
    "notices",
    "stored",
    "not_judged",
    "not_judged_because",
]
SEARCH = ("--time-limit", 120)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    return runner(capsys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "plan")


# -- what is printed -----------------------------------------------------------------------------


@pytest.mark.slow
def test_people_see_the_roster_its_goals_and_its_coverage(run: Run, root: Path) -> None:
    done = run("solve", "-C", root, *SEARCH)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "Tiny Desk: 3 people, 2026-10-19 to 2026-10-25"
    assert lines[1].startswith("Proven best in every goal, after ")
    assert "West (America/Los_Angeles), 2 people, 19 Oct to 25 Oct 2026" in lines
    assert "    | Mo Tu We Th Fr SA SU | sh  hours off" in lines
    assert sum(line.startswith(("Ana |", "Ben |", "Cy |")) for line in lines) == 3
    assert "hard rules     0      0   0%  no hard rule is broken" in lines
    assert "coverage       0      0   0%  proven best" in lines
    # One person from nine to five on seven days: 56 hours.
    assert any(line.startswith("chat ") and "56h of 56h  100%" in line for line in lines)
    assert done.err == f"{NOTE}Stored as draft 1 in {root / '.shiftplan' / 'store.db'}.\n"


@pytest.mark.slow
def test_json_is_one_object_and_nothing_else(run: Run, root: Path) -> None:
    done = run("solve", "-C", root, *SEARCH, "--json")
    assert (done.code, done.err) == (0, NOTE)
    found = done.json()
    assert found["notices"] == [NOTE.removeprefix("note: ").rstrip()]
    assert list(found) == KEYS
    assert found["status"] == "optimal"
    assert found["stopped"] == "done"
    assert found["goals"] == [
        {"name": n, "cost": 0, "bound": 0} for n in ("must", "coverage", "wishes")
    ]
    assert found["breaches"] == []
    assert list(found["roster"][0]) == [
        "person",
        "site",
        "date",
        "shift",
        "start_utc",
        "end_utc",
        "pinned",
    ]
    assert len(found["roster"]) == 15  # three people, five days each
    assert found["stored"]["id"] == 1
    assert found["stored"]["database"] == str(root / ".shiftplan" / "store.db")


@pytest.mark.slow
def test_costs_and_breaches_are_those_the_checkers_find(run: Run, tmp_path: Path) -> None:
    # Two of three people want Saturday off, one is needed, and the third is in another time zone.
    wishes = "person,date,wish,weight\nAna,2026-10-24,day-off,3\nBen,2026-10-24,day-off,2\n"
    rule = '[[rules]]\nkind = "wish"\nstrength = "wishes"\n'
    root = write_plan(tmp_path / "plan", people=PEOPLE[:2], more=rule, wishes=wishes)
    found = run("solve", "-C", root, *SEARCH, "--json").json()
    assert found["goals"] == [
        {"name": "must", "cost": 0, "bound": 0},
        {"name": "coverage", "cost": 0, "bound": 0},
        {"name": "wishes", "cost": 2, "bound": 2},
    ]
    (breach,) = found["breaches"]
    assert list(breach) == ["rule", "strength", "person", "date", "amount", "text", "source"]
    assert (breach["rule"], breach["strength"], breach["person"]) == ("wish", "wishes", "Ben")
    assert (breach["date"], breach["amount"]) == ("2026-10-24", 2)
    shown = run("solve", "-C", root, *SEARCH)
    assert "wish  wishes         1       2     2" in shown.out
    assert f"    {breach['text']}" in shown.out.splitlines()


@pytest.mark.slow
def test_a_gap_is_shown_in_utc_and_by_every_sites_clock_and_fails_only_if_asked(
    run: Run, tmp_path: Path
) -> None:
    # Two people work ten days a week between them; seven days need two people each: 4 x 8 hours are
    # missing.
    root = write_plan(tmp_path / "plan", people=PEOPLE[:2], demand=DEMAND.replace(",1,1", ",2,2"))
    done = run("solve", "-C", root, *SEARCH, "--no-store")
    assert done.code == 0
    assert "Below minimum: 4 gaps, 32h of work missing" in done.out
    # 09:00 to 17:00 in California is 16:00 to 24:00 in UTC.
    assert "16:00-24:00" in done.out
    assert "09:00-17:00" in done.out
    assert run("solve", "-C", root, *SEARCH, "--no-store", "--fail-on-gaps").code == 1


@pytest.mark.slow
def test_nothing_but_trouble_is_printed_when_quiet(run: Run, root: Path) -> None:
    assert run("solve", "-C", root, *SEARCH, "--quiet") == (0, "", "")
    assert run("solve", "-C", root, *SEARCH, "--quiet") == (0, "", "")
    assert len(run("solve", "-C", root, *SEARCH, "--quiet", "--json").json()["roster"]) == 15


# -- the CSV, there and back ---------------------------------------------------------------------


@pytest.mark.slow
def test_the_csv_holds_the_roster_that_is_printed(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    found = run("solve", "-C", root, *SEARCH, "--out", file, "--json").json()
    assert read_csv(file) == found["roster"]
    made = read_roster(file, load(root).plan.facts)
    with open_store(root) as store:
        assert store.rosters.roster(1, made.facts) == made


@pytest.mark.slow
def test_cells_pinned_in_a_start_file_hold(run: Run, root: Path, tmp_path: Path) -> None:
    # Nobody needs nights, so only the pins can bring them about.
    given = Roster(load(root).plan.facts)
    for day in (19, 21):
        given = given.with_cell("Ana", date(2026, 10, day), "N")
    lines = [
        {**row, "pinned": "yes" if row["date"].endswith("19") else ""} for row in csv_rows(given)
    ]
    start = tmp_path / "start.csv"
    start.write_text("\n".join([",".join(lines[0]), *(",".join(line.values()) for line in lines)]))
    found = run("solve", "-C", root, *SEARCH, "--start", start, "--json", "--no-store").json()
    assert [r["date"] for r in found["roster"] if r["pinned"]] == ["2026-10-19"]
    assert [(r["person"], r["shift"]) for r in found["roster"] if r["pinned"]] == [("Ana", "N")]
    assert found["goals"][0] == {"name": "must", "cost": 0, "bound": 0}


def test_a_start_file_that_contradicts_the_plans_pins_is_refused(run: Run, tmp_path: Path) -> None:
    root = write_plan(tmp_path / "plan", pins="person,date,shift\nAna,2026-10-19,D\n")
    start = tmp_path / "start.csv"
    start.write_text("person,date,shift,pinned\nAna,2026-10-19,N,yes\n")
    done = run("solve", "-C", root, *SEARCH, "--start", start)
    assert (done.code, done.out) == (2, "")
    assert "Ana is pinned to N on 2026-10-19, but the plan pins D there." in done.err


@pytest.mark.slow
def test_a_roster_whose_file_cannot_be_written_is_still_printed(
    run: Run, root: Path, tmp_path: Path
) -> None:
    done = run(
        "solve", "-C", root, *SEARCH, "--out", tmp_path / ("x" * 300), "--json", "--no-store"
    )
    assert done.code == 2
    assert len(done.json()["roster"]) == 15
    assert "cannot be written: File name too long." in done.err


# -- the store -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_solve_is_kept_as_a_draft_and_the_next_starts_from_it(run: Run, root: Path) -> None:
    run("solve", "-C", root, *SEARCH, "--seed", 5)
    again = run("solve", "-C", root, *SEARCH)
    assert "note: the search starts from draft 1 (2026-10-19 to 2026-10-25, made " in again.err
    with open_store(root) as store:
        new, old = store.rosters.all()
    assert (new.state, old.state, new.seed, old.seed) == ("draft", "draft", 0, 5)
    assert new.digest == old.digest == load(root).digest
    assert [g.cost for g in new.goals] == [0, 0, 0]
    assert "ortools" in new.solver_version


@pytest.mark.slow
def test_the_next_week_rests_from_the_nights_of_the_last(run: Run, tmp_path: Path) -> None:
    sunday, monday = date(2026, 10, 25), "2026-10-26"
    root = write_plan(tmp_path / "plan", people=PEOPLE[:2])
    facts = load(root).plan.facts
    with open_store(root) as store:
        nights = Roster(facts).with_cell("Ana", sunday, "N").with_cell("Ben", sunday, "N")
        store.rosters.save_draft(nights, digest="")
    write_plan(root, people=PEOPLE[:2], start=monday)
    # Both come off a night at six on Monday, so nobody can start at nine; without the store nobody
    # knows.
    rested = run("solve", "-C", root, *SEARCH, "--json")
    assert "note: the days before the first are those of draft 1" in rested.err
    assert not [r for r in rested.json()["roster"] if (r["date"], r["shift"]) == (monday, "D")]
    alone = run("solve", "-C", root, *SEARCH, "--json", "--no-store")
    assert [r for r in alone.json()["roster"] if (r["date"], r["shift"]) == (monday, "D")]


@pytest.mark.slow
def test_without_the_store_nothing_is_left_behind(run: Run, root: Path) -> None:
    before = sorted(root.iterdir())
    assert run("solve", "-C", root, *SEARCH, "--no-store").code == 0
    assert sorted(root.iterdir()) == before


@pytest.mark.slow
def test_a_draft_that_cannot_be_stored_is_printed_and_is_not_done(run: Run, root: Path) -> None:
    (root / ".shiftplan").write_text("in the way")  # binds the superuser too, unlike permissions
    done = run("solve", "-C", root, *SEARCH, "--json")
    assert done.code == 2
    assert len(done.json()["roster"]) == 15
    assert done.json()["stored"] is None
    assert done.err.startswith(f"{NOTE}error: the draft was not stored: ")
    assert done.err.count("\n") == 2


def test_a_damaged_store_is_reported_before_the_search(run: Run, root: Path) -> None:
    (root / ".shiftplan").mkdir()
    (root / ".shiftplan" / "store.db").write_text("not a database at all" * 99)
    done = run("solve", "-C", root, *SEARCH)
    assert (done.code, done.out) == (2, "")
    assert (
        "is damaged, or is no store of rosters. Move it away; a new one is made then." in done.err
    )


# -- no roster -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_plan_that_cannot_be_kept_says_why_and_exits_with_3(run: Run, tmp_path: Path) -> None:
    hours = '[[rules]]\nkind = "hours"\nmin = "48h"\nper = "week"\n'
    root = write_plan(tmp_path / "plan", more=hours)
    done = run("solve", "-C", root, *SEARCH)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"{NOTE}No roster can keep every hard rule.\n  ")
    assert "Ana" in done.err
    found = run("solve", "-C", root, *SEARCH, "--json")
    assert (found.code, list(found.json())) == (3, KEYS)
    assert found.json()["status"] == "infeasible"
    assert found.json()["roster"] == found.json()["goals"] == found.json()["breaches"] == []
    assert found.json()["reasons"]
    assert not (root / ".shiftplan").exists()


def test_exit_codes_say_how_the_search_ended(
    capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    nothing = Result(None, (), "unknown", 9.0, "deadline")
    made = replace(nothing, roster=Roster(load(root).plan.facts), status="feasible")
    assert code_of(made) == ExitCode.DONE == 0
    assert code_of(made, broken=True) == ExitCode.BROKEN == 1
    assert code_of(replace(nothing, status="infeasible")) == ExitCode.INFEASIBLE == 3
    assert code_of(nothing) == ExitCode.NOTHING_FOUND == 4
    assert code_of(made, broken=True, interrupted=True) == ExitCode.INTERRUPTED == 130
    show_nothing(nothing, 9.0, as_json=False)
    assert (
        "No roster was found in 9 s. Give it more time with --time-limit."
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--time-limit", "0"), "'--time-limit'"),
        (("--workers", "0"), "'--workers'"),
        (("--seed", "-1"), "'--seed'"),
        (("--out", "nowhere/roster.csv"), "there is no folder nowhere"),
        (("--out", "/"), "it is a folder"),
        (("--start", "nowhere.csv"), "nowhere.csv: the roster cannot be read"),
    ],
)
def test_a_wrong_option_is_reported_before_the_search(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, str], says: str
) -> None:
    monkeypatch.chdir(root)
    done = run("solve", *args)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


# -- a terminal ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_ctrl_c_keeps_the_best_roster_so_far(tmp_path: Path) -> None:
    """The live line shows a cost as soon as there is a roster; then the search is interrupted."""
    root = tmp_path / "puo"
    shutil.copytree(FIXTURES / "puo", root, ignore=shutil.ignore_patterns(".shiftplan"))
    code, out, shown = interrupted(
        "solve", "-C", root, "--time-limit", 600, "--json", once=" cost "
    )
    assert code == 130
    assert "s left (Ctrl-C keeps the best so far)" in shown
    found = json.loads(out)
    assert found["stopped"] == "request"
    facts = load(root).plan.facts
    days = {(r["person"], r["date"]) for r in found["roster"]}
    # Everyone has exactly two days off in each week, the demo's first hard rule.
    for person in facts.people:
        for week in facts.weeks:
            due = [d for d in week if facts.due(person.name, d)]
            off = sum((person.name, d.isoformat()) not in days for d in due)
            assert off == min(2, len(due))
    with open_store(root) as store:
        (kept,) = store.rosters.all()
        assert len(store.rosters.roster(kept.id, facts).cells) == len(found["roster"])
    assert kept.last - kept.first == timedelta(days=27)
