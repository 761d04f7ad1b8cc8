"""The live line a search writes on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from ..plan.amounts import CostWords, title
from ..plan.result import Progress


@contextmanager
def live_line(shown: bool, words: CostWords) -> Iterator[Callable[[Progress], None]]:
    """Yield what hears of progress; on a terminal it keeps one line of stderr up to date, else
    nothing.

    Costs are written by *words*. The line is gone when the block ends.
    """
    console = Console(stderr=True, highlight=False)
    line = _Line(words)
    # A log would be filled with the same line again and again.
    if not shown or not console.is_terminal:
        yield line.hear
        return
    with Live(get_renderable=line.text, console=console, transient=True, redirect_stdout=False):
        yield line.hear


class _Line:
    """The latest news; older news is forgotten."""

    def __init__(self, words: CostWords) -> None:
        self._words: CostWords = words
        self._news: Progress | None = None
        self._heard: float = 0.0

    def hear(self, news: Progress) -> None:
        """Take in *news*."""
        self._heard = time.monotonic()
        self._news = news

    def text(self) -> Text:
        """Return the line as it is now; the time left runs on between two pieces of news."""
        since = time.monotonic() - self._heard
        text = "preparing" if self._news is None else line_of(self._news, self._words, since)
        return Text(text, no_wrap=True, overflow="ellipsis")


def line_of(news: Progress, words: CostWords, since: float = 0.0) -> str:
    """Return *news*, heard *since* seconds ago, as one line: goal, cost, bound, gap, time left."""
    parts = [title(news.goal)]
    if news.cost is None:
        parts.append("no roster yet")
    else:
        parts.append(f"cost {words.cost(news.goal, news.cost)}")
    if news.cost is not None and news.bound is not None:
        parts.append(f"bound {words.cost(news.goal, news.bound)}")
        parts.append(f"gap {gap(news.cost, news.bound)}")
    parts.append(f"{max(0, round(news.left - since))} s left (Ctrl-C keeps the best so far)")
    return "  ".join(parts)


def gap(cost: int, bound: int | None) -> str:
    """Return how much of *cost* a better roster might still save, at most, per cent."""
    if cost == 0 or (bound is not None and bound >= cost):
        return "0%"
    if bound is None:
        return "-"
    # What is not proven best must not look so by rounding.
    part = 100 * (cost - bound) / cost
    return f"{part:.1f}%" if part >= 0.1 else "<0.1%"
