"""Coverage: every interval of a queue, the gaps worst first, and who could fill them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ...clock import from_to, hours, to_local
from ...errors import count
from ...facts import Cell, Facts
from ...roster.coverage import Gap, Interval, gaps
from ..dates import short_day
from ..dialogs.stand_ins import StandIns
from ..effects import Part
from ..shown_coverage import ShownCoverage
from ..widgets.heat import Heat
from ..widgets.keys import enter
from .page import Page

LISTED = 200
"""Gaps listed; beyond them they are small."""

Level = Literal["minimum", "target"]


class CoveragePage(Page):
    """Required against staffed."""

    NAME = "coverage"
    AUTO_FOCUS = "#heat"
    HELP = """
# Coverage

Below or beside the map stand the gaps, worst first. **Enter** on a gap, in the list or on the
map, shows who could fill it and what each would break. `t` changes between what is below the
minimum and what is below the target; `[` and `]` go from queue to queue.
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
        self._queue: int = 0
        self._below: Level = "minimum"
        self._gaps: tuple[Gap, ...] = ()
        self._begun: bool = False
        """Whether the cursor has been put on the worst gap."""

    def body(self) -> ComposeResult:
        """Lay out the map, what is under the cursor, and the gaps."""
        yield Static(id="queue-line")
        with Container(id="coverage-box"):
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
        coverage = self.shell.coverage
        if coverage is None:
            return
        queues = sorted(coverage.roster.facts.queues)
        if not queues:
            line = "The plan has no [[demand]]: there is no coverage to look at."
            self.query_one("#queue-line", Static).update(line)
            return
        # An edit of the plan may have taken queues away.
        self._queue %= len(queues)
        self.heat.show(coverage, queues[self._queue])
        found = self._found(coverage)
        self._gaps = found[:LISTED]
        self._list_gaps(coverage.roster.facts, len(found))
        self._show_queues(queues, found)
        if not self._begun and self._gaps:
            self._begun = True
            self._show_queue(self._gaps[0].queue)
            self.heat.go(self._gaps[0].start)
        self._show_interval()

    def _found(self, coverage: ShownCoverage) -> tuple[Gap, ...]:
        if self._below == "minimum":
            return coverage.gaps  # worked out once, however often it is drawn
        return gaps(coverage.intervals, below="target")

    def _show_queues(self, queues: Sequence[str], found: Sequence[Gap]) -> None:
        """Show the queues, the one on the map marked, and how much is missing."""
        line = Text("Queue ")
        for number, queue in enumerate(queues):
            line.append(f" {queue} ", "reverse" if number == self._queue else "").append(" ")
        line.append(f"  {_counted(found, self._below)}", "bold" if found else "green")
        self.query_one("#queue-line", Static).update(line)

    def _list_gaps(self, facts: Facts, number: int) -> None:
        options = self.query_one("#gaps", OptionList)
        highlighted = options.highlighted
        options.clear_options()
        # Beside the map a line is short and there are many; below it, it is the other way.
        line = _narrow_line if self.is_wide else _wide_line
        options.add_options([Option(line(facts, gap, self._below)) for gap in self._gaps])
        options.border_title = f"Below {self._below}, worst first ({number})"
        if self._gaps:
            options.highlighted = min(highlighted or 0, len(self._gaps) - 1)

    @on(Heat.Moved)
    def _show_interval(self) -> None:
        """Say what is needed and there under the cursor, in UTC and every site's local time."""
        coverage, interval, at = self.shell.coverage, self.heat.interval, self.heat.instant
        if coverage is None or at is None:
            return
        text = _clocks(coverage.roster.facts, interval.start if interval else at)
        if interval is None:
            # The last hours of the window are staffed by shifts of the next roster.
            text.append("\nNot decided by this roster, or nothing is needed.", "dim")
        else:
            text.append("\n").append_text(_staffing(interval))
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
        # Only then: the list is also highlighted when it is drawn, and the map's cursor must stay.
        options = self.query_one("#gaps", OptionList)
        if options.has_focus and options.highlighted is not None and self._gaps:
            gap = self._gaps[options.highlighted]
            self._show_queue(gap.queue)
            self.heat.go(gap.start)

    def _show_queue(self, queue: str) -> None:
        coverage = self.shell.coverage
        if coverage is None:
            return
        number = sorted(coverage.roster.facts.queues).index(queue)
        if number != self._queue:
            self._queue = number
            self.draw()

    @on(OptionList.OptionSelected, "#gaps")
    def _open_gap(self, event: OptionList.OptionSelected) -> None:
        self._fill(self._gaps[event.option_index])

    @on(Heat.Opened)
    def _open_interval(self) -> None:
        interval, coverage = self.heat.interval, self.shell.coverage
        if coverage is None or interval is None:
            return
        below: Level = "minimum" if interval.short else "target"
        gap = _gap_at(gaps(coverage.intervals, below=below), interval)
        if gap is None:
            self.notify("Nothing is missing here: the target is met.", timeout=3)
        else:
            self._fill(gap)

    def _fill(self, gap: Gap) -> None:
        def chosen(cells: dict[Cell, str] | None) -> None:
            if cells:
                self.attempt(lambda: self.session.roster_edits.assign({**cells}))

        self.app.push_screen(StandIns(self.session, gap), chosen)


