"""The roster grid one moves about and types in."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from ...facts import Cell
from .cursor import At
from .grid_lines import GridLines


class RosterGrid(GridLines, can_focus=True):
    """The roster, with a cursor and a range of cells."""

    HELP = """
# The roster

A row is a person, a column a day by that person's own clock. Codes are shifts, `·` is a day off, `=` leave,
`PH` on a site's line a public holiday. Marks behind a code: `!` pinned, `×` breaks a must, `≠` differs.

Under the dates stands the cover of each day, by the clock at home: `.` target met, `+` more than that,
`-` only the minimum, `1`-`9` so many heads below the minimum at worst.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Up", show=False),
        Binding("down", "move(1, 0)", "Down", show=False),
        Binding("left", "move(0, -1)", "Left", show=False),
        Binding("right", "move(0, 1)", "Right", show=False),
        Binding("shift+up", "move(-1, 0, True)", "Select up", show=False),
        Binding("shift+down", "move(1, 0, True)", "Select down", show=False),
        Binding("shift+left", "move(0, -1, True)", "Select left", show=False),
        Binding("shift+right", "move(0, 1, True)", "Select right", show=False),
        Binding("ctrl+right,tab", "move(0, 7)", "Next week", show=False),
        Binding("ctrl+left,shift+tab", "move(0, -7)", "Week before", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First day", show=False),
        Binding("end", "edge(1)", "Last day", show=False),
        Binding("ctrl+home", "corner(-1)", "First person", show=False),
        Binding("ctrl+end", "corner(1)", "Last person", show=False),
        Binding("enter", "open", "Choices"),
    ]

    class Moved(Message):
        """The cursor or the range has changed."""

    class Opened(Message):
        """Somebody wants to know more about the cell under the cursor."""

    class Typed(Message):
        """A shift code was typed, or None for a day off, for the chosen cells."""

        def __init__(self, code: str | None) -> None:
            super().__init__()
            self.code = code

    def __init__(self, *, editable: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editable = editable
        self._prefix = ""

    # -- where the cursor is ---------------------------------------------------------------------

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        return self._cursor.cell

    @property
    def chosen(self) -> tuple[Cell, ...]:
        """The cells of the range, or the one under the cursor, person by person."""
        return self._cursor.chosen

    @property
    def has_range(self) -> bool:
        """Say whether a range is chosen."""
        return self._cursor.anchor is not None

    def go(self, who: str, day: date | None = None) -> None:
        """Put the cursor on a person, and on a day."""
        if self.view is not None and who in self.view.row_of:
            days = self._cursor.days
            at = days.index(day) if day in days else self._cursor.at.day
            self._put(At(self.view.row_of[who], at))

    def choose(self, first: Cell, last: Cell) -> None:
        """Choose the range between two cells, the cursor on the last."""
        self.go(*first)
        if self.view is not None and last[0] in self.view.row_of:
            self._put(At(self.view.row_of[last[0]], self._cursor.days.index(last[1])), choosing=True)

    def drop_range(self) -> None:
        """Choose only the cell under the cursor."""
        self._put(self._cursor.at)

    def _put(self, at: At, *, choosing: bool = False) -> None:
        before, whole = self._cursor.at, choosing or self.has_range
        self._cursor.put(at, choosing=choosing)
        self._prefix = ""
        old = self.scroll_offset
        self._follow()
        if whole or self.scroll_offset != old:
            self.refresh()
        else:
            self._refresh_rows({before.row, at.row})
        self.post_message(self.Moved())

    # -- keys and mouse --------------------------------------------------------------------------

    def action_move(self, down: int, right: int, choosing: bool = False) -> None:
        """Move the cursor, with *choosing* the range's end."""
        if self.cell is not None:
            self._put(self._cursor.moved(down, right), choosing=choosing)

    def action_page(self, pages: int) -> None:
        """Move by as many people as are in sight."""
        self.action_move(pages * max(1, self.scrollable_content_region.height - self._top - 1), 0)

    def action_edge(self, way: int) -> None:
        """Go to the first or last day."""
        self.action_move(0, way * 10_000)

    def action_corner(self, way: int) -> None:
        """Go to the first or last person."""
        self.action_move(way * 1_000_000, 0)

    def action_open(self) -> None:
        """Ask for more about the cell under the cursor."""
        if self.cell is not None:
            self.post_message(self.Opened())

    def on_key(self, event: events.Key) -> None:
        """Take letters of shift codes; a small letter that is a command stays one."""
        char = event.character or ""
        if not self._editable or self.view is None or self.cell is None or len(char) != 1:
            return
        if not self._prefix and (not char.isalpha() or (char.islower() and self._is_command(event.key))):
            return
        codes = self.view.roster.facts.codes(self.cell[0])
        typed = (self._prefix + char).upper()
        fits = [code for code in codes if code.upper().startswith(typed)]
        if not fits and self._prefix:
            self._prefix = ""
            return
        event.stop()
        event.prevent_default()
        exact = [code for code in fits if code.upper() == typed]
        if exact and len(fits) == 1:
            self._prefix = ""
            self.post_message(self.Typed(exact[0]))
        elif fits:
            self._prefix = typed
            self.notify(f"{typed}… goes on: {', '.join(fits[:6])}", timeout=2)
        else:
            what = ", ".join(codes) or "none"
            self.notify(f"{self.cell[0]} works no shift '{char}'. Possible: {what}.", severity="warning")

    def _is_command(self, key: str) -> bool:
        return key in self.screen.active_bindings

    def _at(self, offset: Offset) -> At | None:
        """Return row and day at a place of the widget."""
        painter = self.painter
        if painter is None or self.view is None or offset.y < self._top:
            return None
        columns = painter.columns
        row = offset.y - self._top + self.scroll_offset.y
        x = offset.x - columns.name
        day = columns.day_at(x + self.scroll_offset.x) if 0 <= x < columns.room else self._cursor.at.day
        return None if day is None or self._cursor.who(row) is None else At(row, day)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the mouse is; a range may follow."""
        at = self._at(event.offset)
        if at is not None:
            self._put(at, choosing=event.shift)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw out a range while the button is down."""
        at = self._at(event.offset)
        if event.button and at is not None and at != self._cursor.at:
            self._put(at, choosing=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a range."""
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Open the cell on a double click."""
        if event.chain == 2 and self._at(event.offset) is not None:
            self.action_open()
