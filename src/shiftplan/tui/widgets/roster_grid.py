"""The roster grid one moves about and types in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import ActiveBinding, Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from ...facts import Cell
from .cursor import CursorPosition
from .grid_lines import GridLines


class RosterGrid(GridLines, can_focus=True):
    """The roster, with a cursor and a range of cells."""

    HELP = """
# The roster

A row is a person, a column a day in that person's local time. Codes are shifts, `·` is a day off,
`=` leave, `PH` on a site's line a public holiday. Marks behind a code: `!` pinned, `×` breaks a
hard rule, `≠` differs.

Under the dates stands the coverage of each day, in the team's time zone: `.` target met, `+` more
than that, `-` only the minimum, `1`-`9` so many staff short of the minimum at worst.
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

    def __init__(
        self, *, assign: Callable[[str], None] | None = None, id: str | None = None
    ) -> None:
        """*assign* is called with each shift code typed; without it nothing can be typed."""
        super().__init__(id=id)
        self._assign: Callable[[str], None] | None = assign
        self._prefix: str = ""
        """The letters of a code that has not been typed to its end."""

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
            self._put(CursorPosition(self.view.row_of[who], at))

    def choose(self, first: Cell, last: Cell) -> None:
        """Choose the range between two cells, the cursor on the last."""
        self.go(*first)
        who, day = last
        if self.view is not None and who in self.view.row_of:
            at = CursorPosition(self.view.row_of[who], self._cursor.days.index(day))
            self._put(at, choosing=True)

    def drop_range(self) -> None:
        """Choose only the cell under the cursor."""
        self._put(self._cursor.at)

    def _put(self, at: CursorPosition, *, choosing: bool = False) -> None:
        before, whole = self._cursor.at, choosing or self.has_range
        self._cursor.put(at, choosing=choosing)
        self._prefix = ""
        old = self.scroll_offset
        self._follow()
        if whole or self.scroll_offset != old:
            self.refresh()
        else:
            # The common key: two lines are drawn, the one left and the one entered.
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
        # Further than any horizon; the cursor stays inside the grid.
        self.action_move(0, way * 10_000)

    def action_corner(self, way: int) -> None:
        """Go to the first or last person."""
        self.action_move(way * 1_000_000, 0)

    def action_open(self) -> None:
        """Take the code typed so far, or ask for more about the cell under the cursor."""
        if self._ready is not None:
            self._take(self._ready)
        elif self.cell is not None:
            self.post_message(self.Opened())

    async def on_key(self, event: events.Key) -> None:
        """Do what a key means here, one key after the other: a shift's letter, else a command.

        Commands would otherwise take the way round by the application, and a letter typed after an
        arrow would be there before it.
        """
        active = self.screen.active_bindings.get(event.key)
        if self._takes(event, active is not None):
            event.stop()
            event.prevent_default()
            self._type(event.character or "")
        elif active is not None and self._runs_here(active):
            event.stop()
            event.prevent_default()
            await self.app.run_action(active.binding.action, active.node)

    def _runs_here(self, active: ActiveBinding) -> bool:
        # What the application does, such as showing a screen, may take its own way; but undo must
        # come between the edits before and after it.
        return active.node is not self.app or active.binding.action in ("undo", "redo")

    def _takes(self, event: events.Key, command: bool) -> bool:
        """Say whether a key is a letter of a code; a small letter that is a command stays one."""
        char = event.character or ""
        if self._assign is None or self.cell is None:
            return False
        if len(char) != 1 or not char.isprintable():
            return False
        if self._prefix:
            # A code once begun goes on, with digits and with letters that are commands.
            return bool(self._beginning(self._prefix + char))
        return char.isalpha() and not (char.islower() and command)

    def _beginning(self, typed: str) -> list[str]:
        """Return the codes of the person under the cursor that begin with what was *typed*."""
        return [code for code in self._codes if code.upper().startswith(typed.upper())]

    @property
    def _codes(self) -> tuple[str, ...]:
        """The shifts of the person under the cursor."""
        return self.view.roster.facts.codes(self.cell[0]) if self.view and self.cell else ()

    @property
    def _ready(self) -> str | None:
        """The code that is typed already, if it is one."""
        return next((code for code in self._codes if code.upper() == self._prefix), None)

    def _take(self, code: str) -> None:
        self._prefix = ""
        if self._assign is not None:
            self._assign(code)

    def _type(self, char: str) -> None:
        typed = (self._prefix + char).upper()
        found = self._beginning(typed)
        if len(found) == 1 and found[0].upper() == typed:
            self._take(found[0])
        elif found:
            self._prefix = typed
            self._show_prefix(typed, found)
        elif self.cell is not None:
            possible = ", ".join(self._codes) or "none"
            sentence = f"{self.cell[0]} works no shift '{char}'. Possible: {possible}."
            self.notify(sentence, severity="warning", markup=False)

    def _show_prefix(self, typed: str, found: Sequence[str]) -> None:
        """Say how a code that was begun may go on."""
        sentence = f"{typed}… goes on: {', '.join(found[:6])}"
        # ``E`` may be a shift, and the beginning of ``E2`` as well.
        if self._ready is not None:
            sentence += f". Enter takes {typed}."
        self.notify(sentence, timeout=3, markup=False)

    def _at(self, offset: Offset) -> CursorPosition | None:
        """Return row and day at a place of the widget."""
        painter = self.painter
        if painter is None or self.view is None or offset.y < self._top:
            return None
        row = offset.y - self._top + self.scroll_offset.y
        if self._cursor.who(row) is None:
            return None
        x = offset.x - painter.columns.name
        # A click on a name or on the totals means the person: the day stays as it is.
        if not 0 <= x < painter.columns.room:
            return CursorPosition(row, self._cursor.at.day)
        day = painter.columns.day_at(x + self.scroll_offset.x)
        return None if day is None else CursorPosition(row, day)

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
