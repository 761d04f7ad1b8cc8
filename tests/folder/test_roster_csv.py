"""A roster file says the same to people, scripts and the next run; a wrong one is explained."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import BadInput, CannotWrite
from shiftplan.facts import Facts
from shiftplan.folder import load, read_roster, rows, write_roster
from shiftplan.roster import Roster
from tests.plans import any_facts, any_roster

from .disk import write

HEAD = "person,site,date,shift,start_utc,end_utc,pinned\n"


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return load(write(tmp_path / "plan")).plan.facts


@pytest.fixture
def roster(facts: Facts) -> Roster:
    cells = {("Cy", date(2026, 10, 20)): "S0930", ("Ben", date(2026, 10, 20)): "E"}
    return Roster(facts, {**cells, ("Ana", date(2026, 10, 26)): "E"}).with_pinned(
        [("Cy", date(2026, 10, 20))]
    )


def problems(path: Path, text: str | bytes, facts: Facts) -> list[str]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadInput) as failure:
        read_roster(path, facts)
    return [str(p).removeprefix(str(path)) for p in failure.value.problems]


def test_a_roster_is_written_one_line_a_shift_by_date_and_person(
    tmp_path: Path, roster: Roster
) -> None:
    """Dublin is an hour ahead of UTC until clocks change on 25 October, San Jose seven behind."""
    write_roster(tmp_path / "out.csv", roster)
    assert (tmp_path / "out.csv").read_bytes().decode() == (
        HEAD + "Ben,Dublin,2026-10-20,E,2026-10-20T04:00:00Z,2026-10-20T12:30:00Z,\n"
        "Cy,San Jose,2026-10-20,S0930,2026-10-20T16:30:00Z,2026-10-21T00:30:00Z,yes\n"
        "Ana,Dublin,2026-10-26,E,2026-10-26T05:00:00Z,2026-10-26T13:30:00Z,\n"
    )
    stream = io.StringIO()
    write_roster(stream, roster)
    assert list(csv.DictReader(io.StringIO(stream.getvalue()))) == rows(roster)


@given(st.integers(0, 10_000))
def test_what_is_written_reads_back_as_the_same_roster(seed: int) -> None:
    facts = any_facts(seed)
    made = any_roster(facts, seed)
    made = made.with_pinned(cell for k, cell in enumerate(sorted(made.cells)) if k % 3 == 0)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "roster.csv"
        write_roster(file, made)
        assert read_roster(file, facts) == made


def test_person_date_and_shift_are_enough(tmp_path: Path, facts: Facts) -> None:
    file = tmp_path / "short.csv"
    file.write_text("shift,date,person\nE,2026-10-20,Ana\n,2026-10-21,Ana\n")
    assert read_roster(file, facts).cells == {("Ana", date(2026, 10, 20)): "E"}


def test_times_may_be_written_in_any_way_that_says_the_same_instant(
    tmp_path: Path, facts: Facts
) -> None:
    file = tmp_path / "times.csv"
    file.write_text(HEAD + "Ana,,2026-10-20,E,2026-10-20 04:00,2026-10-20T13:30+01:00,no\n")
    assert read_roster(file, facts).pinned == frozenset()


def test_everything_that_does_not_fit_the_plan_is_reported_at_once(
    tmp_path: Path, facts: Facts
) -> None:
    text = (
        HEAD + "Anna,,2026-10-20,E,,,\n"
        "Ana,San Jose,2026-10-20,E,,,\n"
        "Ana,,2026-10-21,S0900,,,\n"
        "Ana,,2026-10-22,e,,,\n"
        "Ana,,2026-11-22,E,,,\n"
        "Ana,,2026-10-23,E,2026-10-23T05:00:00Z,soon,\n"
        "Ana,,2026-10-20,E,,,\n"
        "Ana,,2026-10-24,E,,,maybe\n"
        "Ana,,tomorrow,E,,,\n"
    )
    assert problems(tmp_path / "roster.csv", text, facts) == [
        ":2: person: nobody is called 'Anna'. Did you mean 'Ana'?",
        (
            ":4: shift: Ana cannot work 'S0900': it is for another site or requires other "
            "skills. Known: E."
        ),
        ":5: shift: 'e' is no shift. Did you mean 'E'?",
        ":6: date: 2026-11-22 is outside the horizon 2026-10-19 to 2026-11-01.",
        ":8: date: Ana has a line for 2026-10-20 already, line 3. Keep one of them.",
        ":9: pinned: 'maybe' is neither 'yes' nor empty.",
        ":10: date: 'tomorrow' is not a date. Write it like 2026-11-30.",
    ]


def test_after_a_hand_edit_the_shift_decides_and_stale_columns_are_reported(
    tmp_path: Path, facts: Facts
) -> None:
    file, warnings = tmp_path / "edited.csv", list[str]()
    file.write_text(HEAD + "Ana,San Jose,2026-10-23,E,2026-10-23T05:00:00Z,soon,\n")
    assert read_roster(file, facts, warnings.append).cells == {("Ana", date(2026, 10, 23)): "E"}
    assert [t.removeprefix(str(file)) for t in warnings] == [
        ":2: site: Ana is at Dublin, not at 'San Jose'; the shift counts.",
        ":2: start_utc: E of that day starts 2026-10-23T04:00:00Z, not '2026-10-23T05:00:00Z'; "
        "the shift counts.",
        ":2: end_utc: E of that day ends 2026-10-23T12:30:00Z, not 'soon'; the shift counts.",
    ]


def test_a_file_that_is_no_roster_is_reported(tmp_path: Path, facts: Facts) -> None:
    file = tmp_path / "roster.csv"
    assert problems(file, "person,date\nAna,2026-10-20\n", facts) == [
        ":1: shift: the column 'shift' is missing. Known: person, site, date, shift, "
        "start_utc, end_utc, "
        "pinned."
    ]
    assert problems(file, b"person,date,shift\nZo\xeb,2026-10-20,E\n", facts) == [
        ":2: the file is not UTF-8 (byte 0xeb). Save it again as UTF-8 text."
    ]
    assert problems(file, "", facts) == [":1: the file is empty. Fill it, or delete what names it."]
    with pytest.raises(BadInput, match="the roster cannot be read: No such file or directory"):
        read_roster(tmp_path / "gone.csv", facts)


def test_a_roster_is_replaced_whole_or_not_at_all(tmp_path: Path, roster: Roster) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("old")
    write_roster(file, roster)
    assert file.read_text().startswith(HEAD)
    assert {p.name for p in tmp_path.iterdir()} == {"plan", "roster.csv"}


def test_a_roster_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, roster: Roster
) -> None:
    with pytest.raises(CannotWrite, match="cannot be written: No such file or directory"):
        write_roster(tmp_path / "gone" / "roster.csv", roster)
    taken = tmp_path / "taken"
    taken.mkdir()
    with pytest.raises(CannotWrite, match="taken cannot be written: Is a directory"):
        write_roster(taken, roster)
    assert {p.name for p in tmp_path.iterdir()} == {"plan", "taken"}
    assert not list(taken.iterdir())
