"""Breaches: what is wrong with the roster, by strength, each leading to its cell."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode

from ...plan import Finding, Verdict
from ...rules import MUST
from ..widgets.keys import enter
from .page import Page

Node = Finding | str
"""A breach, or the name of a group."""


class BreachesPage(Page):
    """What is wrong now."""

    NAME = "breaches"
    AUTO_FOCUS = "#breaches"
    HELP = """
# Breaches

What the rules' checkers find in the roster as it is: musts first, then the goals in their order with what
each costs. **Enter** on a breach goes to its cell in the roster; on a group it opens or closes it.
"""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Verdict | None = None
        self._folded: set[str] = set()

    def body(self) -> ComposeResult:
        """Lay out the summary and the breaches."""
        yield Static(id="summary")
        tree: Tree[Node] = Tree("", id="breaches")
        tree.show_root = False
        tree.auto_expand = True
        yield enter(tree, "Go to the cell")

    def draw(self) -> None:
        """Show what is broken."""
        verdict = self.shell.verdict
        summary = self.query_one("#summary", Static)
        if verdict is None:
            summary.update("Judging …")
            return
        if verdict is self._shown:
            return
        self._shown = verdict
        summary.update(in_short(verdict))
        tree: Tree[Node] = self.query_one("#breaches", Tree)
        line = tree.cursor_line
        tree.clear()
        for strength in verdict.goals:
            self._goal(tree.root, strength, [f for f in verdict.findings if f.strength == strength])
        tree.root.expand()
        tree.cursor_line = max(0, min(line, tree.last_line))

    def _goal(self, root: TreeNode[Node], strength: str, found: list[Finding]) -> None:
        if not found:
            return
        cost = sum(f.cost for f in found)
        look = "bold red" if strength == MUST else "bold"
        places = f"{len(found)} place{'' if len(found) == 1 else 's'}"
        label = Text.assemble((strength, look), f"  {places}, cost {cost}")
        goal = root.add(label, data=strength, expand=strength not in self._folded)
        kinds: dict[str, list[Finding]] = {}
        for f in found:
            kinds.setdefault(f.breach.rule, []).append(f)
        for kind, some in sorted(kinds.items(), key=lambda k: -sum(f.cost for f in k[1])):
            key = f"{strength}/{kind}"
            open_ = key not in self._folded and (
                strength == MUST or len(some) <= 10 or len(kinds) == 1
            )
            head = Text.assemble((kind, "bold"), f"  {len(some)}, cost {sum(f.cost for f in some)}")
            branch = goal.add(head, data=key, expand=open_)
            for f in sorted(some, key=lambda f: -f.cost):
                weight = f" ({f.cost})" if f.cost > 1 else ""
                branch.add_leaf(Text.assemble(("× ", look), f.breach.text, (weight, "dim")), data=f)

    @on(Tree.NodeCollapsed)
    def _close(self, event: Tree.NodeCollapsed[Node]) -> None:
        if isinstance(event.node.data, str):
            self._folded.add(event.node.data)

    @on(Tree.NodeExpanded)
    def _open(self, event: Tree.NodeExpanded[Node]) -> None:
        if isinstance(event.node.data, str):
            self._folded.discard(event.node.data)

    @on(Tree.NodeSelected)
    async def _go(self, event: Tree.NodeSelected[Node]) -> None:
        finding = event.node.data
        if not isinstance(finding, Finding):
            return
        if finding.breach.who is None:
            self.notify(
                "This is about several people at once; see Coverage for when it is.", timeout=4
            )
        else:
            await self.shell.go_to(finding.breach.who, finding.breach.day)


def in_short(verdict: Verdict) -> Text:
    """Return musts and goals with their costs, in one line."""
    line = Text()
    for goal, cost in verdict.costs.items():
        style = ("bold red" if goal == MUST else "yellow") if cost else "green"
        line.append("   " if line else "").append(f"{goal} {cost}", style)
    return line if verdict.findings else line.append("   Nothing is wrong.", "green")


SCREEN = BreachesPage
