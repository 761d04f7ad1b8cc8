"""Edits of the plan's tables: people, leave, wishes, demand and the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..disk import write_bytes
from ..errors import CannotWrite, Problem, ShiftplanError, StoreError, count, nearest
from ..folder import PLAN, edit, edit_csv, sections
from ..folder.build import keys
from ..folder.edit_csv import CsvText, Record
from ..reports.table_limits import ReadTable
from ..store import open_store
from .files import plan_text
from .renames import Rename, rename_of, renamed_roster, renamed_texts
from .state import State
from .steps import Steps
from .values import Effect, TableRow, TableView

INSIDE = re.compile(r"[^/\\]+(/[^/\\]+)*")
"""A path with plain slashes that begins in the folder; it may still climb out by ``..``."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class TablePlace(NamedTuple):
    """Where a table is: its section, its file (empty while there is none), what people call it."""

    section: str
    file: str
    title: str

    @property
    def name(self) -> str:
        """By which it is asked for."""
        return self.file or self.section

    @property
    def known(self) -> tuple[str, ...]:
        """The columns it may have."""
        return keys(sections.TABLES[self.section].row)

    @property
    def identity(self) -> tuple[str, str, str]:
        """Name, section and title, as a view of the table begins."""
        return self.name, self.section, self.title


class TableEdits:
    """What can be done to tables. Every edit is one undo step; lines not meant keep their bytes.

    A table goes by its file's name, or by its section's where there is only one of it. Raise
    ``ShiftplanError`` where an edit cannot be made at all.
    """

    def __init__(self, state: State, steps: Steps) -> None:
        self._state: State = state
        self._steps: Steps = steps

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The tables the plan has or could have: the name for ``view``, the name for people."""
        return tuple((place.name, place.title) for place in self._places())

    def view(self, name: str) -> TableView:
        """Return a table with what is wrong with it, row by row."""
        place = self._find(name)
        problems = [p for p in self._state.problems if place.file and p.file == place.file]
        try:
            csv = self._csv(place)
        except ShiftplanError:  # the text is not CSV, which is among the problems
            return TableView(*place.identity, place.known, (), (), tuple(problems))
        return _view(place, csv, problems)

    def set_cell(self, table: str, row: int, column: str, text: str) -> Effect:
        """Set one cell; a column the table has not got yet is added.

        Where it is a person's name, the other tables, the rules and the roster follow; an id keeps
        what is on record by the former name.
        """
        place = self._find(table)
        self._check_column(place, column)
        if place.section == "people" and column == "name":
            rename = rename_of(self._csv(place), row, text.strip())
            if rename is not None:
                return self._rename(place, rename)
        return self._change(
            place, f"{place.title}: {column}", lambda csv: csv.set_cell(row, column, text.strip())
        )

    def add_column(self, table: str, column: str) -> Effect:
        """Add a column that the table has not got yet, with nothing in it."""
        place = self._find(table)
        self._check_column(place, column)
        label = f"{place.title}: column {column}"
        return self._change(place, label, lambda csv: csv.with_column(column))

    def _rename(self, place: TablePlace, rename: Rename) -> Effect:
        id = rename.id
        if self._is_kept_by_name(rename):
            if id:
                raise ShiftplanError(
                    f"{rename.before} is on record without the id '{id}'.",
                    "Save first, then change the name.",
                )
            id = rename.before
        label = f"{rename.before} is now called {rename.after}"
        if id and not rename.id:
            label += f', with id = "{id}", by which calendars, links and balances are kept'
        snapshot = self._state.current
        texts = renamed_texts(snapshot.texts, place.file, rename, id)
        cells, pins = renamed_roster(snapshot, {rename.before: rename.after})
        return self._steps.do(label, texts=texts, cells=cells, pins=pins)

    def _is_kept_by_name(self, rename: Rename) -> bool:
        """Say whether there may be something on record that only the former name leads to."""
        if self._state.plan is None:
            return not rename.id
        facts = self._state.plan.facts
        try:
            with open_store(self._state.root, create=False) as store:
                if rename.id and not store.record.new_id(facts, rename.before):
                    return False
                return store.record.knows(facts, rename.before)
        except StoreError:
            return not rename.id  # it cannot be seen now; an id does no harm

    def add_row(self, table: str, cells: Mapping[str, str], at: int | None = None) -> Effect:
        """Add a row at the end, or before row *at*; a table the plan has not got yet is made."""
        place = self._find(table)
        for column in cells:
            self._check_column(place, column)
        plain = {column: text.strip() for column, text in cells.items()}
        return self._change(place, f"{place.title}: new row", lambda csv: csv.add(plain, at))

    def remove_rows(self, table: str, rows: Sequence[int]) -> Effect:
        """Take rows out."""
        place = self._find(table)
        label = f"{place.title}: {count(len(set(rows)), 'row')} removed"
        return self._change(place, label, lambda csv: csv.without(rows))

    def sort(self, table: str, column: str, descending: bool = False) -> Effect:
        """Sort the rows in the file by a column: numbers by size, empty ones last; equal ones in
        order.
        """
        place = self._find(table)
        label = f"{place.title}: sorted by {column}"
        return self._change(place, label, lambda csv: _sorted(csv, column, descending))

    def import_file(self, table: str, path: Path) -> Effect:
        """Put the rows of a CSV or XLSX file in place of those of a table; its columns are the
        file's.
        """
        return self.replace(table, self.read(path), path.name)

    def read(self, path: Path, stop: Callable[[], bool] = lambda: False) -> ReadTable:
        """Return the rows of a CSV or XLSX file, for ``replace``; nothing changes.

        It may take seconds, on any thread; *stop* is asked now and then whether to give up.
        """
        from ..reports.sheets import read_sheet

        return read_sheet(path, stop)

    def replace(self, table: str, read: ReadTable, source: str) -> Effect:
        """Put the rows *read* from a file called *source* in place of those of a table."""
        place = self._find(table)
        for column in read.columns:
            self._check_column(place, column)
        text = edit_csv.compose(read.columns, read.rows)
        return self._change(place, f"{place.title}: from {source}", lambda _: edit_csv.parse(text))

    def export(self, table: str, path: Path) -> None:
        """Write a table as CSV or XLSX, by the ending of *path*. Raise ``CannotWrite``."""
        from ..reports.sheets import ending, table_file

        view = self.view(table)
        if view.problems and not view.rows:
            raise CannotWrite("The table cannot be read.", f"Fix {view.name} first.")
        rows = [row.cells for row in view.rows]
        write_bytes(path, table_file(ending(path), view.title, view.columns, rows))

    # -- inside ----------------------------------------------------------------------------------

    def _places(self) -> Iterator[TablePlace]:
        try:
            written = edit.written(plan_text(self._state.current.texts))
        except ShiftplanError:
            written = {}
        for section in sections.TABLES:
            entries = written.get(section, {})
            for entry in entries if isinstance(entries, list) else [entries]:
                file = _file_of(entry)
                if section not in sections.MANY:
                    # A table there is one of can be begun while it has no file.
                    yield TablePlace(section, file, section.replace("_", " "))
                elif file:
                    what = f"{section} of {entry.get('queue', '?')}, {entry.get('clock', '?')}"
                    yield TablePlace(section, file, what)

    def _find(self, name: str) -> TablePlace:
        places = list(self._places())
        found = [place for place in places if place.name == name]
        if not found:
            found = [place for place in places if place.section == name]
        if len(found) == 1:
            return found[0]
        there = "There are several tables" if found else "There is no table"
        known = [place.name for place in places]
        raise ShiftplanError(f"{there} '{name}'.", nearest(name, known))

    def _csv(self, place: TablePlace) -> CsvText:
        """Return a table as it stands; one that is not there yet has every column and no row."""
        text = self._state.current.texts.get(place.file) if place.file else None
        if text is None or not text.strip("\ufeff \t\r\n"):
            return edit_csv.parse(edit_csv.compose(place.known, ()))
        return edit_csv.parse(text)

    def _change(
        self, place: TablePlace, label: str, change: Callable[[CsvText], CsvText]
    ) -> Effect:
        texts: dict[str, str | None] = {}
        file = place.file
        if not file:
            file = self._free_name(place.section)
            texts[PLAN] = edit.name_table(plan_text(self._state.current.texts), place.section, file)
        elif not INSIDE.fullmatch(file) or ".." in file.split("/"):
            raise ShiftplanError(
                f"'{file}' lies outside the plan folder.", "Name a file inside it."
            )
        texts[file] = change(self._csv(place)).text
        return self._steps.do(label, texts=texts)

    def _free_name(self, section: str) -> str:
        """Return a file name for a new table that takes no other file's place."""
        stem = section.replace("_", "-")
        number = 1
        name = f"{stem}.csv"
        while name in self._state.current.texts or (self._state.root / name).exists():
            number += 1
            name = f"{stem}-{number}.csv"
        return name

    def _check_column(self, place: TablePlace, column: str) -> None:
        columns = sections.TABLES[place.section]
        known = (*keys(columns.row), *columns.ignored)
        if column not in known:
            raise ShiftplanError(
                f"The table {place.title} has no column '{column}'.", nearest(column, known)
            )


