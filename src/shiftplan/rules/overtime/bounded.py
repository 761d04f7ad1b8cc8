"""Sums over cells with the most they can be, so that numbers of the model stay small."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import NamedTuple

from ..vocabulary import Expr, Vocabulary


class Bounded(NamedTuple):
    """Something linear over the cells, and the most it can be."""

    expr: Expr
    top: int


NOTHING = Bounded(0, 0)


def total(parts: Sequence[Bounded]) -> Bounded:
    """Return the sum of *parts*."""
    return Bounded(sum(part.expr for part in parts), sum(part.top for part in parts))


def above(model: Vocabulary, part: Bounded, limit: int | None) -> Bounded:
    """Return a number not below what *part* has beyond *limit*, nor below zero."""
    if limit is None or part.top <= limit:
        return NOTHING
    if isinstance(part.expr, int):
        beyond = max(0, part.expr - limit)
        return Bounded(beyond, beyond)
    number = model.number(0, part.top - limit)
    model.require(number >= part.expr - limit)
    return Bounded(number, part.top - limit)


def highest(model: Vocabulary, one: Bounded, other: Bounded) -> Bounded:
    """Return a number not below either of two."""
    top = max(one.top, other.top)
    if isinstance(one.expr, int) and isinstance(other.expr, int):
        return Bounded(max(one.expr, other.expr), top)
    number = model.number(0, top)
    model.require(number >= one.expr, number >= other.expr)
    return Bounded(number, top)


def rounded(model: Vocabulary, terms: Sequence[tuple[int, Bounded]], unit: int) -> Bounded:
    """Return the weighted sum of *terms* in whole *units*, rounded up once.

    What is whole of a weight stays on its term, where a search sees it; what is left of each goes
    together into one number.
    """
    settled = sum(weight * part.expr for weight, part in terms if isinstance(part.expr, int))
    whole, left = divmod(settled, unit)
    expr: Expr = whole
    top = whole
    rests: list[tuple[int, Bounded]] = []
    for weight, part in terms:
        if isinstance(part.expr, int):
            continue
        units, rest = divmod(weight, unit)
        expr += units * part.expr
        top += units * part.top
        if rest:
            rests.append((rest, part))
    up = _rounded_up(model, rests, left, unit)
    return Bounded(expr + up.expr, top + up.top)


def _rounded_up(
    model: Vocabulary, rests: Sequence[tuple[int, Bounded]], left: int, unit: int
) -> Bounded:
    """Return *left* and the weighted sum of *rests* in whole *units*, rounded up."""
    if not rests:
        up = int(left > 0)
        return Bounded(up, up)
    common = gcd(unit, left, *(rest for rest, _ in rests))
    most = left + sum(rest * part.top for rest, part in rests)
    most = -(-most // unit)  # rounded up
    number = model.number(0, most)
    least = left // common + sum(rest // common * part.expr for rest, part in rests)
    model.require(unit // common * number >= least)
    return Bounded(number, most)
