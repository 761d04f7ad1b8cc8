"""The two lines above every screen: whose plan, what state it is in, and the screens by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ...rules import MUST
from ..screens import SCREENS

if TYPE_CHECKING:
    from ..app import ShiftplanApp


class Top(Vertical):
    """Team and dates, what is unsaved, unpublished or broken, and below the names of the screens."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """Lay out the two lines."""
        yield Static(id="top-state")
        yield Static(self._tabs(80), id="top-tabs")

    def on_resize(self) -> None:
        """Give the names of the screens more room where there is some."""
        self.query_one("#top-tabs", Static).update(self._tabs(self.size.width))

    def draw(self, app: ShiftplanApp) -> None:
        """Show what state the session is in."""
        self.query_one("#top-state", Static).update(state(app), layout=False)

    def _tabs(self, width: int) -> Content:
        gap = " " if width >= 100 else ""
        parts = []
        for s in SCREENS:
            look = "[reverse]" if s.name == self._here else "[$text-muted]"
            parts.append(f"[@click=app.show('{s.name}')]{look}[b]{s.key}[/b]{gap}{s.title}[/][/]")
        return Content.from_markup("  ".join(parts) if gap else " ".join(parts))


def state(app: ShiftplanApp) -> Table:
    """Return team and dates on the left, marks on the right."""
    session = app.session
    left = Text(no_wrap=True, overflow="ellipsis")
    if session.plan is None:
        left.append(str(session.root.name), "bold")
    else:
        facts = session.plan.facts
        left.append(facts.team.name, "bold")
        left.append(f"  {facts.first.day} {facts.first:%b} – {facts.last.day} {facts.last:%b %Y}")
    marks = Text(no_wrap=True)
    for text, style in _marks(app):
        marks.append("  " if marks else "").append(text, style)
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(justify="right", width=cell_len(marks.plain))
    line.add_row(left, marks)
    return line


def _marks(app: ShiftplanApp) -> list[tuple[str, str]]:
    session, marks = app.session, []
    if app.search.running:
        marks.append((f"solving {app.search.elapsed:.0f} s", "bold"))
    if session.problems:
        count = len(session.problems)
        marks.append((f"{count} problem{'' if count == 1 else 's'}", "bold red"))
    if app.verdict is not None:
        broken = app.verdict.costs[MUST]
        count = len(app.verdict.hard_breaches)
        marks.append(
            (f"× {count} must{'' if count == 1 else 's'} broken", "bold red")
            if broken
            else ("musts kept", "green")
        )
    if session.read_only:
        marks.append(("read-only", "bold yellow"))
    if session.unsaved:
        marks.append(("● unsaved", "yellow"))
    elif session.versions.unpublished:
        marks.append(("unpublished", ""))
    return marks
