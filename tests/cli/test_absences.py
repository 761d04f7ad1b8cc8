"""``shiftplan absences``: shown first, then appended to the plan's table, nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.folder import load
from tests.calendars.test_absences import calendar, event

from .tiny import PAY, Run, runner, write_plan

LEAVE = (
    'kind,"person",from_date,to_date\r\n'
    '"sick",Ben,2026-10-20,2026-10-20\r\n\r\n'
    "pto,Ana,2026-10-24,2026-10-24"
)
WEEK = event(
    "DTSTART;VALUE=DATE:20261023", "DTEND;VALUE=DATE:20261026", "DESCRIPTION:=cmd|' /C calc'!A0"
)
LUNCH = event(
    "DTSTART:20261019T190000Z", "DTEND:20261019T200000Z", "RRULE:FREQ=DAILY;COUNT=3", uid="2"
)  # 12:00 in Los Angeles


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    root = write_plan(tmp_path / "plan", leave=LEAVE, more='\n[[rules]]\nkind = "leave"\n')
    (root / "leave.csv").write_bytes(LEAVE.encode())
    (root / "ana.ics").write_bytes(calendar(WEEK, LUNCH))
    return root


def test_absences_are_shown_and_nothing_is_written_unasked(plan: Path, run: Run) -> None:
    done = run("absences", plan / "ana.ics", "-C", plan, "--person", "Ana")
    assert done.code == 0
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[0] == "Absences of Ana (America/Los_Angeles), 2026-10-19 to 2026-10-25"
    assert "1 2026-10-23 2026-10-23 whole days busy new Away" in lines
    assert "2026-10-24 2026-10-24 whole days busy already there Away" in lines
    assert "2 2026-10-25 2026-10-25 whole days busy new Away" in lines
    assert (
        "2026-10-19 12:00–13:00 Away it is part of a day; --as unavailable takes hours" in lines
    ), done.out
    assert done.err.splitlines()[-1].startswith("Nothing was written; --yes adds all")
    assert (plan / "leave.csv").read_bytes() == LEAVE.encode()


def test_new_leave_is_appended_and_every_other_byte_stays(plan: Path, run: Run) -> None:
    done = run(
        "absences", plan / "ana.ics", "-C", plan, "--person", "Ana", "--kind", "pto", "--yes"
    )
    assert done.err.splitlines()[-1] == "2 rows added to leave.csv."
    added = "\r\npto,Ana,2026-10-23,2026-10-23\r\npto,Ana,2026-10-25,2026-10-25\r\n"
    assert (plan / "leave.csv").read_bytes() == (LEAVE + added).encode()
    facts = load(plan).plan.facts
    assert [d.day for d in facts.days if facts.on_leave("Ana", d)] == [23, 24, 25]
    again = run("absences", plan / "ana.ics", "-C", plan, "--person", "Ana", "--yes")
    assert (again.code, again.err.splitlines()[-1]) == (0, "Nothing new to add.")
    assert (plan / "leave.csv").read_bytes() == (LEAVE + added).encode()


def test_unavailability_takes_hours_and_makes_its_table(plan: Path, run: Run) -> None:
    before = (plan / "shiftplan.toml").read_text()
    done = run(
        "absences",
        plan / "ana.ics",
        "-C",
        plan,
        "--person",
        "Ana",
        "--as",
        "unavailable",
        "--yes",
        "--json",
    )
    assert done.json()["written_to"] == "availability.csv"
    assert (plan / "availability.csv").read_text().splitlines() == [
        "person,can,from_date,to_date,start,end",
        "Ana,never,2026-10-19,2026-10-21,12:00,13:00",
        "Ana,never,2026-10-23,2026-10-25,,",
    ]
    after = (plan / "shiftplan.toml").read_text()
    assert after.startswith(before.rstrip("\n"))
    assert 'table = "availability.csv"' in after.removeprefix(before.rstrip("\n"))
    assert "note: the plan has no rule 'available'" in done.err
    assert len(load(plan).plan.facts.availability) == 2
    words = (
        "absences",
        plan / "ana.ics",
        "-C",
        plan,
        "--person",
        "Ana",
        "--as",
        "unavailable",
        "--yes",
    )
    assert run(*words).err.splitlines()[-1] == "Nothing new to add."


def test_titles_and_notes_are_not_kept(plan: Path, run: Run) -> None:
    run("absences", plan / "ana.ics", "-C", plan, "--person", "Ana", "--yes")
    run("absences", plan / "ana.ics", "-C", plan, "--person", "Ana", "--as", "unavailable", "--yes")
    written = b"".join(p.read_bytes() for p in plan.glob("*.csv") if p.name != "people.csv")
    assert b"Away" not in written
    assert b"cmd" not in written
    assert PAY.encode() not in written


def test_other_days_can_be_taken(plan: Path, run: Run) -> None:
    words = ("absences", plan / "ana.ics", "-C", plan, "--person", "Cy", "--json")
    shown = run(*words, "--from", "2026-10-25", "--to", "2026-11-30").json()
    # Cy lives in Singapore; all-day events are days wherever one is.
    assert [(r["from"], r["to"], r["new"]) for r in shown["rows"]] == [
        ("2026-10-25", "2026-10-25", True)
    ]
    assert shown["written_to"] is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("none.ics", "--person", "Ana"), "none.ics cannot be read: No such file or directory."),
        (("ana.ics", "--person", "Anna"), "Nobody is called 'Anna'. Did you mean 'Ana'?"),
        (("people.csv", "--person", "Ana"), "people.csv is not a calendar"),
        (
            ("ana.ics", "--person", "Ana", "--from", "2027-01-01", "--to", "2026-01-01"),
            "--to 2026-01-01 is",
        ),
        (("ana.ics", "--person", "Ana", "--to", "2040-01-01"), "Three years at most"),
        (("ana.ics", "--person", "Ana", "--from", "soon"), "Invalid value for '--from'"),
        (("ana.ics", "--person", "Ana", "--as", "gone"), "Invalid value for '--as'"),
    ],
)
def test_what_is_wrong_is_reported(
    words: tuple[str, ...], expected: str, plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan)
    done = run("absences", *words)
    assert (done.code, done.out) == (2, "")
    assert expected in done.err


def test_a_table_in_the_way_is_not_overwritten(plan: Path, run: Run) -> None:
    (plan / "availability.csv").write_text("mine")
    before = (plan / "shiftplan.toml").read_bytes()
    done = run(
        "absences", plan / "ana.ics", "-C", plan, "--person", "Ana", "--as", "unavailable", "--yes"
    )
    assert done.code == 2
    assert "availability.csv" in done.err
    assert (plan / "availability.csv").read_text() == "mine"
    assert (plan / "shiftplan.toml").read_bytes() == before


def _outlook(day: int, status: str) -> str:
    return event(
        f"DTSTART;VALUE=DATE:202610{day}",
        f"DTEND;VALUE=DATE:202610{day + 1}",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{status}",
        uid=status,
    )


@pytest.fixture
def busy(plan: Path) -> Path:
    statuses = ("FREE", "TENTATIVE", "WORKINGELSEWHERE", "BUSY", "OOF")
    days = (_outlook(day, status) for day, status in enumerate(statuses, 19))
    (plan / "ana.ics").write_bytes(calendar(*days))
    return plan


def _leave_days(plan: Path) -> list[int]:
    facts = load(plan).plan.facts
    return [day.day for day in facts.days if facts.on_leave("Ana", day)]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (("--yes",), [22, 23]),  # not what is tentative
        (("--rows", "1"), [20]),
        (("--rows", "1,3"), [20, 23]),
        (("--rows", "2-3"), [22, 23]),
        (("--rows", "all"), [20, 22, 23]),
        (("--rows", "none"), []),
        ((), []),
    ],
)
def test_kinds_of_busy_are_rows_taken_one_by_one(
    words: tuple[str, ...], days: list[int], busy: Path, run: Run
) -> None:
    done = run("absences", busy / "ana.ics", "-C", busy, "--person", "Ana", *words)
    assert done.code == 0
    assert _leave_days(busy) == sorted([24, *days])
    assert "marked as free" in done.out
    assert "marked as working elsewhere" in done.out


@pytest.mark.parametrize("rows", ["4", "0", "one", "2-", "1,,2", "-1", "1-99999999999"])
def test_rows_that_are_not_there_are_reported(rows: str, busy: Path, run: Run) -> None:
    done = run("absences", busy / "ana.ics", "-C", busy, "--person", "Ana", f"--rows={rows}")
    assert (done.code, _leave_days(busy)) == (2, [24])
    assert "--rows" in done.err


def test_a_day_that_is_in_two_rows_is_added_once(plan: Path, run: Run) -> None:
    away, maybe = _outlook(22, "OOF"), _outlook(22, "TENTATIVE")
    (plan / "ana.ics").write_bytes(calendar(away, maybe))
    done = run(
        "absences", plan / "ana.ics", "-C", plan, "--person", "Ana", "--rows", "all", "--json"
    )
    assert [row["busy"] for row in done.json()["rows"]] == ["away", "tentative"]
    assert _leave_days(plan) == [22, 24]
    assert (plan / "leave.csv").read_text().count("2026-10-22,2026-10-22") == 1
