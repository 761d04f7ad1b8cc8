"""Files asked for in the terminal UI, whatever is typed; and how it dies."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from shiftplan.reports.workbook import Book
from shiftplan.session import Session
from shiftplan.tui.dialogs.waiting import Waiting

from .driving import copied, opened, seen, still, until, with_roster

pytestmark = pytest.mark.asyncio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a desk of nine people, one week, with a roster by turns."""
    return with_roster(copied("one-site", tmp_path / "desk"))


@pytest.mark.slow
async def test_no_path_that_is_typed_ends_the_terminal_ui(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\x03\x04 damaged")
    typed = {
        "~nosuchuser/x.csv": "'~nosuchuser' is nobody's home on this machine.",
        "x" * 300 + ".csv": "File name too long.",
        f"{tmp_path}/pipe.csv": "pipe.csv cannot be read: it is a named pipe, not a file.",
        f"{tmp_path}/folder.csv": "folder.csv cannot be read: Is a directory.",
        f"{tmp_path}/gone/x.csv": "x.csv cannot be read: No such file or directory.",
        f"{tmp_path}/damaged.xlsx": "damaged.xlsx is no spreadsheet that can be read",
        "/dev/zero": "/dev/zero is neither a .csv nor an .xlsx file.",
        "a\0b.csv": "a\\x00b.csv is no name that a file can have.",
        "a\ud800b.csv": "is no name that a file can have.",
    }
    async with opened(folder, (160, 50)) as (app, pilot):
        await pilot.press("4")
        for text, expected in typed.items():
            app.clear_notifications()
            await pilot.press("i")
            app.screen.query_one(Input).value = text
            await pilot.press("enter")
            await until(lambda: app._notifications)
            said = " ".join(note.message for note in app._notifications)
            assert expected in said
            await until(lambda: not isinstance(app.screen, Waiting))
        await pilot.press("i", "space", "enter")
        await still(app, pilot)
        assert app.died_of is None


@pytest.mark.slow
@pytest.mark.parametrize("keys", [("4", "e"), ("8", "down", "enter"), ("8", "end", "enter")])
async def test_nothing_that_cannot_be_written_ends_the_terminal_ui(
    folder: Path, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("no folder")
    async with opened(folder, (160, 50)) as (app, pilot):
        for text in (
            "~nosuchuser/x.csv",
            f"{tmp_path}/file/x.csv",
            "/proc/nowhere/x.csv",
            "x" * 300 + ".csv",
            "a\0.csv",
        ):
            app.clear_notifications()
            await pilot.press(*keys)
            app.screen.query_one(Input).value = text
            await pilot.press("enter")
            await until(lambda: app._notifications)
            assert [note.severity for note in app._notifications] == ["error"], text
        assert app.died_of is None


@pytest.mark.slow
async def test_a_workbook_is_read_off_the_screen_and_what_was_chosen_is_said(
    folder: Path, tmp_path: Path
) -> None:
    book = Book()
    sheet = book.sheet("Staff")
    for column, (name, cell) in enumerate(zip(("name", "site"), ("Ana", "Dublin"), strict=True)):
        sheet.write_string(0, column, name)
        sheet.write_string(1, column, cell)
    book.sheet("Notes")
    path = tmp_path / "staff.xlsx"
    path.write_bytes(book.data())
    async with opened(folder, (160, 50)) as (app, pilot):
        await pilot.press("4", "i")
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until(lambda: app._notifications)
        assert "The sheet 'Staff' was read, the first; not 'Notes'." in seen(app)
        rows = app.session.tables.view("people.csv").rows
        assert [row.cells for row in rows] == [("Ana", "Dublin")]


@pytest.mark.slow
async def test_what_takes_a_while_can_be_given_up(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        answers: list[bool | None] = []
        app.push_screen(Waiting("Import", "Reading x.xlsx ..."), answers.append)
        await pilot.pause()
        assert "Reading x.xlsx ..." in seen(app)
        await pilot.press("escape")
        await until(lambda: answers)
        assert answers == [False]


@pytest.mark.slow
@pytest.mark.parametrize("how", ["screen", "thread"])
async def test_one_that_dies_says_so_and_where_edits_and_details_are(
    folder: Path, how: str
) -> None:
    command = [sys.executable, "-m", "tests.tui.dying", str(folder), how]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    journal, log = folder / ".shiftplan/journal.jsonl", folder / ".shiftplan/crash.log"
    assert done.stderr == (
        "error: The terminal UI ended by a bug in shiftplan. Edits that were not saved are in "
        f"{journal} and come back when you open it again. {log} says what happened; please report "
        "it.\n"
    )
    assert done.returncode == 70
    assert "Traceback" not in done.stdout
    assert "nobody thought of 15" in log.read_text()
    assert "the pay of Orla" not in log.read_text().replace('"the pay of Orla"', "")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    with Session.open(folder) as session:
        assert session.unsaved
