"""Tables from files and into files, as the tables screen asks for them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.worker import get_current_worker

from ..errors import ShiftplanError
from ..folder.given_file import path_of, shown
from ..session import ReadTable, TableView
from .browser import readable
from .dialogs.ask import Ask
from .dialogs.waiting import Waiting
from .screens.page import Page
from .table_download import ask_what_to_download

_AGAIN = 0.2
"""Seconds until a dialog above is looked for again."""


def ask_for_rows(page: Page, view: TableView) -> None:
    """Ask for a file, and put its rows in place of those of the table *view* shows."""

    def read(text: str) -> None:
        _read(page, view, readable(page.app, page.session.root, path_of(text)))

    def given(text: str | None) -> None:
        if text and text.strip():
            page.attempt(lambda: read(text))

    where = " in the plan folder" if page.app.is_web else ""
    question = f"CSV or XLSX file{where} whose rows take the place of those of {view.title}:"
    page.app.push_screen(Ask("Import", help=question), given)


def _read(page: Page, view: TableView, path: Path) -> None:
    """Read the file on a thread: a large workbook takes seconds."""
    waiting = Waiting("Import", f"Reading {shown(path)} ...")
    worker = page.run_worker(
        partial(_read_on_thread, page, view, path, waiting), thread=True, group="read"
    )

    def ended(read: bool | None) -> None:
        if not read:
            worker.cancel()

    page.app.push_screen(waiting, ended)


def _read_on_thread(page: Page, view: TableView, path: Path, waiting: Waiting) -> None:
    worker = get_current_worker()
    found: ReadTable | ShiftplanError
    try:
        found = page.session.tables.read(path, lambda: worker.is_cancelled)
    except ShiftplanError as error:
        found = error
    # Who has given up, or quit, waits for nothing any more.
    if not worker.is_cancelled:
        page.app.call_from_thread(_take_in, page, view, path, waiting, found)


def _take_in(
    page: Page, view: TableView, path: Path, waiting: Waiting, found: ReadTable | ShiftplanError
) -> None:
    if not waiting.is_attached:
        return
    if not waiting.is_active:
        # The palette lies above, and is answered first.
        page.set_timer(_AGAIN, partial(_take_in, page, view, path, waiting, found))
        return
    waiting.dismiss(True)
    if isinstance(found, ShiftplanError):
        page.notify(str(found), severity="error", timeout=8, markup=False)
    elif page.attempt(lambda: page.session.tables.replace(view.name, found, path.name)):
        for note in found.notes:
            page.notify(note, timeout=8, markup=False)


def ask_where_to_write(page: Page, view: TableView) -> None:
    """Ask for a file, and write the table that *view* shows into it; a browser downloads it."""
    if page.app.is_web:
        ask_what_to_download(page, view)
        return

    def write(text: str) -> None:
        path = path_of(text)
        page.session.tables.export(view.name, path)
        page.notify(f"Written: {shown(path)}", markup=False)

    def given(text: str | None) -> None:
        if text and text.strip():
            page.attempt(lambda: write(text))

    # XLSX keeps dates and numbers as such, whatever the spreadsheet's language.
    suggested = shown(Path.cwd() / f"{Path(view.name).stem}.xlsx")
    page.app.push_screen(Ask("Export", suggested, help="File to write, .csv or .xlsx:"), given)
