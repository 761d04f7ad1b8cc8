"""Whatever a name says is text on every screen and in every dialog; none of it is markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from textual.content import Content
from textual.widgets import OptionList

from shiftplan.errors import CONTROLS
from shiftplan.roster import Roster
from shiftplan.session import Session
from tests.nasty import ANA, BEN, MARK, SITE, write_nasty

from .driving import lines, opened, seen, until

pytestmark = pytest.mark.asyncio

SIZE = (160, 40)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a plan in which everybody works on the first two days, so that much is broken."""
    root = write_nasty(tmp_path / "plan")
    with Session.open(root) as session:
        assert session.plan is not None
        facts = session.plan.facts
        cells = {(person.name, day): "D" for person in facts.people for day in facts.days[:6]}
        session.roster_edits.adopt(Roster(facts, cells))
        session.versions.keep(f"[red]{MARK} version[/]")
    return root


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts of the plan that are taken for markup from now on."""
    found: list[str] = []
    for owner in (Content, Text):
        parse: Any = owner.from_markup

        def listening(markup: Any, *rest: Any, _parse: Any = parse, **more: Any) -> Any:
            if isinstance(markup, str) and MARK in markup:
                found.append(markup)
            return _parse(markup, *rest, **more)

        monkeypatch.setattr(owner, "from_markup", listening)
    return found


@pytest.mark.slow
async def test_names_are_text_on_every_screen(folder: Path, parsed: list[str]) -> None:
    async with opened(folder, SIZE) as (app, pilot):
        assert ANA in seen(app)
        for key in "123456789":
            await pilot.press("escape", key)
            await pilot.pause()
            assert MARK in seen(app), key
            assert not [line for line in lines(app) if CONTROLS.search(line)]
    assert parsed == []


@pytest.mark.slow
async def test_names_are_text_in_every_dialog(folder: Path, parsed: list[str]) -> None:
    walks = [
        ["1", "enter"],
        ["1", "slash"],
        ["1", "f", "down", "enter"],
        ["1", "f4"],
        ["1", "f8"],
        ["2", "tab", "enter"],
        ["3", "enter"],
        ["3", "slash"],
        ["4", "a"],
        ["4", "e"],
    ]
    async with opened(folder, SIZE) as (app, pilot):
        for walk in walks:
            await pilot.press(*walk)
            await pilot.pause()
            assert not [line for line in lines(app) if CONTROLS.search(line)]
            while len(app.screen_stack) > 1:
                await pilot.press("escape")
                await pilot.pause()
    assert parsed == []


@pytest.mark.slow
async def test_the_palette_shows_names_as_they_are(folder: Path, parsed: list[str]) -> None:
    async with opened(folder, SIZE) as (app, pilot):
        await pilot.press("ctrl+p", *f"{MARK} Ben")
        await until(lambda: f"Go to {BEN}" in seen(app))
        options = app.screen.query_one(OptionList)
        assert BEN in str(options.get_option_at_index(0).prompt)
    assert parsed == []


@pytest.mark.slow
async def test_what_a_terminal_would_obey_is_shown_as_signs(folder: Path) -> None:
    people = folder / "people.csv"
    people.write_text(people.read_text().replace(f"{MARK} Ben", f"{MARK}\x1b]0;x\x07 \u202eBen"))
    async with opened(folder, SIZE) as (app, pilot):
        await pilot.press("escape", "4")
        await until(lambda: f"{MARK}␛]0;x␇ \ufffdBen" in seen(app))
        for key in "49":
            await pilot.press("escape", key)
            assert not [line for line in lines(app) if CONTROLS.search(line)]
    assert SITE in people.read_text()
