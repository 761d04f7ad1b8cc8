"""Tables from files and into files, as the tables screen asks for them."""

from __future__ import annotations

from pathlib import Path

from ..session import TableView
from .browser import readable
from .dialogs.ask import Ask
from .screens.page import Page
from .table_download import ask_what_to_download


def ask_for_rows(page: Page, view: TableView) -> None:
    """Ask for a file, and put its rows in place of those of the table *view* shows."""

    def read(text: str) -> object:
        path = readable(page.app, page.session.root, Path(text).expanduser())
        return page.session.tables.import_file(view.name, path)

    def given(text: str | None) -> None:
        if text and text.strip():
            page.attempt(lambda: read(text.strip()))

    where = " in the plan folder" if page.app.is_web else ""
    question = f"CSV or XLSX file{where} whose rows take the place of those of {view.title}:"
    page.app.push_screen(Ask("Import", help=question), given)


def ask_where_to_write(page: Page, view: TableView) -> None:
    """Ask for a file, and write the table that *view* shows into it; a browser downloads it."""
    if page.app.is_web:
        ask_what_to_download(page, view)
        return

    def write(text: str) -> None:
        path = Path(text).expanduser()
        page.session.tables.export(view.name, path)
        page.notify(f"Written: {path}", markup=False)

    def given(text: str | None) -> None:
        if text and text.strip():
            page.attempt(lambda: write(text.strip()))

    # XLSX keeps dates and numbers as such, whatever the spreadsheet's language.
    suggested = str(Path.cwd() / f"{Path(view.name).stem}.xlsx")
    page.app.push_screen(Ask("Export", suggested, help="File to write, .csv or .xlsx:"), given)
