"""The two lines above every screen: whose plan, what state it is in, and the screens by number."""

from __future__ import annotations

from typing import cast

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ...errors import count
from ...plan import Verdict
from ..screens import SCREENS
from ..shell import Shell

Mark = tuple[str, str]
"""A few words, and their style."""
WIDE = 100
"""Columns from which the names of the screens stand apart from their keys."""


class Top(Vertical):
    """Team and dates, what is unsaved, unpublished or broken; below, the names of the screens."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here: str = here

    def compose(self) -> ComposeResult:
        """Lay out the two lines."""
        yield Static(id="top-state")
        yield Static(self._tabs(80), id="top-tabs")

    def on_resize(self) -> None:
        """Give dates and names of screens more room where there is some."""
        self.draw(cast(Shell, self.app))
        self.query_one("#top-tabs", Static).update(self._tabs(self.size.width))

    def draw(self, shell: Shell) -> None:
        """Show what state the session is in."""
        # The application's width: at the first drawing this widget has none yet.
        line = state(shell, self.app.size.width)
        # The line keeps its height, so nothing else need be laid out anew.
        self.query_one("#top-state", Static).update(line, layout=False)

    def _tabs(self, width: int) -> Content:
        wide = width >= WIDE
        parts = []
        for screen in SCREENS:
            look = "[reverse]" if screen.name == self._here else "[$text-muted]"
            name = f"[b]{screen.key}[/b]{' ' if wide else ''}{screen.title}"
            parts.append(f"[@click=app.show('{screen.name}')]{look}{name}[/][/]")
        return Content.from_markup(("  " if wide else " ").join(parts))


def state(shell: Shell, width: int) -> Table:
    """Return team and dates on the left, marks on the right, in *width* columns."""
    marks = Text("  ").join(Text(text, style) for text, style in _marks(shell))
    marks.no_wrap = True
    # One column of padding at either end, and one on both sides of where the two meet.
    room = width - cell_len(marks.plain) - 4
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(justify="right", width=cell_len(marks.plain))
    line.add_row(_team(shell, room), marks)
    return line


def _team(shell: Shell, room: int) -> Text:
    """Return the team and its dates; where there is no room for it, without the year."""
    plan = shell.session.plan
    if plan is None:
        return Text(str(shell.session.root.name), "bold", no_wrap=True, overflow="ellipsis")
    name, facts = plan.facts.team.name, plan.facts
    dates = f"  {facts.first.day} {facts.first:%b} – {facts.last.day} {facts.last:%b %Y}"
    if cell_len(name + dates) > room:
        dates = f"  {facts.first.day} {facts.first:%b}–{facts.last.day} {facts.last:%b}"
    return Text.assemble((name, "bold"), dates, no_wrap=True, overflow="ellipsis")


def _marks(shell: Shell) -> list[Mark]:
    """Return what a lead should know on every screen."""
    session, marks = shell.session, list[Mark]()
    if shell.search.running:
        marks.append((f"solving {shell.search.elapsed:.0f} s", "bold"))
    if session.problems:
        marks.append((count(len(session.problems), "problem"), "bold red"))
    if shell.verdict is not None:
        marks.append(hard_rules(shell.verdict))
    if session.read_only:
        marks.append(("read-only", "bold yellow"))
    # What is not saved is not published either: one of the two is enough.
    if session.unsaved:
        marks.append(("● unsaved", "yellow"))
    elif session.versions.unpublished:
        marks.append(("unpublished", ""))
    return marks


def hard_rules(verdict: Verdict) -> Mark:
    """Return how often hard rules are broken."""
    broken = len(verdict.hard_breaches)
    if not broken:
        return "hard rules kept", "green"
    return f"× {count(broken, 'hard-rule breach', 'hard-rule breaches')}", "bold red"
