"""Coverage: every interval of a queue, the gaps worst first, and who could fill them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ...errors import count
from ...facts import Cell
from ...roster.coverage import Gap, Interval, gaps
from ..coverage_lines import Level, Listed, clocks, counted, line, listed, queue_gaps, staffing
from ..dialogs.stand_ins import StandIns
from ..shown_coverage import ShownCoverage
from ..widgets.heat import Heat
from ..widgets.keys import enter
from .page import Page

NO_QUEUE = "A rule requires it, and no queue: the breaches screen shows what would be broken."


class CoveragePage(Page):
    """Required against staffed."""

    NAME = "coverage"
    AUTO_FOCUS = "#heat"
    HELP = """
# Coverage

Below or beside the map stand the gaps, worst first. **Enter** on a gap, in the list or on the
map, shows who could fill it and what each would break. `t` changes between what is below the
minimum and what is below the target; `[` and `]` go from queue to queue, and on to what rules
require beside the queues: somebody with a skill always on, a hand-over, a duty, who is beside whom.

A `?` marks what is not judged: who worked on the days before is not on record.
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
        self._map: int = 0
        """The number of the queue or requirement on the map."""
        self._below: Level = "minimum"
        self._listed: tuple[Listed, ...] = ()
        self._begun: bool = False
        """Whether the cursor has been put on the worst gap."""

    def body(self) -> ComposeResult:
        """Lay out the map, what is under the cursor, and the gaps."""
        yield Static(id="queue-line")
        yield Static(id="not-judged")
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
        if not coverage.maps:
            line = "The plan has no [[demand]]: there is no coverage to look at."
            self.query_one("#queue-line", Static).update(line)
            return
        # An edit of the plan may have taken queues away.
        self._map %= len(coverage.maps)
        self.heat.show(coverage, self._map)
        self._listed = tuple(listed(coverage, self._below))
        self._list(coverage)
        self._show_maps(coverage)
        self._show_not_judged(coverage)
        first = self._listed[0] if self._listed else None
        if not self._begun and first is not None and first.gap is not None:
            self._begun = True
            self._show_map(first.map)
            self.heat.go(first.gap.start)
        self._show_interval()

    def _show_maps(self, coverage: ShownCoverage) -> None:
        """Show the queues, the one on the map marked, and how much is missing."""
        shown = Text("Queue ")
        for number, name in enumerate(coverage.maps):
            # Of what is required beside them, only what is on the map: names are long.
            if number < len(coverage.queues) or number == self._map:
                shown.append(f" {name} ", "reverse" if number == self._map else "").append(" ")
        found = queue_gaps(coverage, self._below)
        is_judged = coverage.report.is_judged
        look = "bold" if found or not is_judged else "green"
        shown.append(f"  {counted(found, self._below, is_judged=is_judged)}", look)
        missing = len(coverage.required_gaps)
        if missing:
            shown.append(f" Required beside them: {count(missing, 'gap')}.", "bold")
        self.query_one("#queue-line", Static).update(shown)

    def _show_not_judged(self, coverage: ShownCoverage) -> None:
        """Say for how long nobody knows what is there, and why."""
        said = self.query_one("#not-judged", Static)
        said.set_class(not coverage.report.is_judged, "-shown")
        text = Text(f"? {coverage.report.not_judged_because}", "bold magenta")
        said.update(text.append(f" ({'; '.join(coverage.report.not_judged_sums)})", "not bold"))

    def _list(self, coverage: ShownCoverage) -> None:
        options = self.query_one("#gaps", OptionList)
        highlighted = options.highlighted
        options.clear_options()
        facts = coverage.roster.facts
        # Beside the map a line is short and there are many; below it, it is the other way.
        wide = not self.is_wide
        lines = [line(facts, entry, self._below, wide=wide) for entry in self._listed]
        options.add_options([Option(text) for text in lines])
        number = len(queue_gaps(coverage, self._below))
        title = f"Below {self._below}, worst first ({number})"
        options.border_title = f"{title}, and required" if coverage.requirements else title
        if self._listed:
            options.highlighted = min(highlighted or 0, len(self._listed) - 1)

    @on(Heat.Moved)
    def _show_interval(self) -> None:
        """Say what is needed and there under the cursor, in UTC and every site's local time."""
        coverage, interval, at = self.shell.coverage, self.heat.interval, self.heat.instant
        if coverage is None or at is None:
            return
        facts = coverage.roster.facts
        text = clocks(facts, interval.start if interval else at)
        if interval is not None:
            text.append("\n").append_text(staffing(interval, coverage.requirement(self._map)))
        elif facts.window.opens <= at < facts.window.end:
            text.append("\nNothing is required.", "dim")
        else:
            # The last hours of the window are staffed by shifts of the next roster.
            text.append("\nNot decided by this roster, but by the one before or after.", "dim")
        self.query_one("#interval", Static).update(text)

    # -- keys ------------------------------------------------------------------------------------

    def action_queue(self, step: int) -> None:
        """Show the next queue or the one before."""
        # In the list, the map would follow what is highlighted there.
        self.heat.focus()
        self._map += step
        self.draw()

    def action_below(self) -> None:
        """Change between gaps below the minimum and below the target."""
        self._below = "target" if self._below == "minimum" else "minimum"
        self.draw()

    def action_next_gap(self) -> None:
        """Go to the next gap of the list."""
        options = self.query_one("#gaps", OptionList)
        if self._listed:
            options.focus()
            now = -1 if options.highlighted is None else options.highlighted
            options.highlighted = (now + 1) % len(self._listed)

    @on(OptionList.OptionHighlighted, "#gaps")
    @on(events.DescendantFocus)
    def _at_gap(self) -> None:
        """Let the map follow the list while one moves there."""
        # Only then: the list is also highlighted when it is drawn, and the map's cursor must stay.
        options = self.query_one("#gaps", OptionList)
        if options.has_focus and options.highlighted is not None and self._listed:
            entry = self._listed[options.highlighted]
            self._show_map(entry.map)
            if entry.gap is not None:
                self.heat.go(entry.gap.start)

    def _show_map(self, number: int) -> None:
        if number != self._map:
            self._map = number
            self.draw()

    @on(OptionList.OptionSelected, "#gaps")
    def _open_gap(self, event: OptionList.OptionSelected) -> None:
        entry = self._listed[event.option_index]
        if entry.requirement is None and entry.gap is not None:
            self._fill(entry.gap)
        else:
            self.notify(NO_QUEUE, timeout=5)

    @on(Heat.Opened)
    def _open_interval(self) -> None:
        interval, coverage = self.heat.interval, self.shell.coverage
        if coverage is None or interval is None:
            return
        if coverage.requirement(self._map) is not None:
            self.notify(NO_QUEUE, timeout=5)
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


SCREEN = CoveragePage
