"""What a roster costs and what it breaks, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..errors import count
from ..plan import Finding, Verdict
from ..plan.amounts import CostWords, amount, title
from ..plan.result import Goal
from ..rules import MUST
from .page import TextPage, columns
from .progress import gap

FEW = 3
"""Sentences shown for each rule that is not a hard one."""


def show_goals(page: TextPage, goals: Sequence[Goal], words: CostWords) -> None:
    """Print the cost, the proven bound and the gap of each goal, and what that means."""
    page.head("Goals, the most important first")
    rows = [("goal", "cost", "bound", "gap", "")]
    for goal in goals:
        cost = words.cost(goal.name, goal.cost)
        bound = "-" if goal.bound is None else words.cost(goal.name, goal.bound)
        left = gap(goal.cost, goal.bound)
        rows.append((title(goal.name), cost, bound, left, in_words(goal, words)))
    page.lines(columns(rows, right=(1, 2, 3)))


def in_words(goal: Goal, words: CostWords) -> str:
    """Return how good a goal's cost is known to be."""
    if goal.name == MUST:
        return "no hard rule is broken" if goal.cost == 0 else "broken; see below"
    if goal.cost == 0 or goal.proven:
        return "proven best"
    if goal.bound is None:
        return "nothing proven"
    return f"within {words.cost(goal.name, goal.cost - goal.bound)} of best"


def show_breaches(page: TextPage, verdict: Verdict) -> None:
    """Print every breach of a hard rule, and the others in short, rule by rule."""
    if verdict.hard_breaches:
        page.head(f"Hard rules: {breaches(len(verdict.hard_breaches))}")
        for finding in verdict.hard_breaches:
            page.sentence(f"{finding.breach.rule}: {finding.breach.text}", "  ")
    others = by_rule(f for f in verdict.findings if f.strength != MUST)
    if others:
        _show_others(page, others)


def breaches(number: int) -> str:
    """Return how many breaches there are: ``1 breach``, ``481 breaches``."""
    return count(number, "breach", "breaches")


def _show_others(page: TextPage, others: Sequence[Sequence[Finding]]) -> None:
    """Print what is wanted and not reached: a line for each rule, and its dearest breaches."""
    page.head("Wanted and not reached")
    rows = [("rule", "goal", "breaches", "amount", "cost"), *map(_in_all, others)]
    header, *lines = columns(rows, right=(2, 3, 4))
    page.line(header)
    for line, found in zip(lines, others, strict=True):
        page.line(line)
        for finding in found[:FEW]:
            page.sentence(finding.breach.text, "    ")
        if len(found) > FEW:
            page.line(f"    and {len(found) - FEW} more")


def _in_all(found: Sequence[Finding]) -> tuple[str, str, str, str, str]:
    """Return how much one rule is broken in all, as a line of a table."""
    rule, goal = found[0].breach.rule, found[0].strength
    broken = sum(finding.breach.amount for finding in found)
    cost = sum(finding.cost for finding in found)
    # What is weighted is no amount of money any more.
    cost_in_words = amount(rule, cost) if cost == broken else str(cost)
    return (rule, goal, str(len(found)), amount(rule, broken), cost_in_words)


def by_rule(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return *findings* by rule and goal as they come, the dearest of each rule first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.breach.rule, finding.strength), []).append(finding)
    return [sorted(found, key=lambda finding: -finding.cost) for found in groups.values()]
