"""People × days, drawn line by line: a thousand people cost no more than those in sight."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...facts import Person
from .columns import Columns
from .cursor import Cursor
from .paint import KINDS, Painter, View, fitted

LEVELS = ("none", "met", "over", "wanting", "short")
_OVERLAYS = frozenset({"pinned", "broken", "changed", "chosen", "cursor", "here"})
"""Styles laid over others."""


class GridLines(ScrollView):
    """The lines of a roster in sight, the cursor among them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"grid--{kind}" for kind in (*KINDS, "other")),
        *(f"grid--cover-{level}" for level in LEVELS),
        *(
            f"grid--{part}"
            for part in (
                *("off", "leave", "name", "heading", "holiday", "head", "weekend", "dim"),
                *("pinned", "broken", "changed", "chosen", "cursor", "here"),
            )
        ),
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view: View | None = None
        self._cursor = Cursor()
        self._painter: Painter | None = None
        self._lines: dict[int, Strip] = {}
        self._looks: dict[str, Style] = {}

    # -- what is shown ---------------------------------------------------------------------------

    def show(self, view: View) -> None:
        """Show *view*; the cursor stays with its person and day as far as they are still there."""
        self.view, self._painter = view, None
        self._lines.clear()
        self._cursor.enter(view)
        self._measure()
        self.refresh()

    def _measure(self) -> None:
        painter = self.painter
        if painter is None or self.view is None:
            return
        columns = painter.columns
        size = Size(columns.name + columns.days + columns.totals, self._top + len(self.view.rows))
        if size != self.virtual_size:
            self.virtual_size = size

    @property
    def painter(self) -> Painter | None:
        """What paints the view at the present width, None if there is nothing to show."""
        width = self.scrollable_content_region.width
        if self.view is None or not self.view.rows or width < 1:
            return None
        if self._painter is None or self._painter.columns.width != width:
            self._lines.clear()
            self._painter = Painter(self.view, Columns(self.view.roster.facts, width), self._look)
        return self._painter

    @property
    def _top(self) -> int:
        """Lines above the people."""
        return len(self.painter.head(self._spare)) if self.painter else 0

    @property
    def _spare(self) -> int:
        return self.scrollable_content_region.height - 3

    def _look(self, names: str) -> Style:
        style = self._looks.get(names)
        if style is None:
            style = Style()
            for name in names.split():
                style += self.get_component_rich_style(f"grid--{name}", partial=name in _OVERLAYS)
            self._looks[names] = style
        return style

    def notify_style_update(self) -> None:
        """Forget styles and lines: the theme has changed."""
        super().notify_style_update()
        self._looks.clear()
        self._lines.clear()

    def on_resize(self) -> None:
        """Measure anew."""
        self._measure()
        self._follow()

    # -- drawing ---------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is in sight."""
        painter, width = self.painter, self.size.width
        if painter is None or self.view is None:
            text = "Nobody to show." if self.view is not None and y == 0 else ""
            return Strip([Segment(fitted(text, width), self.rich_style)], width)
        head = painter.head(self._spare)
        if y < len(head):
            left, line, right = head[y]
            return self._joined(painter, left, Strip(line), right, self._look("head"))
        row = y - len(head) + self.scroll_offset.y
        if row >= len(self.view.rows):
            return Strip.blank(width, self.rich_style)
        who = self.view.rows[row]
        if not isinstance(who, Person):
            name, line, right = painter.heading(who)
            return self._joined(painter, name, Strip(line), right, self._look("heading"))
        chosen, cursor = (
            self._cursor.chosen_days(row),
            self._cursor.at.day if row == self._cursor.at.row else None,
        )
        if cursor is not None or chosen:
            return self._person(painter, who, chosen, cursor)
        if row not in self._lines:
            self._lines[row] = self._person(painter, who, chosen, cursor, whole=True)
        return self._cropped(painter, self._lines[row])

    def _person(
        self, painter: Painter, who: Person, chosen: frozenset[int], cursor: int | None, whole: bool = False
    ) -> Strip:
        name, line, right = painter.person(who, chosen, cursor)
        look = self._look("name here" if cursor is not None else "name")
        if whole:
            columns = painter.columns
            ends = [Segment(right[: columns.totals], self._look("dim"))]
            return Strip([Segment(fitted(name, columns.name), look), *line, *ends])
        return self._joined(painter, name, Strip(line), right, look)

    def _cropped(self, painter: Painter, whole: Strip) -> Strip:
        columns = painter.columns
        x, end = self.scroll_offset.x, columns.name + columns.days
        first = min(x, max(0, columns.days - 1)) + columns.name
        parts = [whole.crop(0, columns.name), whole.crop(first, min(end, first + columns.room))]
        parts.append(whole.crop(end, end + columns.totals))
        return self._filled(parts, columns)

    def _joined(self, painter: Painter, name: str, days: Strip, right: str, look: Style) -> Strip:
        columns, x = painter.columns, self.scroll_offset.x
        left = Strip([Segment(fitted(name, columns.name), look)])
        end = Strip([Segment(f"{right:<{columns.totals}}"[: columns.totals], self._look("dim"))])
        return self._filled([left, days.crop(x, x + columns.room), end], columns)

    def _filled(self, parts: list[Strip], columns: Columns) -> Strip:
        left, days, end = parts
        days = days.adjust_cell_length(min(columns.room, columns.days))
        line = Strip.join([left, days, end]).adjust_cell_length(self.size.width)
        return line.apply_style(self.rich_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines in *crop*, measured first."""
        self._measure()
        return super().render_lines(crop)

    def _follow(self) -> None:
        """Scroll so that the cursor is in sight, and a site's heading with its first person."""
        painter = self.painter
        if painter is None or self.view is None:
            return
        columns, room = painter.columns, max(1, self.scrollable_content_region.height - self._top)
        (x, y), at = self.scroll_offset, self._cursor.at
        left = columns.left(at.day)
        if left < x:
            x = left
        elif left + columns.cell > x + columns.room:
            x = left + columns.cell - columns.room
        under_heading = at.row > 0 and not isinstance(self.view.rows[at.row - 1], Person)
        top = at.row - 1 if under_heading else at.row
        y = top if top < y else max(y, at.row - room + 1)
        self.scroll_to(x, y, animate=False, force=True)
