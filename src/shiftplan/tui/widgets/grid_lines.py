"""People × days, drawn line by line: a thousand people cost no more than those in sight."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...facts import Person
from .columns import Columns, GridRow
from .cursor import Cursor
from .paint import KINDS, Painter, Segments, View, fitted

KEPT = 4000
"""Lines kept ready to be drawn."""
LEVELS = ("none", "met", "over", "wanting", "short")
PARTS = ("off", "leave", "name", "heading", "holiday", "header", "weekend", "dim")
_OVERLAYS = frozenset({"pinned", "broken", "changed", "chosen", "cursor", "here"})
"""Styles laid over others."""


class GridLines(ScrollView):
    """The lines of a roster in sight, the cursor among them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"grid--{kind}" for kind in (*KINDS, "other")),
        *(f"grid--coverage-{level}" for level in LEVELS),
        *(f"grid--{part}" for part in PARTS),
        *(f"grid--{overlay}" for overlay in _OVERLAYS),
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view: View | None = None
        self._cursor = Cursor()
        self._painter: Painter | None = None
        self._columns: Columns | None = None
        self._header: list[Strip] | None = None
        self._wholes: dict[int, Strip] = {}
        """Lines of the people, all days of them, for as long as they hold."""
        self._parts: dict[tuple[int, int], Strip] = {}
        """What is seen of a line, by row and how far the days are scrolled."""
        self._looks: dict[str, Style] = {}

    # -- what is shown ---------------------------------------------------------------------------

    def show(self, view: View) -> None:
        """Show *view*; the cursor stays with its person and day as far as they are still there."""
        old, self.view, self._painter = self.view, view, None
        rows = None if old is None else view.differing(old)
        header = old is None or old.coverage != view.coverage
        self._forget(rows, header)
        self._cursor.enter(view)
        if self._measure() or rows is None:
            self.refresh()
            return
        # After an edit a few lines differ; drawing those alone is what keeps a key press short.
        self._refresh_rows(rows)
        if header:
            self.refresh(Region(0, 0, self.size.width, self._top))

    def _forget(self, rows: Collection[int] | None, header: bool = True) -> None:
        """Forget the lines of *rows*, all of them if it is None."""
        if header:
            self._header = None
        if rows is None:
            self._wholes.clear()
            self._parts.clear()
        else:
            for row in rows:
                self._wholes.pop(row, None)
            self._parts = {key: strip for key, strip in self._parts.items() if key[0] not in rows}

    def _refresh_rows(self, rows: Iterable[int]) -> None:
        for row in rows:
            y = row + self._top - self.scroll_offset.y
            if self._top <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))

    def _measure(self) -> bool:
        """Tell the scroll bars how much there is; say whether that is new."""
        painter = self.painter
        if painter is None or self.view is None:
            return False
        columns = painter.columns
        size = Size(columns.name + columns.days + columns.totals, self._top + len(self.view.rows))
        new = size != self.virtual_size
        if new:
            self.virtual_size = size
        return new

    @property
    def painter(self) -> Painter | None:
        """What paints the view at the present width, None if there is nothing to show."""
        room = self.scrollable_content_region
        if self.view is None or not self.view.rows or room.width < 1:
            return None
        spare = room.height - 3  # so many lines are left to people, whatever stands above them
        known = self._painter
        if known is not None and known.columns.width == room.width and known.spare == spare:
            return known
        return self._new_painter(self.view, room.width, spare)

    def _new_painter(self, view: View, width: int, spare: int) -> Painter:
        facts, columns = view.roster.facts, self._columns
        # Measuring looks at every name; an edit of the roster changes none of them.
        if columns is None or columns.width != width or columns.facts is not facts:
            self._columns = columns = Columns(facts, width)
            self._forget(None)
        self._painter = painter = Painter(view, columns, self._look, spare)
        # A terminal that grows or shrinks may show more lines above the people, or fewer.
        if self._header is not None and len(self._header) != len(painter.header):
            self._header = None
        return painter

    @property
    def _top(self) -> int:
        """Lines above the people."""
        return len(self.painter.header) if self.painter else 0

    def _look(self, names: str) -> Style:
        # Textual's own way to a component's style is too slow to be gone for every cell.
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
        self._forget(None)

    def on_resize(self) -> None:
        """Measure anew."""
        self._measure()
        self._follow()

    # -- drawing ---------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is in sight."""
        painter, width = self.painter, self.size.width
        if painter is None or self.view is None:
            return self._empty(y)
        header = self._header_lines(painter)
        if y < len(header):
            # Above the people there are no rows: these are counted from -1 down.
            return self._part(painter, -1 - y, header[y])
        row = y - len(header) + self.scroll_offset.y
        if row >= len(self.view.rows):
            return Strip.blank(width, self.rich_style)
        who = self.view.rows[row]
        chosen = self._cursor.chosen_days(row)
        # Where the cursor or a range is, a line is good for one key only: it is not kept.
        if isinstance(who, Person) and (chosen or row == self._cursor.at.row):
            return self._marked(painter, row, who, chosen)
        return self._part(painter, row, self._row(painter, row, who))

    def _empty(self, y: int) -> Strip:
        """Return a line of a grid without people."""
        width = self.size.width
        text = "Nobody to show." if self.view is not None and y == 0 else ""
        return Strip([Segment(fitted(text, width), self.rich_style)], width)

    def _header_lines(self, painter: Painter) -> list[Strip]:
        if self._header is None:
            look = self._look("header")
            self._header = [self._whole(painter, *line, look) for line in painter.header]
        return self._header

    def _marked(self, painter: Painter, row: int, who: Person, chosen: frozenset[int]) -> Strip:
        """Return a line with the cursor or a range in it."""
        at = self._cursor.at
        here = at.day if row == at.row else None
        look = self._look("name" if here is None else "name here")
        return self._seen(painter, self._whole(painter, *painter.person(who, chosen, here), look))

    def _row(self, painter: Painter, row: int, who: GridRow) -> Strip:
        whole = self._wholes.get(row)
        if whole is not None:
            return whole
        if isinstance(who, Person):
            line, look = painter.person(who, frozenset(), None), self._look("name")
        else:
            line, look = painter.heading(who), self._look("heading")
        whole = self._wholes[row] = self._whole(painter, *line, look)
        return whole

    def _whole(self, painter: Painter, name: str, days: Segments, right: str, look: Style) -> Strip:
        """Return a line with all its days, none of them out of sight."""
        columns = painter.columns
        left = Segment(fitted(name, columns.name), look)
        end = Segment(f"{right:<{columns.totals}}"[: columns.totals], self._look("dim"))
        return Strip([left, *days, end]).simplify()

    def _part(self, painter: Painter, row: int, whole: Strip) -> Strip:
        """Return what is seen of the line of *row*."""
        # Whoever scrolls sideways through a large team would fill the memory.
        if len(self._parts) > KEPT:
            self._parts.clear()
        key = (row, self.scroll_offset.x)
        if key not in self._parts:
            self._parts[key] = self._seen(painter, whole)
        return self._parts[key]

    def _seen(self, painter: Painter, whole: Strip) -> Strip:
        columns = painter.columns
        end = columns.name + columns.days
        first = columns.name + min(self.scroll_offset.x, max(0, columns.days - 1))
        days = whole.crop(first, min(end, first + columns.room))
        parts = [
            whole.crop(0, columns.name),
            days.adjust_cell_length(min(columns.room, columns.days)),
            whole.crop(end, end + columns.totals),
        ]
        return Strip.join(parts).adjust_cell_length(self.size.width).apply_style(self.rich_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines in *crop*, measured first."""
        self._measure()
        return super().render_lines(crop)

    def _follow(self) -> None:
        """Scroll so that the cursor is in sight, and a site's heading with its first person."""
        painter = self.painter
        if painter is None or self.view is None:
            return
        (x, y), at = self.scroll_offset, self._cursor.at
        x = self._column_in_sight(painter.columns, x)
        room = max(1, self.scrollable_content_region.height - self._top)
        # The first person of a site is shown with the heading above them.
        under_heading = at.row > 0 and not isinstance(self.view.rows[at.row - 1], Person)
        top = at.row - 1 if under_heading else at.row
        y = top if top < y else max(y, at.row - room + 1)
        self.scroll_to(x, y, animate=False, force=True)

    def _column_in_sight(self, columns: Columns, x: int) -> int:
        """Return how far the days are scrolled so that the cursor is seen, from *x* as little as
        may be.
        """
        left = columns.left(self._cursor.at.day)
        if left < x:
            return left
        return max(x, left + columns.cell - columns.room)
