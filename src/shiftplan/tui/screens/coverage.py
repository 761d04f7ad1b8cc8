"""Coverage: every interval of a queue, the gaps worst first, and who could fill them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ...clock import hours, to_local
from ...facts import Cell, Facts
from ...roster.coverage import Gap, gaps
from ..dialogs.stand_ins import StandIns
from ..widgets.heat import Heat
from ..widgets.keys import enter
from ..words import short_day
from .page import Page

LISTED = 200
"""Gaps listed; beyond them they are small."""


class CoveragePage(Page):
    """Required against staffed."""

    NAME = "coverage"
    AUTO_FOCUS = "#heat"
    HELP = """
# Coverage

Below or beside the map stand the gaps, worst first. **Enter** on a gap, in the list or on the map, shows who
could fill it and what each would break. `t` changes between what is below the minimum and what is below the
target; `[` and `]` go from queue to queue.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "queue(-1)", "Queue before", key_display="[", show=False),
        Binding("right_square_bracket", "queue(1)", "Next queue", key_display="]"),
        Binding("t", "below", "Min/target"),
        Binding("x", "next_gap", "Next gap"),
        Binding("tab", "app.focus_next", "Map/list", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._queue = 0
        self._below: Literal["minimum", "target"] = "minimum"
        self._gaps: tuple[Gap, ...] = ()
        self._begun = False
        """Whether the cursor has been put on the worst gap."""

    def body(self) -> ComposeResult:
        """Lay out the map, what is under the cursor, and the gaps."""
        yield Static(id="queue-line")
        with Container(id="cover"):
            with Vertical(id="map"):
                yield Heat(id="heat")
                yield Static(id="interval")
            yield enter(OptionList(id="gaps", markup=False), "Who could fill it")

    @property
    def heat(self) -> Heat:
        """The map."""
        return self.query_one(Heat)

    def draw(self) -> None:
        """Show the coverage of the roster as it is."""
        cover = self.shell.cover
        if cover is None:
            return
        facts = cover.roster.facts
        queues = sorted(facts.queues)
        line = self.query_one("#queue-line", Static)
        if not queues:
            line.update("The plan has no [[demand]]: there is no coverage to look at.")
            return
        self._queue %= len(queues)
        queue = queues[self._queue]
        self.heat.show(cover, queue)
        found = cover.gaps if self._below == "minimum" else gaps(cover.intervals, below="target")
        self._gaps = found[:LISTED]
        self._list(facts, len(found))
        names = Text("Queue ")
        for q in queues:
            names.append(f" {q} ", "reverse" if q == queue else "").append(" ")
        line.update(names.append(f"  {_counted(found, self._below)}", "bold" if found else "green"))
        if not self._begun and self._gaps:
            self._begun = True
            self._show_queue(self._gaps[0].queue)
            self.heat.go(self._gaps[0].start)
        self._said()

    def _list(self, facts: Facts, count: int) -> None:
        options = self.query_one("#gaps", OptionList)
        highlighted = options.highlighted
        options.clear_options()
        wide = self.has_class("-wide")
        options.add_options([Option(_gap_line(facts, g, self._below, wide)) for g in self._gaps])
        options.border_title = f"Below {self._below}, worst first ({count})"
        if self._gaps:
            options.highlighted = min(highlighted or 0, len(self._gaps) - 1)

    @on(Heat.Moved)
    def _said(self) -> None:
        """Say what is needed and there under the cursor, by every clock."""
        cover, interval, at = self.shell.cover, self.heat.interval, self.heat.instant
        if cover is None or at is None:
            return
        start = interval.start if interval else at
        clocks = [("UTC", "UTC"), *((s.name, s.timezone) for s in cover.roster.facts.sites)]
        day = to_local(start, "UTC").date()
        text = Text(
            f"{short_day(day)}  " + " · ".join(f"{n} {to_local(start, z):%H:%M}" for n, z in clocks)
        )
        if interval is None:
            text.append("\nNot decided by this roster, or nothing is needed.", "dim")
        else:
            most = "" if interval.maximum is None else f", at most {interval.maximum}"
            text.append(
                f"\n{interval.queue}: minimum {interval.minimum}, target {interval.target}{most}; "
            )
            text.append(f"staffed {interval.staffed}", "bold")
            if interval.short:
                text.append(f", {interval.short} short", "bold red")
        self.query_one("#interval", Static).update(text)

    # -- keys ------------------------------------------------------------------------------------

    def action_queue(self, step: int) -> None:
        """Show the next queue or the one before."""
        self._queue += step
        self.draw()

    def action_below(self) -> None:
        """Change between gaps below the minimum and below the target."""
        self._below = "target" if self._below == "minimum" else "minimum"
        self.draw()

    def action_next_gap(self) -> None:
        """Go to the next gap of the list."""
        options = self.query_one("#gaps", OptionList)
        if self._gaps:
            options.focus()
            now = -1 if options.highlighted is None else options.highlighted
            options.highlighted = (now + 1) % len(self._gaps)

    @on(OptionList.OptionHighlighted, "#gaps")
    @on(events.DescendantFocus)
    def _at_gap(self) -> None:
        """Let the map follow the list while one moves there."""
        options = self.query_one("#gaps", OptionList)
        if options.has_focus and options.highlighted is not None and self._gaps:
            gap = self._gaps[options.highlighted]
            self._show_queue(gap.queue)
            self.heat.go(gap.start)

    def _show_queue(self, queue: str) -> None:
        cover = self.shell.cover
        if cover is not None:
            number = sorted(cover.roster.facts.queues).index(queue)
            if number != self._queue:
                self._queue = number
                self.draw()

    @on(OptionList.OptionSelected, "#gaps")
    def _open_gap(self, event: OptionList.OptionSelected) -> None:
        self._fill(self._gaps[event.option_index])

    @on(Heat.Opened)
    def _open_interval(self) -> None:
        here, interval = self.heat.instant, self.heat.interval
        cover = self.shell.cover
        if cover is None or interval is None or here is None:
            return
        below: Literal["minimum", "target"] = "minimum" if interval.short else "target"
        found = gaps(cover.intervals, below=below)
        gap = next(
            (g for g in found if g.queue == interval.queue and g.start <= interval.start < g.end),
            None,
        )
        if gap is None:
            self.notify("Nothing is missing here: the target is met.", timeout=3)
        else:
            self._fill(gap)

    def _fill(self, gap: Gap) -> None:
        def chosen(cells: dict[Cell, str] | None) -> None:
            if cells:
                self.attempt(lambda: self.session.roster_edits.assign({**cells}))

        self.app.push_screen(StandIns(self.session, gap), chosen)


def _counted(found: Iterable[Gap], below: str) -> str:
    found = tuple(found)
    if not found:
        return f"Nothing is below its {below}."
    missing = sum(_depth(g, below) * (g.end - g.start) for g in found)
    return (
        f"{len(found)} gap{'' if len(found) == 1 else 's'} below {below}, {hours(missing)} in all"
    )


def _depth(gap: Gap, below: str) -> int:
    return gap.short if below == "minimum" else gap.below_target


def _gap_line(facts: Facts, gap: Gap, below: str, wide: bool) -> Text:
    """Return a gap as a line; with *wide*, a second one has its start by every site's clock."""
    start, end = to_local(gap.start, "UTC"), to_local(gap.end, "UTC")
    line = Text.assemble(
        f"{gap.queue:<8} {short_day(start.date()):<10} {start:%H:%M}–{end:%H:%M} UTC  ",
        (f"{_depth(gap, below)} short", "bold red" if gap.short else "yellow"),
    )
    if wide:
        clocks = (f"{s.name} {to_local(gap.start, s.timezone):%H:%M}" for s in facts.sites)
        line.append("\n  " + " · ".join(clocks), "dim")
    return line


SCREEN = CoveragePage
