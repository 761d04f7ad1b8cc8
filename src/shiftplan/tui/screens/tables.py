"""Tables: people, leave, wishes, demand, edited in place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from ...folder import sections
from ...session import TableView
from ..dialogs.ask import Ask
from ..dialogs.find import Find
from ..dialogs.row import RowForm
from ..fields import row_fields
from ..rows import in_order, wrong_cell
from ..widgets.keys import enter
from ..words import effect_lines
from .page import Page


class TablesPage(Page):
    """The plan's tables."""

    NAME = "tables"
    AUTO_FOCUS = "#table"
    NEEDS_PLAN = False
    HELP = """
# Tables

Choose a table on the left, **Tab** into it. **Enter** changes a cell, `a` adds a row, Delete takes one
out, `o` sorts by the column of the cursor (again: the other way), `/` finds a row. What is wrong with a
row is marked `×` and said below. `i` reads rows from a CSV or XLSX file in place of these, `e` writes
them to one.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("delete,backspace", "remove", "Delete", key_display="Del"),
        Binding("o", "sort", "Sort"),
        Binding("slash", "find", "Find", key_display="/"),
        Binding("i", "bring_in", "Import"),
        Binding("e", "write_out", "Export"),
        Binding("x", "next_problem", "Next ×", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._table = ""
        self._sorted: tuple[str, bool] | None = None
        self._order: list[int] = []
        """The row of the file that each line shows."""
        self._shown: TableView | None = None

    def body(self) -> ComposeResult:
        """Lay out the names of the tables and one of them."""
        with Horizontal(id="tables-box"):
            yield OptionList(id="table-names", markup=False)
            yield enter(DataTable(id="table", cursor_type="cell", zebra_stripes=True), "Change")
        yield Static(id="row-said")

    @property
    def grid(self) -> DataTable[Text]:
        """The table."""
        return self.query_one("#table", DataTable)

    # -- showing ---------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show the names, and the table as it is."""
        names = self.session.tables.names
        options = self.query_one("#table-names", OptionList)
        if [o.id for o in options.options] != [name for name, _ in names]:
            options.clear_options()
            options.add_options([Option(title, id=name) for name, title in names])
            if self._table not in {name for name, _ in names}:
                self._table = names[0][0] if names else ""
            options.highlighted = next(
                (k for k, n in enumerate(names) if n[0] == self._table), None
            )
        if self._table:
            self._fill(self.session.tables.view(self._table))

    def _fill(self, view: TableView) -> None:
        if view == self._shown:
            return self._say()
        grid, at = self.grid, self.grid.cursor_coordinate
        same = self._shown is not None and self._shown.name == view.name
        self._shown = view
        self._order = in_order(view, self._sorted)
        grid.clear(columns=True)
        for column in view.columns:
            arrow = ""
            if self._sorted and self._sorted[0] == column:
                arrow = " ▼" if self._sorted[1] else " ▲"
            grid.add_column(column + arrow, key=column)
        for number in self._order:
            row = view.rows[number]
            wrong = {p.key for p in row.problems}
            cells = [
                Text(c, "bold red" if k in wrong else "")
                for k, c in zip(view.columns, row.cells, strict=False)
            ]
            cells += [Text("")] * (len(view.columns) - len(cells))
            mark = Text("×", "bold red") if row.problems else Text(" ")
            grid.add_row(*cells[: len(view.columns)], label=mark.append(f" {row.line}", "dim"))
        if same and view.rows:
            grid.move_cursor(row=min(at.row, len(view.rows) - 1), column=at.column)
        self._say()
        return None

    @on(DataTable.CellHighlighted)
    def _moved(self) -> None:
        self._say()

    def _say(self) -> None:
        """Say what is wrong with the row, what the column means, what the latest edit did."""
        view = self._shown
        if view is None:
            return
        lines = [Text(f"× {p.message} {p.hint}", "bold red") for p in view.problems]
        row = self._row
        if row is not None:
            problems = view.rows[row].problems
            lines += [Text(f"× {p.key}: {p.message} {p.hint}", "bold red") for p in problems]
        elif not view.rows:
            lines.append(Text("No rows yet: a adds one.", "dim"))
        column = self._column
        meaning = self._meaning(column) if column else ""
        if meaning:
            lines.append(Text.assemble((f"{column}: ", "bold"), meaning))
        if self.shell.effect is not None:
            lines += [Text(self.shell.effect.label, "bold"), *effect_lines(self.shell.effect)]
        self.query_one("#row-said", Static).update(Text("\n").join(lines))

    @property
    def _row(self) -> int | None:
        """The row of the file under the cursor."""
        at = self.grid.cursor_coordinate.row
        return self._order[at] if 0 <= at < len(self._order) else None

    @property
    def _column(self) -> str | None:
        columns = self._shown.columns if self._shown else ()
        at = self.grid.cursor_coordinate.column
        return columns[at] if 0 <= at < len(columns) else None

    def _meaning(self, column: str) -> str:
        assert self._shown is not None
        model = sections.TABLES[self._shown.section].row
        return row_fields(model, [column], None)[0].meaning

    # -- choosing --------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#table-names")
    def _peek(self, event: OptionList.OptionHighlighted) -> None:
        name = str(event.option.id)
        if name != self._table:
            self._table, self._sorted = name, None
            self.grid.move_cursor(row=0, column=0)
            self._fill(self.session.tables.view(name))

    @on(OptionList.OptionSelected, "#table-names")
    def _enter(self) -> None:
        self.grid.focus()

    @on(DataTable.HeaderSelected)
    def _header(self, event: DataTable.HeaderSelected) -> None:
        self._sort(str(event.column_key.value))

    def action_sort(self) -> None:
        """Sort what is shown by the column of the cursor; the file keeps its order."""
        if self._column is not None:
            self._sort(self._column)

    def _sort(self, column: str) -> None:
        down = self._sorted == (column, False)
        self._sorted, self._shown = (column, down), None
        self.draw()

    def action_find(self) -> None:
        """Go to a row by part of what stands in it."""
        view = self._shown
        if view is None:
            return
        lines = [", ".join(filter(None, view.rows[n].cells)) or "(empty)" for n in self._order]

        def found(line: str | None) -> None:
            if line is not None:
                self.grid.move_cursor(row=lines.index(line))
                self.grid.focus()

        self.app.push_screen(Find(lines, "Find a row"), found)

    def action_next_problem(self) -> None:
        """Go to the next row with a problem."""
        view = self._shown
        wrong = [k for k, n in enumerate(self._order) if view is not None and view.rows[n].problems]
        if wrong:
            here = self.grid.cursor_coordinate.row
            self.grid.move_cursor(row=next((k for k in wrong if k > here), wrong[0]))

    # -- editing ---------------------------------------------------------------------------------

    @on(DataTable.CellSelected)
    def _edit(self) -> None:
        view, row, column = self._shown, self._row, self._column
        if view is None or row is None or column is None:
            return
        facts = self.session.plan.facts if self.session.plan else None
        field = row_fields(sections.TABLES[view.section].row, [column], facts)[0]
        cells = dict(zip(view.columns, view.rows[row].cells, strict=False))

        def wrong(text: str) -> str:
            return wrong_cell(view.section, {**cells, column: text.strip()}, column)

        def given(text: str | None) -> None:
            if text is not None and text.strip() != cells.get(column, ""):
                self.attempt(
                    lambda: self.session.tables.set_cell(view.name, row, column, text.strip())
                )

        said = " ".join(
            filter(
                None,
                (field.meaning, f"One of {', '.join(field.choices)}." if field.choices else ""),
            )
        )
        known = field.choices or field.known
        self.app.push_screen(
            Ask(column, cells.get(column, ""), said=said, known=known, check=wrong), given
        )

    def action_add(self) -> None:
        """Add a row."""
        view = self._shown
        if view is None:
            return
        facts = self.session.plan.facts if self.session.plan else None
        fields = row_fields(sections.TABLES[view.section].row, (*view.columns, *view.more), facts)

        def given(cells: Mapping[str, str] | None) -> None:
            if cells and self.attempt(lambda: self.session.tables.add_row(view.name, cells)):
                self.grid.move_cursor(row=len(self._order) - 1)

        def check(cells: Mapping[str, str]) -> list[tuple[str, str]]:
            return [
                (f.key, text)
                for f in fields
                for text in (wrong_cell(view.section, cells, f.key),)
                if text
            ]

        self.app.push_screen(RowForm(f"New row: {view.title}", fields, check), given)

    def action_remove(self) -> None:
        """Take the row out."""
        view, row = self._shown, self._row
        if view is not None and row is not None:
            self.attempt(lambda: self.session.tables.remove_rows(view.name, [row]))

    # -- files -----------------------------------------------------------------------------------

    def action_bring_in(self) -> None:
        """Replace the rows by those of a file."""
        view = self._shown

        def given(path: str | None) -> None:
            if path and view is not None:
                self.attempt(
                    lambda: self.session.tables.import_file(view.name, Path(path).expanduser())
                )

        if view is not None:
            said = f"CSV or XLSX file whose rows take the place of those of {view.title}:"
            self.app.push_screen(Ask("Import", "", said=said), given)

    def action_write_out(self) -> None:
        """Write the rows to a file."""
        view = self._shown

        def given(path: str | None) -> None:
            if path and view is not None:
                target = Path(path).expanduser()
                if self.attempt(lambda: self.session.tables.export(view.name, target)):
                    self.notify(f"Written: {target}", markup=False)

        if view is not None:
            suggested = str(Path.cwd() / f"{Path(view.name).stem}.xlsx")
            self.app.push_screen(
                Ask("Export", suggested, said="File to write, .csv or .xlsx:"), given
            )


SCREEN = TablesPage
