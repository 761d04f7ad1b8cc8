"""Coverage of one queue as a heat map: a line a day of UTC, a column a stretch of time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...clock import DAY, SLOT, day_start, to_local
from ...facts import Facts
from ...roster.coverage import Interval
from ..shown_coverage import NOTHING, UNKNOWN, ShownCoverage, badness, sign
from .paint import DAYS, fitted

LABEL = 10
LEVELS = ("none", "met", "over", "wanting", "short", "shorter", "unknown")


class Heat(ScrollView, can_focus=True):
    """Required against staffed, with the hours of UTC and of every site's local time above."""

    HELP = """
# Coverage

A line is a day of UTC. `.` target met, `+` more than that, `-` only the minimum, `1`-`9` so many
staff short of the minimum, `?` not judged, blank: nobody needed, or not the time of this roster.
The rulers above show the same moment in every site's local time, on the day of the cursor: where
clocks change, they shift against each other. Of what is required of a whole day, the whole day has
its mark.
"""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"heat--{level}" for level in LEVELS),
        *(f"heat--{part}" for part in ("ruler", "label", "here", "cursor")),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Day before", show=False),
        Binding("down", "move(1, 0)", "Next day", show=False),
        Binding("left", "move(0, -1)", "Earlier", show=False),
        Binding("right", "move(0, 1)", "Later", show=False),
        Binding("ctrl+left", "hours(-3)", "3 hours earlier", show=False),
        Binding("ctrl+right", "hours(3)", "3 hours later", show=False),
        Binding("pageup", "move(-7, 0)", "Week before", show=False),
        Binding("pagedown", "move(7, 0)", "Next week", show=False),
        Binding("home", "hours(-24)", "Midnight", show=False),
        Binding("end", "hours(24)", "End of the day", show=False),
        Binding("enter", "open", "Who could fill it"),
    ]

    class Moved(Message):
        """The cursor stands at another time."""

    class Opened(Message):
        """Somebody wants to fill what is missing under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts: Facts | None = None
        self._found: Mapping[int, Interval] = {}
        self._days: tuple[date, ...] = ()
        self._day = self._slot = 0
        self._looks: dict[str, Style] = {}
        self._signs: dict[tuple[int, int], list[str]] = {}

    # -- what is shown ---------------------------------------------------------------------------

    def show(self, coverage: ShownCoverage, number: int) -> None:
        """Show queue or requirement *number* of those there are maps of; the cursor stays at its
        time.
        """
        first_time, facts = self._facts is None, coverage.roster.facts
        self._facts = facts
        self._found = coverage.quarters(number)
        window = facts.window
        # The window ends before its last instant: at midnight no day more is begun.
        first, last = (to_local(t, "UTC").date() for t in (window.opens, window.end - 1))
        self._days = tuple(first + timedelta(days=k) for k in range((last - first).days + 1))
        if first_time:
            self._slot = _slot_of_day(window.opens)
        self._day = min(self._day, len(self._days) - 1)
        self._signs.clear()
        self._measure()
        self.refresh()

    @property
    def step(self) -> int:
        """Slots in one column, as few as fit."""
        room = self.scrollable_content_region.width - LABEL
        slots = DAY // SLOT
        # Columns of a quarter, half or whole hour: other widths would not meet full hours.
        if room >= slots:
            return 1
        return 2 if room >= slots // 2 else 4

    @property
    def _rulers(self) -> int:
        """Lines of clocks above the days."""
        if self._facts is None:
            return 0
        wanted = 1 + len(self._facts.sites)
        # On a small terminal the days come first.
        return max(0, min(wanted, self.scrollable_content_region.height - 2))

    def _measure(self) -> None:
        size = Size(LABEL + DAY // SLOT // self.step, self._rulers + len(self._days))
        if size != self.virtual_size:
            self.virtual_size = size

    def on_resize(self) -> None:
        """Measure anew."""
        self._signs.clear()
        self._measure()
        self._follow()

    def notify_style_update(self) -> None:
        """Forget styles: the theme has changed."""
        super().notify_style_update()
        self._looks.clear()

    def _look(self, name: str) -> Style:
        style = self._looks.get(name)
        if style is None:
            # The cursor's style is laid over the sign's, so it must not bring a background.
            style = self.get_component_rich_style(f"heat--{name}", partial=name == "cursor")
            self._looks[name] = style
        return style

    # -- the cursor ------------------------------------------------------------------------------

    @property
    def instant(self) -> int | None:
        """The start of the slot under the cursor."""
        return self._at(self._day, self._slot) if self._days else None

    @property
    def interval(self) -> Interval | None:
        """The interval under the cursor: the worst of those one column stands for."""
        if self.instant is None:
            return None
        width = SLOT * self.step
        start = self.instant - self.instant % width
        slots = range(start, start + width, SLOT)
        here = [self._found[slot] for slot in slots if slot in self._found]
        return max(here, key=lambda i: badness(sign(i)), default=None)

    def _at(self, day: int, slot: int) -> int:
        return day_start(self._days[day], "UTC") + slot * SLOT

    def go(self, instant: int) -> None:
        """Put the cursor on an instant."""
        at = to_local(instant, "UTC")
        if at.date() in self._days:
            self._put(self._days.index(at.date()), _slot_of_day(instant))

    def _put(self, day: int, slot: int) -> None:
        self._day = max(0, min(len(self._days) - 1, day))
        self._slot = max(0, min(DAY // SLOT - 1, slot))
        self._follow()
        self.refresh()
        self.post_message(self.Moved())

    def _follow(self) -> None:
        if not self._days:
            return
        room = max(1, self.scrollable_content_region.height - self._rulers)
        y = min(self._day, max(self.scroll_offset.y, self._day - room + 1))
        self.scroll_to(self.scroll_offset.x, y, animate=False, force=True)

    def action_move(self, days: int, columns: int) -> None:
        """Move by days and columns."""
        if self._days:
            self._put(self._day + days, self._slot - self._slot % self.step + columns * self.step)

    def action_hours(self, hours: int) -> None:
        """Move by hours inside the day."""
        if self._days:
            self._put(self._day, self._slot + hours * 60 // SLOT)

    def action_open(self) -> None:
        """Ask who could fill what is missing here."""
        self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; open it on a double click."""
        row, column = event.y - self._rulers, event.x - LABEL
        if row >= 0 and column >= 0 and self._days:
            self._put(row + self.scroll_offset.y, column * self.step)
            if event.chain == 2:
                self.action_open()

    # -- drawing ---------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is in sight."""
        width = self.size.width
        if self._facts is None or not self._days:
            return Strip.blank(width, self.rich_style)
        if y < self._rulers:
            line = self._ruler(y)
        elif y - self._rulers + self.scroll_offset.y < len(self._days):
            line = self._day_line(y - self._rulers + self.scroll_offset.y)
        else:
            line = []
        return Strip(line).adjust_cell_length(width).apply_style(self.rich_style)

    def _ruler(self, number: int) -> list[Segment]:
        assert self._facts is not None
        name, tz = "UTC", "UTC"
        if number > 0:
            site = self._facts.sites[number - 1]
            name, tz = site.name, site.timezone
        marks = [" "] * (DAY // SLOT // self.step)
        for column in range(0, len(marks), max(1, 4 // self.step)):
            local = to_local(self._at(self._day, column * self.step), tz)
            # Zones with half hours: their full hour began some columns before that of UTC.
            at = column - (local.minute // SLOT) // self.step
            # Every third hour is written; in between there is room for two digits.
            if local.hour % 3 == 0 and 0 <= at < len(marks) - 1:
                marks[at : at + 2] = f"{local.hour:02d}"
        here = self._slot // self.step
        text, look = "".join(marks), self._look("ruler")
        return [
            Segment(f"{fitted(name, LABEL - 1)} ", self._look("label")),
            Segment(text[:here], look),
            Segment(text[here : here + 1], self._look("here")),
            Segment(text[here + 1 :], look),
        ]

    def _day_line(self, day: int) -> list[Segment]:
        when = self._days[day]
        label = f"{DAYS[when.weekday()]} {when.day:>2} {when:%b} "
        line = [Segment(label, self._look("here" if day == self._day else "label"))]
        here = self._slot // self.step if day == self._day else -1
        for column, mark in enumerate(self._marks(day)):
            style = self._look(level(mark))
            line.append(Segment(mark, style + self._look("cursor") if column == here else style))
        return line

    def _marks(self, day: int) -> list[str]:
        """Return the signs of a day, column by column."""
        # Kept for as long as the coverage is the same: the cursor draws a line with every key.
        key = (day, self.step)
        if key not in self._signs:
            begin, width = self._at(day, 0), SLOT * self.step
            starts = range(begin, begin + DAY, width)
            self._signs[key] = [self._worst(start, start + width) for start in starts]
        return self._signs[key]

    def _worst(self, start: int, end: int) -> str:
        """Return the worst sign of a column."""
        slots = range(start, end, SLOT)
        signs = [sign(self._found[slot]) for slot in slots if slot in self._found]
        return max(signs, key=badness, default=NOTHING)


def _slot_of_day(instant: int) -> int:
    at = to_local(instant, "UTC")
    return (at.hour * 60 + at.minute) // SLOT


def level(mark: str) -> str:
    """Return the name of a sign's style."""
    if mark.isdigit():
        return "shorter" if int(mark) >= 3 else "short"
    return {NOTHING: "none", ".": "met", "+": "over", UNKNOWN: "unknown"}.get(mark, "wanting")
