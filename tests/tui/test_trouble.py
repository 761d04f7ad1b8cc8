"""Plans that are wrong, folders that cannot be written, terminals of no size, processes killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import TextArea

from shiftplan.session import Session

from .driving import copied, grid, judged, lines, opened, seen, still, until, with_roster

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a desk of nine people, one week, with a roster by turns."""
    return with_roster(copied("one-site", tmp_path / "desk"))


async def test_a_plan_with_errors_opens_at_the_first_of_them_and_is_fixed_there(
    folder: Path,
) -> None:
    plan = folder / "shiftplan.toml"
    text = plan.read_text()
    line = text.splitlines().index('kind = "rest"') + 1
    plan.write_text(text.replace('kind = "rest"', 'kind = "reste"'))
    async with opened(folder) as (app, pilot):
        assert f"shiftplan.toml:{line} kind: 'reste' is no kind of rule" in seen(app)
        editor = app.screen.query_one(TextArea)
        assert editor.cursor_location[0] == line - 1
        await pilot.press("1")  # typed into the text, not taken for a command
        await pilot.press("backspace", "end", "left", "backspace")
        await until(lambda: app.session.plan is not None)
        await pilot.press("escape")
        await until(lambda: "The plan is sound." in seen(app))
        assert plan.read_text() != text
        await pilot.press("ctrl+s")
        assert plan.read_text() == text
        await pilot.press("1")
        await judged(app)
        assert "Orla Fitzgerald" in seen(app)


async def test_screens_without_a_plan_say_where_to_go(folder: Path) -> None:
    (folder / "shiftplan.toml").write_text("[team\n")
    async with opened(folder) as (app, pilot):
        await pilot.press("escape")
        for key in "12345678":
            await pilot.press(key)
            await pilot.pause()
        assert "Press 9 to see each with file and line, and to fix it." in seen(app)


async def test_a_team_of_nobody_is_shown_and_every_screen_opens(folder: Path) -> None:
    (folder / "people.csv").write_text("name,site,skills\n")
    async with opened(folder) as (app, pilot):
        await pilot.press("escape")
        for key in "123456789":
            await pilot.press(key)
            await pilot.pause()
        assert "problem" in seen(app) or "sound" in seen(app)


async def test_a_terminal_may_shrink_to_nothing_and_grow_again(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        for key in "123456789":
            await pilot.press("escape", key)
            for size in ((20, 5), (6, 2), (80, 24)):
                await pilot.resize_terminal(*size)
                await still(app, pilot)
                assert len(lines(app)) == size[1]
        await pilot.press("escape", "1")
        assert "Orla Fitzgerald" in seen(app)


async def test_in_a_folder_somebody_else_has_open_edits_work_and_saving_is_refused(
    folder: Path,
) -> None:
    with Session.open(folder):
        async with opened(folder) as (app, pilot):
            assert "read-only" in seen(app)
            await pilot.press("L")
            assert app.session.roster is not None
            cell = grid(app).cell
            assert cell is not None
            assert app.session.roster.at(*cell) == "L"
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert app.session.unsaved


async def test_a_killed_process_loses_nothing(folder: Path) -> None:
    killed = (
        "import os, sys\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from shiftplan.session import Session\n"
        "session = Session.open(Path(sys.argv[1]))\n"
        "session.roster_edits.assign({('Orla Fitzgerald', date(2026, 10, 19)): 'L'})\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", killed, str(folder)], check=False).returncode == 9
    async with opened(folder) as (app, _):
        assert app.session.roster is not None
        cell = grid(app).cell
        assert cell is not None
        assert app.session.roster.at(*cell) == "L"
        assert "● unsaved" in seen(app)
