"""A table that a browser downloads."""

from __future__ import annotations

from pathlib import Path

from ..session import TableView
from .browser import hand_over, written
from .dialogs.ask import Ask
from .screens.page import Page


def ask_what_to_download(page: Page, view: TableView) -> None:
    """Ask for the name of a file, and have the browser download the table that *view* shows."""

    def given(text: str | None) -> None:
        name = Path((text or "").strip()).name  # whatever folder is named
        if name:
            page.attempt(lambda: _download(page, view, name))

    suggested = f"{Path(view.name).stem}.xlsx"
    page.app.push_screen(Ask("Export", suggested, help="File to download, .csv or .xlsx:"), given)


def _download(page: Page, view: TableView, name: str) -> None:
    def write(path: Path) -> tuple[Path, ...]:
        page.session.tables.export(view.name, path)
        return (path,)

    hand_over(page.app, *written(name, write))
