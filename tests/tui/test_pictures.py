"""Every screen as it looked, on the smallest terminal it is made for and on a large one.

Pictures are kept of the dark theme; the light one must say the same on light ground.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from shiftplan.tui.app import DARK, LIGHT
from shiftplan.tui.screens import SCREENS

from .driving import copied, ground_of, lines, opened, still, with_roster

pytestmark = pytest.mark.asyncio


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship with a roster by turns."""
    return with_roster(copied("puo", tmp_path_factory.mktemp("pictures") / "puo"))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
async def test_screens_look_as_they_did(
    desk: Path, pictured: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(desk)
    said = {}
    async with opened(desk, size) as (app, pilot):
        app.clear_notifications()
        for screen in SCREENS:
            await app.action_show(screen.name)
            assert pictured(name=f"{screen.name}, {DARK}") == await still(app, pilot)
            said[screen.name] = lines(app)
        if size == (80, 24):
            app.theme = LIGHT
            for screen in SCREENS:
                await app.action_show(screen.name)
                await still(app, pilot)
                assert lines(app) == said[screen.name], "the light theme says the same"
                assert ground_of(app) > 192, "and is light"
