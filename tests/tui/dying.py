"""The terminal UI with a bug: it dies at its first edit. Run as a program of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.binding import Binding

from shiftplan.cli.exits import guarded
from shiftplan.cli.tui import ended
from shiftplan.session import Session
from shiftplan.tui.app import ShiftplanApp


class Buggy(ShiftplanApp):
    """An application that nobody finished."""

    BINDINGS = [Binding("f12", "die", "Die")]

    def __init__(self, session: Session, how: str) -> None:
        super().__init__(session)
        self._how = how

    def on_ready(self) -> None:
        """Edit a table, and die of it."""
        self.session.tables.remove_rows("people.csv", [0])
        if self._how == "thread":
            self.run_worker(self._die, thread=True)
        else:
            self._die()

    def _die(self) -> None:
        secret = "the pay of Orla"  # must not be printed with the names around the error
        raise RuntimeError(f"nobody thought of {len(secret)}")


def main(folder: str, how: str) -> int:
    """Run it to its end and return the exit code."""
    app = Buggy(Session.open(Path(folder)), how)
    app.run(headless=True)
    return ended(app)


if __name__ == "__main__":
    sys.exit(guarded(lambda: main(*sys.argv[1:])))
