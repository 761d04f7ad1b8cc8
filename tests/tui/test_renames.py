"""A person is renamed on the screen of tables, and publishing says what it looks like."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.widgets import Static

from .driving import Driven, copied, opened, seen, type_in, until, with_roster
from .test_screens import open_table

Desk = AbstractAsyncContextManager[Driven]
pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

NEW = "Orla Fitzgerald-Kane"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return the application on a desk of nine people with a roster by turns."""
    return opened(with_roster(copied("one-site", tmp_path / "desk")))


async def test_a_name_changed_in_its_cell_keeps_the_person_by_their_id(desk: Desk) -> None:
    async with desk as (app, pilot):
        table = await open_table(app, pilot, "people.csv")
        names = [str(table.get_row_at(k)[0]) for k in range(table.row_count)]
        row = names.index("Orla Fitzgerald")
        table.move_cursor(row=row, column=0)
        await pilot.press("enter")
        await type_in(pilot, NEW)
        await pilot.press("enter")
        assert f"Orla Fitzgerald is now called {NEW}" in seen(app)
        assert app.session.problems == ()
        plan, roster = app.session.plan, app.session.roster
        assert plan is not None
        assert roster is not None
        assert plan.facts.person(NEW).key == "Orla Fitzgerald"
        assert [str(column.label) for column in table.ordered_columns][-1] == "id"
        assert any(who == NEW for who, _ in roster.cells)
        await pilot.press("u")
        assert str(table.get_row_at(row)[0]) == "Orla Fitzgerald"


async def test_a_column_of_ids_is_added_and_filled(desk: Desk) -> None:
    async with desk as (app, pilot):
        table = await open_table(app, pilot, "people.csv")
        await pilot.press("c", "i", "d", "enter")
        assert [str(column.label) for column in table.ordered_columns][-1] == "id"
        table.move_cursor(row=0, column=len(table.ordered_columns) - 1)
        await pilot.press("enter")
        await type_in(pilot, "70017")
        await pilot.press("enter")
        assert app.session.plan is not None
        assert app.session.plan.facts.people[0].id == "70017"


async def test_the_publish_dialog_says_what_looks_like_a_rename(desk: Desk) -> None:
    async with desk as (app, pilot):
        session = app.session
        session.publishing.publish(session.publishing.preview(), "Mara", force=True)
        roster = session.roster
        assert roster is not None
        text = session.plan_edits.file_text("people.csv")
        # In the text of the file nothing says that the row is of the same person.
        session.plan_edits.set_file_text("people.csv", text.replace("Orla Fitzgerald", NEW))
        for table in session.plan_edits.files:
            if table != "people.csv":
                other = session.plan_edits.file_text(table)
                session.plan_edits.set_file_text(table, other.replace("Orla Fitzgerald", NEW))
        assert session.problems == ()
        cells = {(NEW, day): code for (who, day), code in roster.cells.items() if "Orla" in who}
        session.roster_edits.assign(cells)
        await pilot.press("f4")
        await until(lambda: "Version 2" in str(app.screen.query_one("#version", Static).render()))
        shown = str(app.screen.query_one("#version", Static).render())
        assert f"Orla Fitzgerald is gone and {NEW} is new with the same" in shown
        assert 'give them the id "Orla Fitzgerald" in people.csv' in shown
