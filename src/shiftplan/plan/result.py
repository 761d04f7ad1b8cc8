"""What a search hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..roster import Roster

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Stopped = Literal["done", "deadline", "request"]


@dataclass(frozen=True)
class Goal:
    """One goal's cost in the roster, and what no roster can beat while the goals before it stay as
    good.

    *bound* is None where nothing was proven.
    """

    name: str
    cost: int
    bound: int | None

    @property
    def proven(self) -> bool:
        """Say whether the cost is proven the least."""
        return self.bound is not None and self.bound >= self.cost


@dataclass(frozen=True)
class Result:
    """The best roster found, or none, with its costs by the checkers and the proven bounds.

    A search cut off from outside hands in the goals it had reported, with the costs it reported:
    judge the roster.
    """

    roster: Roster | None
    goals: tuple[Goal, ...]
    status: Status
    seconds: float
    stopped: Stopped
    reasons: tuple[str, ...] = ()
    """Why there is none, as far as counting alone can tell."""


@dataclass(frozen=True)
class Progress:
    """News from a search under way. *roster* is set when a better one was found."""

    goal: str
    cost: int | None
    bound: int | None
    seconds: float
    left: float
    roster: Roster | None = None
