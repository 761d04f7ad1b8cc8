"""What stands in the place of a file and is none is refused at once, with a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shiftplan.delivery.absences import Become, find_absences
from shiftplan.errors import BadInput, PlanNotFound, ShiftplanError, StoreError
from shiftplan.facts import Facts
from shiftplan.folder import find, load, read_roster
from shiftplan.importers import import_plan
from shiftplan.reports.sheets import read_sheet
from shiftplan.session import Session
from shiftplan.store import open_plan

from .disk import reported, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")

PIPE = r"named pipe, not a file|is not a file"


def pipe(path: Path) -> Path:
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    return path


def test_a_table_that_is_a_pipe_is_a_problem_of_the_plan(tmp_path: Path) -> None:
    pipe(write(tmp_path) / "wishes.csv")
    assert reported(tmp_path) == [
        "shiftplan.toml:39: table: 'wishes.csv' cannot be read: it is a named pipe, not a file."
    ]


def test_a_link_to_a_device_is_refused_before_it_is_read(tmp_path: Path) -> None:
    wishes = write(tmp_path) / "wishes.csv"
    wishes.unlink()
    wishes.symlink_to("/dev/zero")
    assert reported(tmp_path) == [
        "shiftplan.toml:39: table: 'wishes.csv' lies outside the plan folder. "
        "Copy it into the folder."
    ]


def test_a_plan_that_is_a_pipe_is_no_plan(tmp_path: Path) -> None:
    folder = write(tmp_path) / "inside"
    pipe(folder / "shiftplan.toml")
    with pytest.raises(PlanNotFound, match=PIPE):
        load(find(folder))


def test_a_store_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    pipe(write(tmp_path) / ".shiftplan" / "store.db")
    with pytest.raises(StoreError, match=PIPE):
        open_plan(load(tmp_path))


def test_a_journal_that_is_a_pipe_is_put_aside(tmp_path: Path) -> None:
    pipe(write(tmp_path) / ".shiftplan" / "journal.jsonl")
    with Session.open(tmp_path) as session:
        assert "named pipe, not a file" in session.notices[0]


def a_roster(file: Path, facts: Facts) -> object:
    return read_roster(file, facts)


def an_import(file: Path, facts: Facts) -> object:
    del facts
    return import_plan("rws", file, file.parent / "new")


def a_table(file: Path, facts: Facts) -> object:
    del facts
    return read_sheet(file)


def somebodys_calendar(file: Path, facts: Facts) -> object:
    return find_absences(facts, "Ana", file, Become.LEAVE, "pto", facts.first, facts.last)


@pytest.mark.parametrize("read", [a_roster, a_table, an_import, somebodys_calendar])
def test_any_other_file_that_is_a_pipe_is_refused(
    read: Callable[[Path, Facts], object], tmp_path: Path
) -> None:
    facts = load(write(tmp_path / "plan")).plan.facts
    for ending in (".csv", ".xlsx"):
        with pytest.raises((BadInput, ShiftplanError), match=PIPE):
            read(pipe(tmp_path / f"pipe{ending}"), facts)
