"""Every screen on the smallest terminal it is made for and on a large one, and in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from shiftplan.tui.app import DARK, LIGHT
from shiftplan.tui.screens import SCREENS

from .driving import copied, lines, opened, still, with_roster

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship with a roster by turns."""
    return with_roster(copied("puo", tmp_path_factory.mktemp("pictures") / "puo"))


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
async def test_screens_look_as_they_did(
    desk: Path, pictured: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(desk)
    async with opened(desk, size) as (app, pilot):
        app.clear_notifications()
        for screen in SCREENS:
            await app.action_show(screen.name)
            assert pictured(name=screen.name) == await still(app, pilot)


async def test_the_light_theme_shows_the_same_words_in_colours_of_its_own(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    async with opened(desk) as (app, pilot):
        app.clear_notifications()
        for screen in SCREENS:
            await app.action_show(screen.name)
            app.theme = DARK
            dark, words = await still(app, pilot), lines(app)
            app.theme = LIGHT
            light = await still(app, pilot)
            assert lines(app) == words
            assert light != dark
