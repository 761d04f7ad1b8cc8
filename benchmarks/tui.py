"""Measure how fast the terminal UI opens and answers keys, with and without a search running.

    python benchmarks/tui.py --people 500 --weeks 4

The plan is made by ``generate.py``, its roster by turns. Printed are the seconds from opening the
folder to the first picture of the roster, and the milliseconds from posting a key to the first
picture that shows what it did: 50th and 95th percentile and the longest.
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from generate import write
from textual import events

from shiftplan.roster import Roster
from shiftplan.session import Session
from shiftplan.tui.app import ShiftplanApp
from shiftplan.tui.widgets.roster_grid import RosterGrid

MOVES = (
    "right",
    "down",
    "pagedown",
    "left",
    "up",
    "pageup",
    "ctrl+right",
    "shift+down",
    "ctrl+left",
    "down",
)
PATIENCE = 60.0


class Watched(ShiftplanApp):
    """The application, telling of every picture it draws."""

    def watch(self) -> None:
        """Begin to tell."""
        self.drawn = asyncio.Event()

    def post_display_hook(self) -> None:
        """Tell that something was drawn."""
        if hasattr(self, "drawn"):
            self.drawn.set()

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait for a picture drawn while *done* holds."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self.drawn.clear()
                await self.drawn.wait()
                if done():
                    return

    async def answer(self, key: str, done: Callable[[], bool]) -> float:
        """Return the milliseconds from posting *key* to the picture of what it did."""
        begun = time.perf_counter()
        self.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.until(done)
        return 1000 * (time.perf_counter() - begun)


async def keys(app: Watched, rounds: int) -> tuple[list[float], list[float]]:
    """Return the times of moves and of edits, typed a tenth of a second apart."""
    grid, moves, edits = app.screen.query_one(RosterGrid), [], []

    def moved(before: object) -> Callable[[], bool]:
        return lambda: grid.cell != before

    def edited(before: object) -> Callable[[], bool]:
        return lambda: app.session.roster is not before and grid.view.roster is app.session.roster

    for _ in range(rounds):
        for key in MOVES:
            moves.append(await app.answer(key, moved(grid.cell)))
            await asyncio.sleep(0.1)
        code = app.session.roster.at(*grid.cell)
        for key in ("d" if code == "E" else "e", "delete", "u"):
            edits.append(await app.answer(key, edited(app.session.roster)))
            await asyncio.sleep(0.1)
    return moves, edits


def begin_with_roster(folder: Path) -> None:
    """Keep a roster to open with: one shift a week and two days off in a row, both in turn."""
    with Session.open(folder) as session:
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
        session.save()


async def measure(folder: Path, rounds: int, size: tuple[int, int]) -> list[str]:
    """Return the lines of the results table."""
    begun = time.perf_counter()
    app = Watched(Session.open(folder))
    async with app.run_test(size=size) as pilot:
        app.watch()
        while not app.screen.query(RosterGrid) or app.screen.query_one(RosterGrid).view is None:
            await asyncio.sleep(0.005)
        opened = time.perf_counter() - begun
        await pilot.pause()
        while app.verdict is None:
            await asyncio.sleep(0.05)
        judged = time.perf_counter() - begun
        lines = [
            f"opened in {opened:.2f} s, judged whole after {judged:.2f} s",
            "",
            HEAD,
            "|--|--|--|--|--|--|",
        ]
        await keys(app, 1)
        lines += table("no search", *await keys(app, rounds))
        app.search.start(3600, 2, 0)
        while not app.search.news:
            await asyncio.sleep(0.1)
        lines += table("a search running", *await keys(app, rounds))
        app.search.stop()
        while app.search.running:
            await asyncio.sleep(0.05)
    return lines


HEAD = "| while | key | presses | p50 ms | p95 ms | longest ms |"


def table(what: str, moves: Sequence[float], edits: Sequence[float]) -> list[str]:
    """Return a line for moves, one for edits and one for both."""
    lines = []
    for name, times in (("move", moves), ("edit", edits), ("any", [*moves, *edits])):
        cuts = statistics.quantiles(times, n=20)
        figures = f"{len(times)} | {cuts[9]:.0f} | {cuts[18]:.0f} | {max(times):.0f}"
        lines.append(f"| {what} | {name} | {figures} |")
    return lines


def main() -> None:
    """Read the size and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--sites", type=int, default=4)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--size", default="160x48", metavar="COLUMNSxROWS")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    print(f"Textual {version('textual')}, Python {platform.python_version()}, {options.size}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "plan"
        write(folder, options.people, options.sites, options.weeks, 0)
        begin_with_roster(folder)
        print(f"{options.people} people, {7 * options.weeks} days", flush=True)
        print("\n".join(asyncio.run(measure(folder, options.rounds, (width, height)))))


if __name__ == "__main__":
    main()
