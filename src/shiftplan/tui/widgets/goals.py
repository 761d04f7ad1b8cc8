"""The goals of a search: cost, proven bound, gap, and how the cost came down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from ...plan.amounts import CostWords, title
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
    # Costs that do not come down at all are a line at the bottom.
    span = max(1, high - low)
    return "".join(BLOCKS[(value - low) * (len(BLOCKS) - 1) // span] for value in some)


def gap(goal: GoalProgress) -> str:
    """Return how far the cost is from the bound, in per cent of the cost."""
    if goal.cost is None or goal.bound is None:
        return ""
    # A cost of zero has no per cent, and no bound is above it.
    if goal.cost <= goal.bound:
        return "0%"
    return f"{100 * (goal.cost - goal.bound) / goal.cost:.0f}%"


def standing(goal: GoalProgress, words: CostWords, running: bool) -> Text:
    """Return how good the cost is known to be."""
    if goal.cost is None:
        return Text("not looked at yet" if running else "", "dim")
    if goal.name == MUST:
        kept = goal.cost == 0
        return Text("no hard rule broken", "green") if kept else Text("broken", "bold red")
    # No cost is below zero, so zero needs no bound to be the best.
    if goal.cost == 0 or (goal.bound is not None and goal.bound >= goal.cost):
        return Text("proven best", "green")
    if goal.bound is None:
        return Text("searching" if running else "nothing proven", "dim")
    return Text(f"within {words.cost(goal.name, goal.cost - goal.bound)} of best", "yellow")


def goals_table(
    goals: Sequence[GoalProgress], now: Mapping[str, int], words: CostWords, running: bool
) -> Table:
    """Return the goals in their order; *now* are the costs of the roster on the screen."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("goal", no_wrap=True)
    for name in ("now", "found", "bound", "gap"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("trend", width=POINTS, no_wrap=True)
    table.add_column("")
    for goal in goals:
        figures = []
        for cost in (now.get(goal.name), goal.cost, goal.bound):
            figures.append("-" if cost is None else words.cost(goal.name, cost))
        state = standing(goal, words, running)
        table.add_row(Text(title(goal.name)), *figures, gap(goal), spark(goal.trail), state)
    return table
