"""The application on a copy of a fixture, driven by keys, and what it shows as text."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from itertools import chain
from pathlib import Path

from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip

from shiftplan.roster import Roster
from shiftplan.session import Session
from shiftplan.tui.app import DARK, ShiftplanApp
from shiftplan.tui.widgets.roster_grid import RosterGrid

FIXTURES = Path(__file__).parents[2] / "fixtures"
PATIENCE = 300.0
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&*+-/<=>?@^_~"

Driven = tuple[ShiftplanApp, Pilot[None]]


def copied(fixture: str, target: Path) -> Path:
    """Copy a fixture to where it can be edited."""
    shutil.copytree(FIXTURES / fixture, target)
    return target


def with_roster(folder: Path) -> Path:
    """Keep a roster made by turns: a shift type a week and two days off in a row for everyone."""
    with Session.open(folder) as session:
        assert session.plan is not None
        facts, cells = session.plan.facts, {}
        for number, person in enumerate(facts.people):
            codes = facts.codes(person.name)
            for k, week in enumerate(facts.weeks):
                off = {(number + k) % 7, (number + k + 1) % 7}
                days = [d for j, d in enumerate(week) if j not in off and facts.due(person.name, d)]
                cells |= dict.fromkeys(
                    ((person.name, d) for d in days), codes[(number + k) % len(codes)]
                )
        session.roster_edits.adopt(Roster(facts, cells))
        session.save("By turns")
    return folder


@asynccontextmanager
async def opened(
    folder: Path, size: tuple[int, int] = (80, 24), theme: str = DARK
) -> AsyncIterator[Driven]:
    """Run the application until its first roster is judged, and hand it over."""
    app = ShiftplanApp(Session.open(folder), theme=theme)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(lambda: app.session.plan is None or app.verdict is not None)
        await pilot.pause()
        yield app, pilot


async def until(done: Callable[[], object]) -> None:
    """Wait until *done* holds."""
    async with asyncio.timeout(PATIENCE):
        while not done():
            await asyncio.sleep(0.01)


async def judged(app: ShiftplanApp) -> None:
    """Wait until the screen knows all about the roster as it is."""
    await until(
        lambda: app.session.judging.effect is None or not app.session.judging.effect.pending
    )
    await until(
        lambda: (
            app.verdict == app.session.judging.verdict
            and app.coverage
            and app.coverage.roster is app.session.roster
        )
    )


async def still(app: ShiftplanApp, pilot: Pilot[None]) -> str:
    """Return the picture of the screen once it no longer changes."""
    last, same = strips(app), 0
    async with asyncio.timeout(PATIENCE):
        while same < 3:
            await pilot.pause()
            now = strips(app)
            same, last = (same + 1 if now == last else 0), now
    return picture(app)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type *text* into the field in focus, in place of what it holds."""
    await pilot.press("end", "ctrl+u", *text)


def grid(app: ShiftplanApp) -> RosterGrid:
    """Return the roster grid."""
    return app.screen.query_one(RosterGrid)


# -- what is seen ----------------------------------------------------------------------------------


def strips(app: App[None]) -> list[Strip]:
    """Return the lines of the screen with their styles."""
    return app.screen._compositor.render_strips(app.screen.size)


def lines(app: App[None]) -> list[str]:
    """Return the lines of the screen."""
    return [strip.text for strip in strips(app)]


def seen(app: App[None]) -> str:
    """Return the screen as one text, its words a blank apart, so that line breaks do not matter."""
    return " ".join(" ".join(lines(app)).split())


def picture(app: App[None]) -> str:
    """Return the screen as text, and below it the style of every cell by letter."""
    legend: dict[str, str] = {}
    styles, drawn = [], strips(app)
    for strip in drawn:
        runs: list[list[object]] = []
        for text, style, _ in strip:
            letter = legend.setdefault(_words(style), LETTERS[min(len(legend), len(LETTERS) - 1)])
            if runs and runs[-1][0] == letter:
                runs[-1][1] = int(str(runs[-1][1])) + len(text)
            else:
                runs.append([letter, len(text)])
        styles.append(" ".join(f"{letter}{count}" for letter, count in runs))
    text = [strip.text.rstrip() for strip in drawn]
    named = [f"{letter} {words}" for words, letter in legend.items()]
    stable = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "2000-01-01 00:00 UTC", "\n".join(text))
    stable = re.sub(r"/[\w-]{32}(?=\.)", f"/{'s' * 32}", stable)
    return "\n".join([stable, "", *styles, "", *named, ""])


def ground_of(app: App[None]) -> float:
    """Return how bright the background is, 0 to 255; fail if text has the colour behind it."""
    grounds: Counter[ColorTriplet] = Counter()
    for text, style, _ in chain.from_iterable(strips(app)):
        assert style is not None
        assert style.bgcolor is not None
        assert style.color != style.bgcolor or not text.strip(), text
        grounds[style.bgcolor.get_truecolor()] += len(text)
    ((most, _),) = grounds.most_common(1)
    return sum(most) / 3


@cache
def _words(style: Style | None) -> str:
    return (
        ""
        if style is None
        else str(style.without_color + Style(color=style.color, bgcolor=style.bgcolor))
    )
