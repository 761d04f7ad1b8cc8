"""The lines of the roster grid as segments: names, days, totals, and what stands above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from ...facts import Cell, Facts, Person, Site
from ...roster import Roster
from ..shown_coverage import DaySigns
from .columns import WEEK_TOTAL, Columns, GridRow, grouped

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "SA", "SU")
OFF, LEAVE, HOLIDAY = "·", "=", "PH"
PINNED, BROKEN, CHANGED = "!", "×", "≠"
KINDS = ("early", "day", "late", "night")

Look = Callable[[str], Style]
"""The style that has a name; several names apart by blanks are laid over each other."""
Segments = list[Segment]


@dataclass(frozen=True, eq=False)
class View:
    """What the grid shows: a roster, some of its people, and marks."""

    roster: Roster
    people: tuple[Person, ...]
    broken: frozenset[Cell] = frozenset()
    """Cells in which a hard rule is broken."""
    changed: frozenset[Cell] = frozenset()
    """Cells that differ from another roster."""
    coverage: DaySigns = ()
    """Lines under the dates: a label, and a sign for each day."""

    @cached_property
    def rows(self) -> tuple[GridRow, ...]:
        """People under the headings of their sites."""
        return grouped(self.roster.facts, self.people)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of each person."""
        return {r.name: k for k, r in enumerate(self.rows) if isinstance(r, Person)}

    def differing(self, other: View) -> frozenset[int] | None:
        """Return the rows that differ from *other*; None if it shows other people or days."""
        if self.roster.facts is not other.roster.facts or self.people != other.people:
            return None
        cells = self.broken ^ other.broken | self.changed ^ other.changed
        # Most edits make a new roster out of the old one; the very same needs no look at its cells.
        if self.roster is not other.roster:
            cells |= self.roster.pinned ^ other.roster.pinned
            cells |= {cell for cell, _ in self.roster.cells.items() ^ other.roster.cells.items()}
        who = {name for name, _ in cells}
        return frozenset(self.row_of[name] for name in who if name in self.row_of)


