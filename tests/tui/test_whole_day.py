"""A lead's day on the flagship, from opening it to handing it out, in one application."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import DataTable, Input

from shiftplan.rules import MUST
from shiftplan.tui.widgets.status_lines import StatusLines

from .driving import copied, grid, judged, opened, seen, type_in, until, with_roster

pytestmark = pytest.mark.asyncio


@pytest.mark.slow
async def test_a_lead_edits_rules_and_leave_solves_changes_undoes_pins_solves_again_and_exports(
    tmp_path: Path,
) -> None:
    folder = with_roster(copied("puo", tmp_path / "puo"))
    async with opened(folder) as (app, pilot):
        session = app.session

        # Rules: nobody works more than five days in a row, which was six.
        await pilot.press("3")
        rules = session.plan_edits.rules
        number = next(
            e.number for e in rules if e.kind == "work-run" and e.values["strength"] == MUST
        )
        assert rules[number].sentence == "Everyone works at most 6 days in a row."
        await pilot.press(*["down"] * number, "enter")
        fields = list(app.screen.query(Input))
        assert [f.value for f in fields[:2]] == ["", "6"]
        fields[1].focus()
        await type_in(pilot, "0")
        assert "must be at least 1" in seen(app)
        await type_in(pilot, "5")
        assert "Everyone works at most 5 days in a row." in seen(app)
        await pilot.press("ctrl+s")
        assert (
            session.plan_edits.rules[number].sentence == "Everyone works at most 5 days in a row."
        )

        # Leave: Ana is away on the first two days.
        await pilot.press("4")
        names = [name for name, _ in session.tables.names]
        await pilot.press("shift+tab", *["down"] * names.index("leave.csv"), "enter", "a")
        for key, text in (
            ("person", "Ana Ruiz"),
            ("from_date", "2026-10-19"),
            ("to_date", "2026-10-20"),
        ):
            app.screen.query(Input)[["person", "from_date", "to_date"].index(key)].focus()
            await type_in(pilot, text)
        await pilot.press("ctrl+s")
        assert session.plan is not None
        assert session.plan.facts.on_leave("Ana Ruiz", date(2026, 10, 20))
        assert app.screen.query_one(DataTable).row_count == len(
            session.tables.view("leave.csv").rows
        )

        # Solve, stop at the first roster, adopt it.
        await pilot.press("5")
        app.screen.query_one("#seconds", Input).value = "120"
        await pilot.press("g")
        await until(lambda: app.search.best is not None or not app.search.running)
        app.search.stop()
        await until(lambda: not app.search.running)
        await pilot.press("a")
        assert session.roster == app.search.best
        await judged(app)
        assert app.verdict is not None
        assert app.verdict.costs[MUST] == 0

        # Roster: a change that breaks a hard rule is shown at once, is among the breaches, and is
        # taken back.
        await pilot.press("1")
        before = session.roster
        assert before is not None
        grid(app).go("Ana Ruiz", date(2026, 10, 19))
        await pilot.press("e")
        assert session.roster.at("Ana Ruiz", date(2026, 10, 19)) == "E"
        assert any(
            line.plain.startswith("× hard rule · leave: Ana Ruiz works E on Mon 19 Oct")
            for line in app.screen.query_one(StatusLines).lines
        )
        await judged(app)
        await pilot.press("6")
        assert "leave 1 breach, cost 1" in seen(app)
        await pilot.press("u")
        assert session.roster == before

        # Pin somebody's shift; the next search leaves it alone.
        await pilot.press("1")
        held = next((w, d) for (w, d), c in sorted(before.cells.items()) if w == "Grace Kim")
        grid(app).go(*held)
        await pilot.press("p")
        assert held in session.roster.pinned
        await pilot.press("5", "g")
        await until(lambda: app.search.best is not None or not app.search.running)
        app.search.stop()
        await until(lambda: not app.search.running)
        await pilot.press("a")
        assert session.roster.at(*held) == before.at(*held)

        # Save, and write the roster for others.
        await pilot.press("ctrl+s")
        assert not session.unsaved
        assert "max = 5" in (folder / "shiftplan.toml").read_text()
        assert "Ana Ruiz,2026-10-19,2026-10-20" in (folder / "leave.csv").read_text()
        await pilot.press("8", "down", "enter")
        target = tmp_path / "roster.csv"
        await type_in(pilot, str(target))
        await pilot.press("enter")
        await until(target.exists)
    assert len(target.read_text().splitlines()) == 1 + 44  # a row a person