def _gap_at(found: Sequence[Gap], interval: Interval) -> Gap | None:
    for gap in found:
        if gap.queue == interval.queue and gap.start <= interval.start < gap.end:
            return gap
    return None


def _clocks(facts: Facts, start: int) -> Text:
    """Return the date of an instant, and its time in UTC and at every site."""
    clocks = [("UTC", "UTC"), *((site.name, site.timezone) for site in facts.sites)]
    times = [f"{name} {to_local(start, tz):%H:%M}" for name, tz in clocks]
    return Text(f"{short_day(to_local(start, 'UTC').date())}  {' · '.join(times)}")


def _staffing(interval: Interval) -> Text:
    """Return what is needed in an interval and how many are on duty."""
    most = "" if interval.maximum is None else f", at most {interval.maximum}"
    needed = f"minimum {interval.minimum}, target {interval.target}{most}"
    line = Text.assemble(f"{interval.queue}: {needed}; ", (f"staffed {interval.staffed}", "bold"))
    return line.append(f", {interval.short} short", "bold red") if interval.short else line


def _counted(found: Sequence[Gap], below: Level) -> str:
    if not found:
        return f"Nothing is below its {below}."
    missing = sum(_depth(gap, below) * (gap.end - gap.start) for gap in found)
    return f"{count(len(found), 'gap')} below {below}, {hours(missing)} of staff time missing"


def _depth(gap: Gap, below: Level) -> int:
    return gap.short if below == "minimum" else gap.below_target


def _short(gap: Gap, below: Level) -> Part:
    return f"{_depth(gap, below)} short", "bold red" if gap.short else "yellow"


def _wide_line(facts: Facts, gap: Gap, below: Level) -> Text:
    """Return a gap as one line."""
    queue = set_cell_size(gap.queue, max(8, cell_len(gap.queue)))
    return Text.assemble(f"{queue} ", _short(gap, below), f"  {from_to(gap.start, gap.end)}")


def _narrow_line(facts: Facts, gap: Gap, below: Level) -> Text:
    """Return a gap in three lines; the last has its start in every site's local time."""
    clocks = [f"{site.name} {to_local(gap.start, site.timezone):%H:%M}" for site in facts.sites]
    head = Text.assemble((f"{gap.queue}  ", "bold"), _short(gap, below))
    return head.append(f"\n{from_to(gap.start, gap.end)}").append(f"\n{' · '.join(clocks)}", "dim")


SCREEN = CoveragePage