def _file_of(entry: Any) -> str:
    """Return the file an entry of the plan file names, empty if it names none."""
    file = entry.get("table", "") if isinstance(entry, Mapping) else ""
    return file if isinstance(file, str) else ""


def _view(place: TablePlace, csv: CsvText, problems: Sequence[Problem]) -> TableView:
    width = len(csv.columns)
    lines = {record.line for record in csv.rows}
    by_line: dict[int, list[Problem]] = {}
    for problem in problems:
        by_line.setdefault(problem.line, []).append(problem)
    return TableView(
        *place.identity,
        columns=csv.columns,
        more=tuple(key for key in place.known if key not in csv.columns),
        rows=tuple(_row(record, width, by_line.get(record.line, ())) for record in csv.rows),
        problems=tuple(problem for problem in problems if problem.line not in lines),
    )


def _row(record: Record, width: int, problems: Iterable[Problem]) -> TableRow:
    """Return a record as a row of exactly *width* cells, with the *problems* of its line."""
    cells = list(record.cells[:width])
    cells += [""] * (width - len(cells))
    return TableRow(record.line, tuple(cells), tuple(problems))


def _sorted(csv: CsvText, column: str, descending: bool) -> CsvText:
    if column not in csv.columns:
        raise ShiftplanError(f"The table has no column '{column}'.", nearest(column, csv.columns))
    at = csv.columns.index(column)
    cells = [record.cells[at] if at < len(record.cells) else "" for record in csv.rows]
    filled = [row for row, cell in enumerate(cells) if cell]
    empty = [row for row, cell in enumerate(cells) if not cell]
    order = sorted(filled, key=lambda row: _sort_key(cells[row]), reverse=descending)
    return csv.ordered([*order, *empty])


def _sort_key(text: str) -> tuple[int, float, str]:
    """Sort numbers by size, then texts."""
    if NUMBER.fullmatch(text):
        return 0, float(text), ""
    return 1, 0.0, text.casefold()
