"""Every screen in both themes, on the smallest terminal it is made for and on a large one."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from shiftplan.tui.app import DARK, LIGHT
from shiftplan.tui.screens import SCREENS

from .driving import copied, opened, still, with_roster

pytestmark = pytest.mark.asyncio


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
        for theme in (DARK, LIGHT):
            app.theme = theme
            for screen in SCREENS:
                await app.action_show(screen.name)
                assert pictured(name=f"{screen.name}, {theme}") == await still(app, pilot)
