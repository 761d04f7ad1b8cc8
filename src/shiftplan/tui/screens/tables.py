"""Tables: people, leave, wishes, demand, edited in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from ...facts import Facts
from ...folder import sections
from ...session import TableView
from ..dialogs.ask import Ask
from ..dialogs.find import Find
from ..dialogs.row import RowForm
from ..effects import effect_lines
from ..fields import Field, row_fields
from ..rows import in_order, wrong_cell
from ..table_files import ask_for_rows, ask_where_to_write
from ..widgets.keys import enter
from ..widgets.table_grid import SortedBy, TableGrid
from .page import Page


class TablesPage(Page):
    """The plan's tables."""

    NAME = "tables"
    AUTO_FOCUS = "#table"
    NEEDS_PLAN = False
    HELP = """
# Tables

Choose a table on the left, **Tab** into it. **Enter** changes a cell, `a` adds a row, Delete
takes one out, `o` sorts by the column of the cursor (again: the other way), `/` finds a row. A
row with a problem is marked `×`, and what is wrong stands below. `c` adds a column the file has
not got yet. `i` reads rows from a CSV or XLSX file in place of these, `e` writes them to one.
A person's name is changed in the other tables, the rules and the roster as well.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("delete,backspace", "remove", "Delete", key_display="Del"),
        Binding("o", "sort", "Sort"),
        Binding("c", "column", "Column", show=False),
        Binding("slash", "find", "Find", key_display="/"),
        Binding("i", "import_file", "Import"),
        Binding("e", "export_file", "Export"),
        Binding("x", "next_problem", "Next ×", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._table: str = ""
        """The name of the table that is shown."""
        self._sorted: SortedBy | None = None
        self._order: list[int] = []
        """The row of the file that each line shows."""
        self._shown: TableView | None = None

    def body(self) -> ComposeResult:
        """Lay out the names of the tables and one of them."""
        with Horizontal(id="tables-box"):
            yield OptionList(id="table-names", markup=False)
            yield enter(TableGrid(id="table", cursor_type="cell", zebra_stripes=True), "Change")
        yield Static(id="row-status")

    @property
    def grid(self) -> TableGrid:
        """The table."""
        return self.query_one(TableGrid)

    # -- showing ---------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show the names, and the table as it is."""
        self._list_names()
        if self._table:
            self._fill(self.session.tables.view(self._table))

    def _list_names(self) -> None:
        names = self.session.tables.names
        options = self.query_one("#table-names", OptionList)
        if [option.id for option in options.options] == [name for name, _ in names]:
            return
        options.clear_options()
        options.add_options([Option(title, id=name) for name, title in names])
        known = [name for name, _ in names]
        # The table that was shown may be gone, with its section or its file.
        if self._table not in known:
            self._table = known[0] if known else ""
        options.highlighted = known.index(self._table) if self._table else None

    def _fill(self, view: TableView) -> None:
        if view == self._shown:
            self._show_status()
            return
        at = self.grid.cursor_coordinate
        same_table = self._shown is not None and self._shown.name == view.name
        self._shown = view
        self._order = in_order(view, self._sorted)
        self.grid.show(view, self._order, self._sorted)
        if same_table and view.rows:
            self.grid.move_cursor(row=min(at.row, len(view.rows) - 1), column=at.column)
        self._show_status()

    @on(DataTable.CellHighlighted)
    def _show_status(self) -> None:
        """Say what is wrong with the row, what the column means, what the latest edit did."""
        view = self._shown
        if view is None:
            return
        lines = [Text(f"× {p.message} {p.hint}", "bold red") for p in view.problems]
        lines += self._row_lines(view)
        column = self._column
        meaning = _meaning(view, column) if column else ""
        if meaning:
            lines.append(Text.assemble((f"{column}: ", "bold"), meaning))
        effect = self.shell.effect
        if effect is not None:
            lines += [Text(effect.label, "bold"), *effect_lines(effect)]
        self.query_one("#row-status", Static).update(Text("\n").join(lines))

    def _row_lines(self, view: TableView) -> list[Text]:
        row = self._row
        if row is not None:
            problems = view.rows[row].problems
            return [Text(f"× {p.key}: {p.message} {p.hint}", "bold red") for p in problems]
        return [] if view.rows else [Text("No rows yet: a adds one.", "dim")]

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

    def _field(self, view: TableView, column: str) -> Field:
        return row_fields(sections.TABLES[view.section].row, [column], self._facts)[0]

    @property
    def _facts(self) -> Facts | None:
        return self.session.plan.facts if self.session.plan is not None else None

    # -- choosing --------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#table-names")
    def _peek(self, event: OptionList.OptionHighlighted) -> None:
        name = str(event.option.id)
        # The list is highlighted when it is filled, too.
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
        # The same column again is the other way.
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
        if view is None:
            return
        wrong = [k for k, number in enumerate(self._order) if view.rows[number].problems]
        if wrong:
            here = self.grid.cursor_coordinate.row
            # After the last one comes the first again.
            self.grid.move_cursor(row=next((k for k in wrong if k > here), wrong[0]))

    # -- editing ---------------------------------------------------------------------------------

    @on(DataTable.CellSelected)
    def _edit(self) -> None:
        view, row, column = self._shown, self._row, self._column
        if view is None or row is None or column is None:
            return
        field = self._field(view, column)
        cells = dict(zip(view.columns, view.rows[row].cells, strict=False))
        before = cells.get(column, "")

        def wrong(text: str) -> str:
            return wrong_cell(view.section, {**cells, column: text.strip()}, column)

        def given(text: str | None) -> None:
            if text is not None and text.strip() != before:
                self._set_cell(view, row, column, text.strip())

        choices = f"One of {', '.join(field.choices)}." if field.choices else ""
        help = " ".join(filter(None, (field.meaning, choices)))
        known = field.choices or field.known
        self.app.push_screen(Ask(column, before, help=help, known=known, check=wrong), given)

    def _set_cell(self, view: TableView, row: int, column: str, text: str) -> None:
        self.attempt(lambda: self.session.tables.set_cell(view.name, row, column, text))

    def action_add(self) -> None:
        """Add a row."""
        view = self._shown
        if view is None:
            return
        model = sections.TABLES[view.section].row
        fields = row_fields(model, (*view.columns, *view.more), self._facts)

        def given(cells: Mapping[str, str] | None) -> None:
            if cells and self.attempt(lambda: self.session.tables.add_row(view.name, cells)):
                self.grid.move_cursor(row=len(self._order) - 1)

        def check(cells: Mapping[str, str]) -> list[tuple[str, str]]:
            found = [(field.key, wrong_cell(view.section, cells, field.key)) for field in fields]
            return [(key, text) for key, text in found if text]

        self.app.push_screen(RowForm(f"New row: {view.title}", fields, check), given)

    def action_column(self) -> None:
        """Add a column that the table could have and the file has not."""
        view = self._shown
        if view is None or not view.more:
            return

        def chosen(column: str | None) -> None:
            if column is not None:
                self.attempt(lambda: self.session.tables.add_column(view.name, column))
                self.grid.focus()

        self.app.push_screen(Find(list(view.more), "Add a column"), chosen)

    def action_remove(self) -> None:
        """Take the row out."""
        view, row = self._shown, self._row
        if view is not None and row is not None:
            self.attempt(lambda: self.session.tables.remove_rows(view.name, [row]))

    # -- files -----------------------------------------------------------------------------------

    def action_import_file(self) -> None:
        """Replace the rows by those of a file."""
        if self._shown is not None:
            ask_for_rows(self, self._shown)

    def action_export_file(self) -> None:
        """Write the rows to a file."""
        if self._shown is not None:
            ask_where_to_write(self, self._shown)


def _meaning(view: TableView, column: str) -> str:
    # Without facts, which only suggest values: this is asked for with every key.
    return row_fields(sections.TABLES[view.section].row, [column], None)[0].meaning


SCREEN = TablesPage
