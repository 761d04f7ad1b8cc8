"""Breaches: what is wrong with the roster, by strength, each leading to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode

from ...errors import count
from ...plan import Finding, Verdict
from ...plan.amounts import CostWords, amount, title
from ...rules import MUST
from ..widgets.keys import enter
from ..widgets.top import hard_rules
from .page import Page

FEW = 10
"""Breaches of one rule that are listed without being asked for."""

Node = Finding | str
"""A breach, or the name of a group."""


class BreachesPage(Page):
    """What is wrong now."""

    NAME = "breaches"
    AUTO_FOCUS = "#breaches"
    HELP = """
# Breaches

What the rules' checkers find in the roster as it is: hard rules first, then the goals in their
order with what each costs. **Enter** on a breach goes to its cell in the roster; on a group it
opens or closes it.
"""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Verdict | None = None
        self._folded: set[str] = set()
        """Groups closed by hand, which stay closed when the roster is judged anew."""

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
        # The tree is made anew only for a new verdict: its cursor and scroll offset would jump.
        if verdict is self._shown:
            return
        self._shown = verdict
        summary.update(in_short(verdict, self.cost_words))
        tree: Tree[Node] = self.query_one("#breaches", Tree)
        line = tree.cursor_line
        tree.clear()
        for strength in verdict.goals:
            found = [f for f in verdict.findings if f.strength == strength]
            if found:
                self._add_goal(tree.root, strength, found)
        tree.root.expand()
        tree.cursor_line = max(0, min(line, tree.last_line))

    def _add_goal(self, root: TreeNode[Node], strength: str, found: Sequence[Finding]) -> None:
        """Add what is found for one goal, the rule that costs most first."""
        look = "bold red" if strength == MUST else "bold"
        label = Text.assemble((title(strength), look), f"  {_breaches(found)}")
        # Amounts of hard rules are of many kinds, and their sum is of none.
        if strength != MUST:
            label.append(f", cost {self.cost_words.cost(strength, _cost(found))}")
        goal = root.add(label, data=strength, expand=strength not in self._folded)
        kinds = _by_kind(found)
        for kind, some in sorted(kinds.items(), key=lambda entry: -_cost(entry[1])):
            # Hard rules stand open; a goal of many rules shows which of them, not every place.
            short = strength == MUST or len(some) <= FEW or len(kinds) == 1
            self._add_kind(goal, kind, some, short)

    def _add_kind(
        self, goal: TreeNode[Node], kind: str, found: Sequence[Finding], short: bool
    ) -> None:
        """Add the breaches of one kind of rule, those that cost most first."""
        strength = found[0].strength
        key = f"{strength}/{kind}"
        label = Text.assemble((kind, "bold"), f"  {_breaches(found)}, cost {_cost_of_kind(found)}")
        branch = goal.add(label, data=key, expand=short and key not in self._folded)
        look = "bold red" if strength == MUST else "bold"
        for finding in sorted(found, key=lambda f: -f.cost):
            line = Text.assemble(("× ", look), finding.breach.text)
            # That a breach costs 1 goes without saying.
            if finding.cost > 1:
                line.append(f" ({_cost_of_kind([finding])})", "dim")
            branch.add_leaf(line, data=finding)

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
            sentence = "This is about several people at once; see Coverage for when it is."
            self.notify(sentence, timeout=4)
        else:
            await self.shell.go_to(finding.breach.who, finding.breach.day)


def in_short(verdict: Verdict, words: CostWords) -> Text:
    """Return how often hard rules are broken and what each goal costs, in one line."""
    text, style = hard_rules(verdict)
    line = Text.assemble((text, style))
    for goal, cost in verdict.costs.items():
        if goal != MUST:
            look = "yellow" if cost else "green"
            line.append("   ").append(f"{goal} {words.cost(goal, cost)}", look)
    return line if verdict.findings else line.append("   Nothing is wrong.", "green")


def _by_kind(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    kinds: dict[str, list[Finding]] = {}
    for finding in found:
        kinds.setdefault(finding.breach.rule, []).append(finding)
    return kinds


def _breaches(found: Sequence[Finding]) -> str:
    return count(len(found), "breach", "breaches")


def _cost(found: Sequence[Finding]) -> int:
    return sum(finding.cost for finding in found)


def _cost_of_kind(found: Sequence[Finding]) -> str:
    """Return what breaches of one kind of rule cost, with its unit."""
    cost = _cost(found)
    # What is weighted is no amount of money or hours any more.
    weighted = cost != sum(finding.breach.amount for finding in found)
    return str(cost) if weighted else amount(found[0].breach.rule, cost)


SCREEN = BreachesPage
