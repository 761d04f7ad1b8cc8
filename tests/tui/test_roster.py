"""The roster grid: moving, choosing, changing cells, and what is shown about it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, OptionList, Select

from shiftplan.roster import Roster
from shiftplan.tui.app import ShiftplanApp
from shiftplan.tui.widgets.status_lines import StatusLines

from .driving import Driven, copied, grid, judged, lines, opened, seen, until, with_roster

Desk = AbstractAsyncContextManager[Driven]
pytestmark = pytest.mark.asyncio

MONDAY = date(2026, 10, 19)
ORLA, BRIAN, MAEVE = "Orla Fitzgerald", "Brian Keane", "Maeve Connolly"


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Nine people, one week, everybody off for two days in a row: Orla on Monday and Tuesday, else
    on E.
    """
    return opened(with_roster(copied("one-site", tmp_path / "desk")))


def roster(app: ShiftplanApp) -> Roster:
    assert app.session.roster is not None
    return app.session.roster


@pytest.mark.slow
async def test_a_typed_code_is_assigned_and_delete_gives_a_day_off(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("right", "l")
        assert roster(app).at(ORLA, day(1)) == "L"
        await pilot.press("delete")
        assert roster(app).at(ORLA, day(1)) is None


async def test_keys_count_in_the_order_they_are_typed_however_fast(desk: Desk) -> None:
    async with desk as (app, _):
        for key in ("right", "L", "right", "delete", "right", "E", "p"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(lambda: (ORLA, day(3)) in roster(app).pinned)
        assert [roster(app).at(ORLA, day(k)) for k in range(4)] == [None, "L", None, "E"]


@pytest.mark.slow
async def test_a_range_is_changed_at_once_and_undone_at_once(desk: Desk) -> None:
    async with desk as (app, pilot):
        before = roster(app)
        await pilot.press("shift+right", "shift+down", "L")
        changed = {(who, day(k)) for who in (ORLA, BRIAN) for k in (0, 1)}
        assert {cell for cell in changed if roster(app).at(*cell) == "L"} == changed
        await pilot.press("u")
        assert roster(app) == before
        await pilot.press("r")
        assert roster(app).at(BRIAN, day(1)) == "L"


@pytest.mark.slow
async def test_two_cells_are_swapped_by_pressing_s_on_each(desk: Desk) -> None:
    async with desk as (app, pilot):
        first, second = (roster(app).at(who, day(0)) for who in (ORLA, BRIAN))
        await pilot.press("s", "down", "s")
        assert (roster(app).at(ORLA, day(0)), roster(app).at(BRIAN, day(0))) == (second, first)


@pytest.mark.slow
async def test_a_week_is_copied_to_somebody_else(desk: Desk) -> None:
    async with desk as (app, pilot):
        week = [roster(app).at(ORLA, day(k)) for k in range(7)]
        await pilot.press("right", "y", "down", "down", "v")
        assert [roster(app).at(MAEVE, day(k)) for k in range(7)] == week


@pytest.mark.slow
async def test_pinning_a_pinned_cell_frees_it(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("p")
        assert (ORLA, day(0)) in roster(app).pinned
        await pilot.press("p")
        assert (ORLA, day(0)) not in roster(app).pinned


@pytest.mark.slow
async def test_an_edit_says_which_rules_it_breaks_and_what_coverage_it_costs(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("E", "right", "E")  # a sixth and a seventh day: no day off is left of two
        await judged(app)
        shown = "\n".join(line.plain for line in app.screen.query_one(StatusLines).lines)
        assert (
            "× hard rule · days-off: Orla Fitzgerald has 0 days off in the week of Mon 19 Oct, "
            "not 2." in shown
        )
        await pilot.press("c")
        assert "days-off: Orla Fitzgerald has 0 days off" in seen(app)


@pytest.mark.slow
async def test_finding_somebody_by_part_of_the_name_goes_there(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("slash", *"zai", "enter")
        assert grid(app).cell == ("Zainab Bello", MONDAY)


@pytest.mark.slow
async def test_filters_show_only_whom_they_name_until_escape(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("f")
        app.screen.query_one("#skill", Select).value = "supervisor"
        app.screen.query_one(Input).focus()
        await pilot.press("enter")
        view = grid(app).view
        assert view is not None
        assert [p.name for p in view.people] == [ORLA, BRIAN, MAEVE]
        assert "Shown: skill supervisor (3)." in seen(app)
        await pilot.press("escape")
        assert "Zainab Bello" in seen(app)


@pytest.mark.slow
async def test_choices_show_what_each_would_break_and_enter_takes_one(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("enter")
        options = app.screen.query_one(OptionList)
        await until(lambda: "…" not in "".join(str(o.prompt) for o in options.options))
        assert [str(o.prompt).split()[0] for o in options.options] == ["E", "L", "·"]
        options.highlighted = 1
        await pilot.press("enter")
        assert roster(app).at(ORLA, day(0)) == "L"


@pytest.mark.slow
async def test_x_goes_to_the_next_cell_in_which_something_is_broken(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("E")
        await judged(app)
        await pilot.press("end", "x")
        assert grid(app).cell is not None
        assert app.verdict is not None
        assert grid(app).cell in {(f.breach.who, f.breach.day) for f in app.verdict.hard_breaches}


@pytest.mark.slow
async def test_a_click_puts_the_cursor_there(desk: Desk) -> None:
    async with desk as (app, pilot):
        top = next(k for k, line in enumerate(lines(app)) if line.startswith(BRIAN))
        here = grid(app).region.offset
        await pilot.click("#grid", offset=(17 - here.x, top - here.y))
        assert grid(app).cell == (BRIAN, MONDAY)
