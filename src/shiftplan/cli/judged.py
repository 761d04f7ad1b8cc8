"""What a roster costs and what it breaks, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..plan import Finding, Verdict
from ..plan.result import Goal
from ..rules import MUST
from .page import TextPage, columns
from .progress import gap

FEW = 3
"""Sentences shown for each rule that is not a must."""


def show_goals(page: TextPage, goals: Sequence[Goal]) -> None:
    """Print the cost, the proven bound and the gap of each goal, and what that means."""
    page.head("Goals, the first before all others")
    rows = [("goal", "cost", "bound", "gap", "")]
    for g in goals:
        bound = "-" if g.bound is None else str(g.bound)
        rows.append((g.name, str(g.cost), bound, gap(g.cost, g.bound), in_words(g)))
    page.lines(columns(rows, right=(1, 2, 3)))


def in_words(goal: Goal) -> str:
    """Return how good a goal's cost is known to be."""
    if goal.name == MUST:
        return "every must is kept" if goal.cost == 0 else "broken; see below"
    if goal.cost == 0 or goal.proven:
        return "proven best"
    if goal.bound is None:
        return "nothing proven"
    return f"within {goal.cost - goal.bound} of best"


def show_breaches(page: TextPage, verdict: Verdict) -> None:
    """Print every breach of a must, and the others in short, rule by rule."""
    if verdict.hard_breaches:
        page.head(f"Broken musts: {len(verdict.hard_breaches)}")
        for f in verdict.hard_breaches:
            page.sentence(f"{f.breach.rule}: {f.breach.text}", "  ")
    others = by_rule(f for f in verdict.findings if f.strength != MUST)
    if not others:
        return
    page.head("Wanted and not reached")
    rows = [("rule", "goal", "places", "amount", "cost")]
    for found in others:
        first = found[0]
        amount, cost = sum(f.breach.amount for f in found), sum(f.cost for f in found)
        rows.append((first.breach.rule, first.strength, str(len(found)), str(amount), str(cost)))
    table = columns(rows, right=(2, 3, 4))
    page.line(table[0])
    for line, found in zip(table[1:], others, strict=True):
        page.line(line)
        for f in found[:FEW]:
            page.sentence(f.breach.text, "    ")
        if len(found) > FEW:
            page.line(f"    and {len(found) - FEW} more")


def by_rule(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return *findings* by rule and goal as they come, the dearest of each rule first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.breach.rule, f.strength), []).append(f)
    return [sorted(found, key=lambda f: -f.cost) for found in groups.values()]
