"""Draw ``docs/screens/*.svg`` from the real program on the flagship: ``python docs/screens.py``.

A copy of the plan is solved with one worker and a fixed seed: the same program draws the same
pictures.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from shiftplan.session import Session
from shiftplan.session.search import solve_from
from shiftplan.tui.app import DARK, LIGHT, ShiftplanApp

DOCS = Path(__file__).parent
FLAGSHIP = DOCS.parent / "fixtures" / "puo"
SECONDS = 120.0

SHOTS: Sequence[tuple[str, str, tuple[int, int], str, Sequence[str]]] = (
    ("roster", "1", (100, 30), DARK, ("right", "right", "right", "E", "right", "p")),
    ("choices", "1", (100, 30), DARK, ("right", "enter")),
    (
        "coverage",
        "1",
        (132, 34),
        DARK,
        ("ctrl+right", *["shift+down"] * 14, "delete", "2", "]", "x", "x"),
    ),
    ("rules", "3", (100, 30), DARK, ()),
    ("rule", "3", (100, 30), DARK, ("down", "down", "down", "down", "enter")),
    ("tables", "4", (100, 30), DARK, ()),
    ("solve", "5", (100, 30), DARK, ()),
    ("breaches", "6", (100, 30), DARK, ()),
    ("versions", "7", (100, 30), DARK, ()),
    ("publish", "7", (100, 30), DARK, ("f4",)),
    ("export", "8", (100, 30), DARK, ()),
    ("files", "9", (100, 30), DARK, ()),
    ("small", "1", (80, 24), DARK, ()),
    ("light", "1", (132, 40), LIGHT, ()),
)
"""Name, screen, size, theme, keys."""


def solved(folder: Path) -> Path:
    """Return a copy of the flagship with a roster."""
    shutil.copytree(FLAGSHIP, folder)
    with Session.open(folder) as session:
        found = solve_from(session.plan, session.roster, SECONDS, seed=0, workers=1).roster
        assert found is not None
        session.roster_edits.adopt(found)
        session.save("First draft")
    return folder


async def draw(
    folder: Path, name: str, key: str, size: tuple[int, int], theme: str, keys: Sequence[str]
) -> None:
    """Draw one screen; what the keys change is not kept."""
    with tempfile.TemporaryDirectory() as place:
        app = ShiftplanApp(Session.open(shutil.copytree(folder, Path(place) / "plan")), theme=theme)
        async with app.run_test(size=size) as pilot:
            while app.verdict is None:
                await asyncio.sleep(0.05)
            await pilot.press("escape", key, *keys)
            for _ in range(20):
                await pilot.pause(0.1)
            app.clear_notifications()
            await pilot.pause(0.5)
            svg = app.export_screenshot(title="shiftplan")
    stable = re.sub(
        r"terminal-\d+", "terminal", re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    )
    dated = re.sub(
        r"\d{4}-\d\d-\d\d(&#160;| )\d\d:\d\d(&#160;| )UTC", r"2026-10-12\g<1>09:00\g<2>UTC", stable
    )
    (DOCS / "screens" / f"{name}.svg").write_text(dated, encoding="utf-8")


def main() -> None:
    """Solve once and draw every screen."""
    (DOCS / "screens").mkdir(exist_ok=True)
    os.environ["LOGNAME"] = "mara"  # whose name stands in the form, whoever draws
    with tempfile.TemporaryDirectory() as place:
        folder = solved(Path(place) / "puo")
        for shot in SHOTS:
            asyncio.run(draw(folder, *shot))


if __name__ == "__main__":
    main()
