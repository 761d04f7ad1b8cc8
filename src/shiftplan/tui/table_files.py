"""Tables from files and into files, as the tables screen asks for them."""

from __future__ import annotations

from pathlib import Path

from ..session import TableView
from .browser import hand_over, readable, written
from .dialogs.ask import Ask
from .screens.page import Page


def ask_for_rows(page: Page, view: TableView) -> None:
    """Ask for a file, and put its rows in place of those of the table *view* shows."""

    def read(text: str) -> object:
        path = readable(page.app, page.session.root, Path(text).expanduser())
        return page.session.tables.import_file(view.name, path)

    def given(text: str | None) -> None:
        if text and text.strip():
            page.attempt(lambda: read(text.strip()))

    whose = f"whose rows take the place of those of {view.title}:"
    where = " in the plan folder" if page.app.is_web else ""
    page.app.push_screen(Ask("Import", help=f"CSV or XLSX file{where} {whose}"), given)


def ask_where_to_write(page: Page, view: TableView) -> None:
    """Ask for a file, and write the table that *view* shows into it; a browser downloads it."""
    is_web = page.app.is_web

    def write(text: str) -> None:
        path = Path(text).expanduser()
        if is_web:
            _download(page, view, path.name)
            return
        page.session.tables.export(view.name, path)
        page.notify(f"Written: {path}", markup=False)

    def given(text: str | None) -> None:
        if text and text.strip():
            page.attempt(lambda: write(text.strip()))

    # XLSX keeps dates and numbers as such, whatever the spreadsheet's language.
    name = f"{Path(view.name).stem}.xlsx"
    suggested = name if is_web else str(Path.cwd() / name)
    question = f"File to {'download' if is_web else 'write'}, .csv or .xlsx:"
    page.app.push_screen(Ask("Export", suggested, help=question), given)


def _download(page: Page, view: TableView, name: str) -> None:
    def write(path: Path) -> tuple[Path, ...]:
        page.session.tables.export(view.name, path)
        return (path,)

    hand_over(page.app, *written(name, write))
