"""Coverage, rules, tables, solving, breaches and versions: what each lets a lead do."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList

from shiftplan.tui.app import ShiftplanApp
from shiftplan.tui.widgets.heat import Heat

from .driving import Driven, copied, grid, judged, opened, seen, type_in, until, with_roster

Desk = AbstractAsyncContextManager[Driven]
pytestmark = [pytest.mark.asyncio, pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a desk of nine people, one week, with a roster by turns."""
    return with_roster(copied("one-site", tmp_path / "desk"))


@pytest.fixture
def desk(folder: Path) -> Desk:
    """Return the application on that desk."""
    return opened(folder)


# -- coverage --------------------------------------------------------------------------------------


async def test_enter_on_a_gap_lists_who_could_fill_it_and_gives_the_shift(desk: Desk) -> None:
    async with desk as (app, pilot):
        saturday = date(2026, 10, 24)
        grid(app).choose(("Orla Fitzgerald", saturday), ("Shane Power", saturday))
        await pilot.press("delete")
        await judged(app)
        await pilot.press("2")
        gaps = app.screen.query_one("#gaps", OptionList)
        assert app.coverage is not None
        assert app.coverage.gaps
        worst = app.coverage.gaps[0]
        gaps.focus()
        await pilot.press("home")
        assert app.screen.query_one(Heat).instant == worst.start
        await pilot.press("enter")
        choices = app.screen.query_one("#choices", OptionList)
        await until(lambda: choices.option_count)
        name = str(choices.get_option_at_index(0).prompt).split("  ")[0]
        before = (
            {cell for cell, _ in app.session.roster.cells.items()} if app.session.roster else set()
        )
        await pilot.press("enter")
        await judged(app)
        assert app.session.roster is not None
        assert [who for who, _ in set(app.session.roster.cells) - before] == [name]
        after = next((g for g in app.coverage.gaps if g.start <= worst.start < g.end), None)
        assert after is None or after.short < worst.short


async def test_the_same_moment_stands_under_the_clock_of_every_site(tmp_path: Path) -> None:
    # 31 October 2026 is between Europe's change of clocks and America's: Dublin is UTC, San Jose 7
    # h behind.
    async with opened(with_roster(copied("puo", tmp_path / "puo"))) as (app, pilot):
        await pilot.press("2")
        heat = app.screen.query_one(Heat)
        assert app.coverage is not None
        heat.go(
            next(
                i.start
                for i in app.coverage.intervals
                if i.start % 1440 == 720 and i.start // 1440 == 20757
            )
        )
        await pilot.pause()
        assert "Sat 31 Oct UTC 12:00 · San Jose 05:00 · Dublin 12:00 · Singapore 20:00" in seen(app)


async def test_hours_nobody_judged_are_marked_and_said(tmp_path: Path) -> None:
    """Without its record the flagship cannot know who worked in San Jose on Sunday the 18th."""
    folder = copied("puo", tmp_path / "puo")
    plan = folder / "shiftplan.toml"
    record = '[history]\ntable = "history.csv"\nfrom = 2026-10-12\n'
    assert record in plan.read_text()
    plan.write_text(plan.read_text().replace(record, ""))
    async with opened(folder) as (app, pilot):
        await pilot.press("2")
        assert app.coverage is not None
        report = app.coverage.report
        assert report.not_judged_because in seen(app)
        sums = "; ".join(report.not_judged_sums)
        assert f"not judged: who worked on Sun 18 Oct is not on record ({sums})" in seen(app)
        heat = app.screen.query_one(Heat)
        assert heat.interval is not None
        queue = heat.interval.queue
        first = next(i for i in report.intervals if i.queue == queue and i.not_judged)
        heat.go(first.start)
        await pilot.pause()
        assert f"{first.not_judged_target} not judged" in seen(app)
        # The empty roster has the whole first evening of San Jose in front of it.
        marks = {mark for _, signs in app.coverage.day_signs for mark in signs[:1]}
        assert marks <= {"?", "1", "2", "3", "4", "5", "6", "7", "8", "9"}


