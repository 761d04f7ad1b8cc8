"""What can be written for others, from the export screen and from the palette."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

from textual.app import App
from textual.worker import get_current_worker

from ..errors import ShiftplanError, count
from ..folder.given_file import path_of, shown
from ..session import Session
from .browser import hand_over, written
from .dialogs.ask import Ask


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


def export(app: App[Any], session: Session, number: int) -> None:
    """Ask where to write, and write on a thread; in a browser, have it download the file."""
    chosen = EXPORTS[number]
    if app.is_web:
        make = partial(_download, app, session, chosen)
        app.run_worker(make, thread=True, exit_on_error=False, group="export")
        return

    def given(text: str | None) -> None:
        if text and text.strip():
            # Calendars of a large team take seconds; the screen is used meanwhile.
            write = partial(_write, app, session, chosen, text)
            app.run_worker(write, thread=True, exit_on_error=False, group="export")

    folder = chosen.kind in ("calendars", "published")
    question = "Folder to write into:" if folder else "File to write, .csv or .xlsx:"
    suggested = shown(Path.cwd() / chosen.target)
    app.push_screen(Ask(chosen.title, suggested, help=question), given)


def _write(app: App[Any], session: Session, chosen: ExportChoice, text: str) -> None:
    try:
        path = path_of(text)
        written = session.exports.write(chosen.kind, path)
    except ShiftplanError as error:
        app.call_from_thread(app.notify, str(error), severity="error", timeout=8, markup=False)
        return
    done = f"{count(len(written), 'file')} in {shown(path)}" if len(written) > 1 else shown(path)
    # Who has quit meanwhile has no screen left to be notified on.
    if not get_current_worker().is_cancelled:
        app.call_from_thread(app.notify, f"Written: {done}", timeout=6, markup=False)


def _download(app: App[Any], session: Session, chosen: ExportChoice) -> None:
    try:
        name, content = written(chosen.target, partial(session.exports.write, chosen.kind))
    except ShiftplanError as error:
        app.call_from_thread(app.notify, str(error), severity="error", timeout=8, markup=False)
        return
    if not get_current_worker().is_cancelled:
        app.call_from_thread(hand_over, app, name, content)
