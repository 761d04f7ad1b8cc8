"""What can be written for others, from the export screen and from the palette."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from textual.worker import get_current_worker

from ..errors import ShiftplanError
from .dialogs.ask import Ask

if TYPE_CHECKING:
    from .app import ShiftplanApp


class ExportChoice(NamedTuple):
    """A file or folder: what goes into it, how it is called by default, what it is for."""

    kind: Literal["roster", "coverage", "published", "calendars"]
    target: str
    title: str
    purpose: str


EXPORTS = (
    ExportChoice(
        "roster",
        "roster.xlsx",
        "Roster as XLSX",
        "a sheet for people: a row a person, a column a day",
    ),
    ExportChoice("roster", "roster.csv", "Roster as CSV", "the same as a table for other programs"),
    ExportChoice(
        "coverage",
        "coverage.xlsx",
        "Coverage as XLSX",
        "required against staffed, for spreadsheets",
    ),
    ExportChoice("coverage", "coverage.csv", "Coverage as CSV", "a line an interval and queue"),
    ExportChoice(
        "published",
        "calendars",
        "Calendars, published",
        "an .ics file a person, site and team, in a folder",
    ),
    ExportChoice(
        "calendars", "calendars-draft", "Calendars, tentative", "the same of the roster as it is"
    ),
)


def export(app: ShiftplanApp, number: int) -> None:
    """Ask where to, and write on a thread."""
    chosen = EXPORTS[number]

    def given(text: str | None) -> None:
        if text and text.strip():
            path = Path(text.strip()).expanduser()
            app.run_worker(
                lambda: _write(app, chosen, path), thread=True, exit_on_error=False, group="export"
            )

    folder = chosen.kind in ("calendars", "published")
    what = "Folder to write into:" if folder else "File to write, .csv or .xlsx:"
    app.push_screen(Ask(chosen.title, str(Path.cwd() / chosen.target), said=what), given)


def _write(app: ShiftplanApp, chosen: ExportChoice, path: Path) -> None:
    try:
        written = app.session.exports.write(chosen.kind, path)
    except ShiftplanError as error:
        app.call_from_thread(app.notify, str(error), severity="error", timeout=8, markup=False)
        return
    count = f"{len(written)} files in {path}" if len(written) > 1 else str(path)
    if not get_current_worker().is_cancelled:
        app.call_from_thread(app.notify, f"Written: {count}", timeout=6, markup=False)
