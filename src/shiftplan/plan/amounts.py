"""Costs and amounts as people write them: money as money, ``must`` as what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..clock import hours
from ..roster.pay import money
from ..rules import MUST, Rule

PAY = "cost"
"""The kind of rule that counts cents."""
IN_MINUTES = frozenset({"hours", "handover"})
"""The kinds of rules that count minutes and nothing else; those of demand weigh them first."""


class CostWords(NamedTuple):
    """How costs are written: *in_money* are the goals whose cost is an amount of money."""

    in_money: frozenset[str] = frozenset()

    def cost(self, goal: str, cost: int) -> str:
        """Return a cost of *goal*: ``552.00`` where it is money, else the number."""
        return money(cost) if goal in self.in_money else str(cost)

    def all(self, costs: Mapping[str, int]) -> str:
        """Return the costs of all goals: ``hard rules 0, coverage 3, cost 552.00``."""
        return ", ".join(f"{title(goal)} {self.cost(goal, cost)}" for goal, cost in costs.items())


def cost_words(rules: Iterable[Rule]) -> CostWords:
    """Return how the costs of a plan with these *rules* are written."""
    in_money: dict[str, bool] = {}
    for rule in rules:
        # Money times a weight, or money and breaches added up, is no amount of money any more.
        pays = rule.kind == PAY and rule.weight == 1
        in_money[rule.strength] = pays and in_money.get(rule.strength, True)
    return CostWords(frozenset(goal for goal, pays in in_money.items() if pays and goal != MUST))


def title(goal: str) -> str:
    """Return what a goal is called in prose; ``must`` is a word of the plan file."""
    return "hard rules" if goal == MUST else goal


def amount(kind: str, number: int) -> str:
    """Return by how much a rule of *kind* is broken, with its unit where it has one of its own."""
    if kind == PAY:
        return money(number)
    return hours(number) if kind in IN_MINUTES else str(number)
