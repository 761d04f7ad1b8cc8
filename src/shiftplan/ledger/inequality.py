"""How unequally points are spread over people: figures for a report, never what a roster is judged
by.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from typing import NamedTuple


class Inequality(NamedTuple):
    """Measures of one group. Jain's index flatters large means: 8, 9, 10, 11 and 12 make it .98."""

    range: float
    """Most less least."""
    deviation: float
    """The largest distance from the mean."""
    gini: float
    """0 where all have the same; near 1 where one has everything."""
    jain: float
    """1 where all have the same; 1/n where one of n has everything."""
    variation: float
    """Standard deviation over the mean."""


def inequality(points: Sequence[float]) -> Inequality:
    """Return the measures of *points*, one number for each person; of nothing at all they are the
    best.

    Raise ``ValueError`` for a number below zero: these are measures of points, not of deviations.
    """
    if any(p < 0 for p in points):
        raise ValueError("points cannot be below zero")
    n, total = len(points), sum(points)
    if not total:
        return Inequality(0.0, 0.0, 0.0, 1.0, 0.0)
    mean, squares = total / n, sum(p * p for p in points)
    return Inequality(
        range=max(points) - min(points),
        deviation=max(abs(p - mean) for p in points),
        gini=sum(abs(a - b) for a, b in combinations(points, 2)) / (n * total),
        jain=total * total / (n * squares),
        variation=sqrt(sum((p - mean) ** 2 for p in points) / n) / mean,
    )
