"""The goals of a search: cost, proven bound, gap, and how the cost came down."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from ...rules import MUST
from ..search import GoalProgress

BLOCKS = "▁▂▃▄▅▆▇█"
POINTS = 16


def spark(trail: Sequence[int]) -> str:
    """Return costs as a line of blocks, the latest last."""
    some = trail[-POINTS:]
    if not some:
        return ""
    low, high = min(some), max(some)
    return "".join(
        BLOCKS[(value - low) * (len(BLOCKS) - 1) // max(1, high - low)] for value in some
    )


def gap(goal: GoalProgress) -> str:
    """Return how far the cost is from the bound, in per cent of the cost."""
    if goal.cost is None or goal.bound is None:
        return ""
    return "0%" if goal.cost <= goal.bound else f"{100 * (goal.cost - goal.bound) / goal.cost:.0f}%"


def standing(goal: GoalProgress, running: bool) -> Text:
    """Return how good the cost is known to be."""
    if goal.cost is None:
        return Text("not looked at yet" if running else "", "dim")
    if goal.name == MUST:
        return (
            Text("every must is kept", "green")
            if goal.cost == 0
            else Text("musts broken", "bold red")
        )
    if goal.cost == 0 or (goal.bound is not None and goal.bound >= goal.cost):
        return Text("proven best", "green")
    if goal.bound is None:
        return Text("searching" if running else "nothing proven", "dim")
    return Text(f"at most {goal.cost - goal.bound} from best", "yellow")


def goals_table(goals: Sequence[GoalProgress], now: dict[str, int], running: bool) -> Table:
    """Return the goals in their order; *now* are the costs of the roster on the screen."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("goal", no_wrap=True)
    for head in ("now", "found", "bound", "gap"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("trend", width=POINTS, no_wrap=True)
    table.add_column("")
    for goal in goals:
        cells = (now.get(goal.name), goal.cost, goal.bound)
        figures = ["-" if value is None else str(value) for value in cells]
        table.add_row(goal.name, *figures, gap(goal), spark(goal.trail), standing(goal, running))
    return table
