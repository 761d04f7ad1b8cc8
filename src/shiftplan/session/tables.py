"""Edits of the plan's tables: people, leave, wishes, demand and the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import CannotWrite, ShiftplanError, nearest
from ..folder import PLAN, edit, edit_csv, sections
from ..folder.build import keys
from ..folder.edit_csv import CsvText
from ..folder.write import write_bytes
from .core import Core
from .values import Effect, TableRow, TableView


class Kept(NamedTuple):
    """Where a table is: its section, its file (empty while there is none) and what people call it."""

    section: str
    file: str
    title: str

    @property
    def name(self) -> str:
        """By which it is asked for."""
        return self.file or self.section


class TableEdits(Core):
    """What can be done to tables. Every edit is one undo step; lines not meant keep their bytes.

    A table goes by its file's name, or by its section's where there is only one of it. Raise
    ``ShiftplanError`` where an edit cannot be made at all.
    """

    @property
    def tables(self) -> tuple[tuple[str, str], ...]:
        """The tables the plan has or could have: the name for ``table``, and what people call it."""
        return tuple((kept.name, kept.title) for kept in self._kept())

    def table(self, name: str) -> TableView:
        """Return a table with what is wrong with it, row by row."""
        kept = self._find(name)
        known = keys(sections.TABLES[kept.section].row)
        problems = [p for p in self.problems if kept.file and p.file == kept.file]
        try:
            text = self._csv(kept)
        except ShiftplanError:
            return TableView(kept.name, kept.section, kept.title, known, (), (), tuple(problems))
        rows = text.rows
        by_line = {row.line: [p for p in problems if p.line == row.line] for row in rows}
        width = len(text.columns)
        return TableView(
            kept.name,
            kept.section,
            kept.title,
            text.columns,
            tuple(k for k in known if k not in text.columns),
            tuple(
                TableRow(
                    r.line,
                    (*r.cells, *("" for _ in range(width - len(r.cells))))[:width],
                    tuple(by_line[r.line]),
                )
                for r in rows
            ),
            tuple(p for p in problems if p.line not in by_line),
        )

    def set_cell(self, table: str, row: int, column: str, text: str) -> Effect:
        """Set one cell; a column the table has not got yet is added."""
        kept = self._find(table)
        self._check_column(kept, column)
        return self._change(
            kept, f"{kept.title}: {column}", lambda csv: csv.set_cell(row, column, text.strip())
        )

    def add_row(self, table: str, cells: Mapping[str, str], at: int | None = None) -> Effect:
        """Add a row at the end, or before row *at*; a table the plan has not got yet is made."""
        kept = self._find(table)
        for column in cells:
            self._check_column(kept, column)
        plain = {column: text.strip() for column, text in cells.items()}
        return self._change(kept, f"{kept.title}: new row", lambda csv: csv.add(plain, at))

    def remove_rows(self, table: str, rows: Sequence[int]) -> Effect:
        """Take rows out."""
        kept = self._find(table)
        n = len(set(rows))
        return self._change(
            kept, f"{kept.title}: {n} row{'s' * (n != 1)} removed", lambda csv: csv.without(rows)
        )

    def sort_table(self, table: str, column: str, descending: bool = False) -> Effect:
        """Sort the rows in the file by a column: numbers by size, empty ones last; equal ones in
        order.
        """
        kept = self._find(table)

        def sort(csv: CsvText) -> CsvText:
            if column not in csv.columns:
                raise ShiftplanError(
                    f"The table has no column '{column}'.", nearest(column, csv.columns)
                )
            at = csv.columns.index(column)
            cells = [(*r.cells, *[""] * len(csv.columns))[at] for r in csv.rows]
            filled = [k for k, cell in enumerate(cells) if cell]
            order = sorted(filled, key=lambda k: _sort_key(cells[k]), reverse=descending)
            return csv.ordered([*order, *(k for k, cell in enumerate(cells) if not cell)])

        return self._change(kept, f"{kept.title}: sorted by {column}", sort)

    def import_table(self, table: str, path: Path) -> Effect:
        """Put the rows of a CSV or XLSX file in place of those of a table; its columns are the
        file's.
        """
        from ..reports.sheets import read_table

        kept = self._find(table)
        columns, rows = read_table(path)
        for column in columns:
            self._check_column(kept, column)
        text = edit_csv.compose(columns, rows)
        return self._change(kept, f"{kept.title}: from {path.name}", lambda _: edit_csv.parse(text))

    def export_table(self, table: str, path: Path) -> None:
        """Write a table as CSV or XLSX, by the ending of *path*. Raise ``CannotWrite``."""
        from ..reports.sheets import ending, table_file

        view = self.table(table)
        if view.problems and not view.rows:
            raise CannotWrite("The table cannot be read.", f"Mend {view.name} first.")
        rows = [row.cells for row in view.rows]
        write_bytes(path, table_file(ending(path), view.title, view.columns, rows))

    # -- inside ----------------------------------------------------------------------------------

    def _kept(self) -> Iterator[Kept]:
        try:
            written = edit.written(self._state.texts.get(PLAN, ""))
        except ShiftplanError:
            written = {}
        for section in sections.TABLES:
            entries = written.get(section, {})
            for entry in entries if isinstance(entries, list) else [entries]:
                file = entry.get("table", "") if isinstance(entry, Mapping) else ""
                file = file if isinstance(file, str) else ""
                if section in sections.MANY:
                    if file:
                        what = f"{section} of {entry.get('queue', '?')}, {entry.get('clock', '?')}"
                        yield Kept(section, file, what)
                else:
                    yield Kept(section, file, section.replace("_", " "))

    def _find(self, name: str) -> Kept:
        found = list(self._kept())
        exact = [k for k in found if k.name == name] or [k for k in found if k.section == name]
        if len(exact) != 1:
            several = "There are several tables" if exact else "There is no table"
            raise ShiftplanError(f"{several} '{name}'.", nearest(name, (k.name for k in found)))
        return exact[0]

    def _csv(self, kept: Kept) -> CsvText:
        """Return a table as it stands; one that is not there yet has every column and no row."""
        text = self._state.texts.get(kept.file) if kept.file else None
        if text is None or not text.strip("\ufeff \t\r\n"):
            return edit_csv.parse(edit_csv.compose(keys(sections.TABLES[kept.section].row), ()))
        return edit_csv.parse(text)

    def _change(self, kept: Kept, label: str, change: Callable[[CsvText], CsvText]) -> Effect:
        texts: dict[str, str | None] = {}
        file = kept.file
        if not file:
            file = self._free_name(kept.section)
            texts[PLAN] = edit.name_table(self._state.texts.get(PLAN, ""), kept.section, file)
        elif not re.fullmatch(r"[^/\\]+(/[^/\\]+)*", file) or ".." in file.split("/"):
            raise ShiftplanError(
                f"'{file}' lies outside the plan folder.", "Name a file inside it."
            )
        texts[file] = change(self._csv(kept)).text
        return self._do(label, texts=texts)

    def _free_name(self, section: str) -> str:
        """Return a file name for a new table that takes no other file's place."""
        stem, number = section.replace("_", "-"), 1
        name = f"{stem}.csv"
        while name in self._state.texts or (self.root / name).exists():
            number += 1
            name = f"{stem}-{number}.csv"
        return name

    def _check_column(self, kept: Kept, column: str) -> None:
        columns = sections.TABLES[kept.section]
        known = (*keys(columns.row), *columns.ignored)
        if column not in known:
            raise ShiftplanError(
                f"The table {kept.title} has no column '{column}'.", nearest(column, known)
            )


def _sort_key(text: str) -> tuple[int, float, str]:
    """Sort numbers by size, then texts."""
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return 0, float(text), ""
    return 1, 0.0, text.casefold()