async def test_what_rules_require_is_listed_and_has_maps_of_its_own(tmp_path: Path) -> None:
    async with opened(copied("puo", tmp_path / "puo")) as (app, pilot):
        await pilot.press("2")
        coverage = app.coverage
        assert coverage is not None
        # Nobody works at all: one lead is missing from the first moment to the last.
        (lead,) = (r for r in coverage.requirements if r.rule == "presence")
        number = coverage.maps.index(lead.name)
        assert coverage.required_gaps[0][0] is lead
        gaps = app.screen.query_one("#gaps", OptionList)
        at = next(
            k
            for k in range(gaps.option_count)
            if lead.name in str(gaps.get_option_at_index(k).prompt)
        )
        gaps.focus()
        gaps.highlighted = at
        await pilot.pause()
        heat = app.screen.query_one(Heat)
        assert heat.interval is not None
        assert (heat.interval.queue, heat.interval.short) == (lead.name, 1)
        # From the last queue one comes to what is required beside them, a hand-over too.
        handover = coverage.maps.index("Dublin to San Jose, lead")
        await pilot.press(*["right_square_bracket"] * (handover - number))
        heat.go(heat.instant + 24 * 60)
        await pilot.pause()
        assert heat.interval is not None
        assert heat.interval.queue == "Dublin to San Jose, lead"
        assert "30m required; staffed 0m, 30m short" in seen(app)


# -- rules -----------------------------------------------------------------------------------------


async def test_rules_are_changed_copied_switched_off_and_deleted_with_comments_kept(
    desk: Desk, folder: Path
) -> None:
    async with desk as (app, pilot):
        before = (folder / "shiftplan.toml").read_text()
        comments = [line for line in before.splitlines() if line.startswith("#")]
        await pilot.press("3", "w")
        await type_in(pilot, "7")
        await pilot.press("enter", "d", "space")
        rules = app.session.plan_edits.rules
        assert [r.kind for r in rules[:2]] == ["days-off", "days-off"]
        assert [r.values.get("weight") for r in rules[:2]] == [7, 7]
        assert [r.enabled for r in rules[:2]] == [False, True]
        await pilot.press("delete", "s", "down", "enter")
        assert app.session.plan_edits.rules[0].values["strength"] == "coverage"
        assert (folder / "shiftplan.toml").read_text() == before
        await pilot.press("ctrl+s")
        after = (folder / "shiftplan.toml").read_text()
        assert 'strength = "coverage"\nweight = 7' in after
        assert [line for line in after.splitlines() if line.startswith("#")] == comments