class Painter:
    """Paints the lines of one view at one width."""

    def __init__(self, view: View, columns: Columns, look: Look, spare: int) -> None:
        self.view, self.columns, self.look = view, columns, look
        self.spare = spare
        """Lines there is room for above the people."""
        self.facts: Facts = view.roster.facts

    # -- above the people ------------------------------------------------------------------------

    @cached_property
    def header(self) -> list[tuple[str, Segments, str]]:
        """The lines above the people as left text, days and right text, as far as there is room."""
        lines = [
            ("", self._spread(lambda week: f"│{_span(week)}"), "│"),
            ("", self._dates(lambda day: DAYS[day.weekday()]), "│ in all"),
            ("", self._dates(lambda day: f"{day.day:>2}", "h"), f"│ sh    h{OFF:>3}"),
        ]
        for label, signs in self.view.coverage:
            lines.append((label, self._coverage(signs), "│"))
        if len(lines) <= self.spare:
            return lines
        # Where not all of it fits, the dates alone say what a column is.
        return lines[2:3] if self.spare > 0 else []

    def _spread(self, text: Callable[[Sequence[date]], str]) -> Segments:
        width, look = self.columns.week, self.look("header")
        return [Segment(set_cell_size(text(week), width), look) for week in self.facts.weeks]

    def _dates(self, text: Callable[[date], str], total: str = "") -> Segments:
        line = []
        for week in self.facts.weeks:
            for day in week:
                name = "weekend" if day.weekday() >= 5 else "header"
                line += self._day(day, text(day), self.look(name))
            line.append(Segment(f"{total:>{WEEK_TOTAL}}", self.look("dim")))
        return line

    def _coverage(self, signs: Sequence[str]) -> Segments:
        line = []
        for week, start in zip(self.facts.weeks, range(0, len(signs), 7), strict=True):
            for day, sign in zip(week, signs[start : start + 7], strict=True):
                line += self._day(day, sign, self.look(f"coverage-{_level(sign)}"))
            line.append(Segment(" " * WEEK_TOTAL))
        return line

    def _day(self, day: date, text: str, style: Style) -> Segments:
        gap = Segment("│", self.look("dim")) if day in self._mondays else Segment(" ")
        return [gap, Segment(set_cell_size(text, self.columns.cell - 1), style)]

    @cached_property
    def _mondays(self) -> frozenset[date]:
        return frozenset(week[0] for week in self.facts.weeks)

    # -- people ----------------------------------------------------------------------------------

    def heading(self, site: Site) -> tuple[str, Segments, str]:
        """Return the heading of a site: its name, how many are shown, its public holidays."""
        people = [person for person in self.view.people if person.site == site.name]
        # Holidays are those of the site: anybody who works there has them.
        one = people[0].name
        line: Segments = []
        for week in self.facts.weeks:
            for day in week:
                holiday = HOLIDAY if self.facts.holiday(one, day) else ""
                line += self._day(day, holiday, self.look("holiday" if holiday else "heading"))
            line.append(Segment(" " * WEEK_TOTAL))
        return f"{site.name} ({len(people)})", line, "│"

    def person(
        self, who: Person, chosen: frozenset[int], cursor: int | None
    ) -> tuple[str, Segments, str]:
        """Return a person's line with *chosen* days marked, and above all the day *cursor*."""
        line: Segments = []
        cells, facts = self.view.roster.cells, self.facts
        # Codes and minutes are looked up once a line, for the cells and all totals.
        worked = [cells.get((who.name, day)) for day in facts.days]
        paid = [facts.shift(code).paid if code else 0 for code in worked]
        index = 0
        for week in facts.weeks:
            for day in week:
                text, style = self._cell(who, day)
                if index == cursor:
                    style = style + self.look("cursor")
                elif index in chosen:
                    style = style + self.look("chosen")
                line += self._day(day, text, style)
                index += 1
            total = _hours(sum(paid[index - 7 : index]))
            line.append(Segment(f"{total:>{WEEK_TOTAL}}", self.look("dim")))
        shifts = sum(code is not None for code in worked)
        off = self._days_off(who, worked)
        return who.name, line, f"│{shifts:>3}{_hours(sum(paid)):>5}{off:>3}"

    def _days_off(self, who: Person, worked: Sequence[str | None]) -> int:
        """Return how many days somebody is due and does not work: leave is no day off."""
        off = 0
        for code, day in zip(worked, self.facts.days, strict=True):
            if code is None and self.facts.due(who.name, day):
                off += 1
        return off

    def _cell(self, who: Person, day: date) -> tuple[str, Style]:
        """Return what stands in a cell and how it looks; in one piece, as it is for every cell."""
        cell = (who.name, day)
        view = self.view
        code = view.roster.at(*cell)
        if code is not None:
            kind = self.facts.shift(code).kind
            text, names = code, [kind if kind in KINDS else "other"]
        elif self.facts.on_leave(*cell):
            text, names = LEAVE, ["leave"]
        else:
            # Outside the contract a cell is empty: there is nobody to be off.
            text, names = (OFF if who.employed(day) else ""), ["off"]
        mark = ""
        # There is room for one mark: what is broken matters more than that it differs, and that
        # more than that it is pinned. The styles are laid over each other, so none is lost.
        if cell in view.roster.pinned:
            mark = PINNED
            names.append("pinned")
        if cell in view.changed:
            mark = CHANGED
            names.append("changed")
        if cell in view.broken:
            mark = BROKEN
            names.append("broken")
        return text + mark, self.look(" ".join(names))


def fitted(text: str, width: int) -> str:
    """Return *text* in exactly *width* columns, cut short with an ellipsis."""
    # Cells, not characters: a name may have letters of two columns.
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…"


def _span(week: Sequence[date]) -> str:
    first, last = week[0], week[-1]
    month = f" {first:%b}" if first.month != last.month else ""
    return f"{first.day}{month}–{last.day} {last:%b}"


def _hours(minutes: int) -> str:
    # A total has four columns: 37.5 and not 37h30.
    return f"{minutes / 60:.3g}" if minutes % 60 else str(minutes // 60)


def _level(sign: str) -> str:
    """Return how good the coverage is that *sign* stands for."""
    return {" ": "none", ".": "met", "+": "over", "-": "wanting", "?": "unknown"}.get(sign, "short")