async def test_a_rule_is_added_through_the_form_of_its_kind(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("3", "a")
        kinds = app.screen.query_one(OptionList)
        names = [str(o.prompt).split()[0] for o in kinds.options]
        kinds.highlighted = names.index("weekends")
        await pilot.press("enter")
        await type_in(pilot, "many")
        assert "'many' is not a whole number" in seen(app)
        await type_in(pilot, "3")
        await pilot.press("ctrl+s")
        assert app.session.plan_edits.rules[-1].sentence == "Everyone works at most 3 weekends."


async def test_goals_are_put_into_another_order_by_moving_them(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("3", "shift+tab", "down", "down", "K")
        assert app.session.plan_edits.goals == ("stability", "coverage", "fairness", "wishes")
        await pilot.press("u")
        assert app.session.plan_edits.goals == ("coverage", "stability", "fairness", "wishes")


# -- tables ----------------------------------------------------------------------------------------


async def open_table(app: ShiftplanApp, pilot: Pilot[None], name: str) -> DataTable[object]:
    await pilot.press("4")
    names = app.screen.query_one("#table-names", OptionList)
    names.focus()
    names.highlighted = [n for n, _ in app.session.tables.names].index(name)
    await pilot.press("enter")
    return app.screen.query_one(DataTable)


async def test_a_cell_is_changed_in_place_and_a_wrong_one_is_shown_before_it_is_taken(
    desk: Desk,
) -> None:
    async with desk as (app, pilot):
        await open_table(app, pilot, "leave.csv")
        await pilot.press("right", "right", "enter")
        await type_in(pilot, "2026-10-99")
        assert "'2026-10-99' is not a date" in seen(app)
        await pilot.press("enter")
        await type_in(pilot, "2026-10-24")
        await pilot.press("enter")
        assert app.session.tables.view("leave.csv").rows[0].cells[2] == "2026-10-24"


async def test_a_problem_stands_on_its_row_until_it_is_fixed(desk: Desk) -> None:
    async with desk as (app, pilot):
        await open_table(app, pilot, "leave.csv")
        await pilot.press("enter")
        await type_in(pilot, "Diego Ramoz")
        await pilot.press("enter")
        assert "× 2" in seen(app)
        assert "Did you mean 'Diego Ramos'?" in seen(app)
        assert "1 problem" in seen(app)
        await pilot.press("u")
        assert "1 problem" not in seen(app)


async def test_tables_are_sorted_searched_written_and_read(desk: Desk, tmp_path: Path) -> None:
    async with desk as (app, pilot):
        table = await open_table(app, pilot, "people.csv")
        first = str(table.get_row_at(0)[0])
        await pilot.press("o")
        assert [str(table.get_row_at(k)[0]) for k in range(2)] == ["Aisling Burke", "Brian Keane"]
        await pilot.press("slash", *"Zainab", "enter")
        assert table.cursor_coordinate.row == 8
        for ending in ("csv", "xlsx"):
            await pilot.press("e")
            await type_in(pilot, str(tmp_path / f"people.{ending}"))
            await pilot.press("enter")
        people = app.session.tables.view("people.csv").rows
        assert people[0].cells[0] == first
        await pilot.press("delete")
        assert len(app.session.tables.view("people.csv").rows) == len(people) - 1
        await pilot.press("i")
        await type_in(pilot, str(tmp_path / "people.xlsx"))
        await pilot.press("enter")
        assert [r.cells[0] for r in app.session.tables.view("people.csv").rows] == [
            r.cells[0] for r in people
        ]


# -- solving, breaches, versions -------------------------------------------------------------------


async def test_a_search_shows_costs_and_bounds_and_adopting_is_one_step(desk: Desk) -> None:
    async with desk as (app, pilot):
        before = app.session.roster
        await pilot.press("5", "g")
        await until(lambda: not app.search.running)
        await pilot.pause()
        assert app.search.best is not None
        assert "proven best" in seen(app)
        assert "Best so far:" in seen(app)
        assert app.session.roster == before
        await pilot.press("a")
        await judged(app)
        assert app.session.roster == app.search.best
        assert "hard rules kept" in seen(app)
        await pilot.press("u")
        assert app.session.roster == before


async def test_numbers_that_are_none_start_no_search(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("5")
        app.screen.query_one("#seconds", Input).value = "0"
        await pilot.press("g")
        assert not app.search.running
        assert "seconds: 1 to 86400" in seen(app)


async def test_a_breach_leads_to_its_cell(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("E")
        await judged(app)
        assert app.verdict is not None
        first = app.verdict.hard_breaches[0].breach
        await pilot.press("6", "down", "down", "enter")
        assert grid(app).cell == (first.who, first.day)


async def test_two_versions_are_compared_person_by_person_and_one_is_loaded(desk: Desk) -> None:
    async with desk as (app, pilot):
        kept = app.session.roster
        await pilot.press("l", "7")
        assert "By turns → the roster on the screen: 1 person, 1 cell differs" in seen(app)
        await pilot.press("n", *"Mine", "enter")
        assert [v.name for v in app.session.versions.all()] == ["Mine", "By turns"]
        await pilot.press("m", "down")
        assert "By turns → Mine: 1 person, 1 cell differs" in seen(app)
        await pilot.press("g")
        assert "L≠" in seen(app)
        await pilot.press("l")
        assert app.session.roster == kept


async def test_the_palette_finds_people_exports_and_what_keys_do(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("ctrl+p", *"coverage as x")
        await until(lambda: "Export Coverage as XLSX" in seen(app))
        await pilot.press("escape", "ctrl+p", *"Zainab")
        await until(lambda: "Go to Zainab Bello" in seen(app))
        await pilot.press("down", "enter")
        await until(lambda: grid(app).cell is not None and grid(app).cell[0] == "Zainab Bello")


async def test_a_pack_is_added_with_its_strengths_and_shown_as_one_entry(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("3", "a")
        kinds = app.screen.query_one(OptionList)
        kinds.highlighted = [str(o.prompt).split()[0] for o in kinds.options].index("ireland")
        await pilot.press("enter")
        assert "New rule: ireland" in seen(app)
        await pilot.press("ctrl+s")
        entry = app.session.plan_edits.rules[-1]
        assert entry.kind == "ireland"
        assert entry.pack is not None
        assert app.session.problems == ()
