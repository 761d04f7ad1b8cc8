"""Limits that depend on who else is on duty, for the solver."""

from __future__ import annotations

from ..vocabulary import Expr, Vocabulary


def whole_hundreds(model: Vocabulary, hundredths: Expr, most: int) -> Expr:
    """Return the whole number of hundreds in *hundredths*, or a number the solver may lower."""
    if isinstance(hundredths, int):
        return hundredths // 100
    whole = model.number(0, most)
    model.require(100 * whole <= hundredths)
    return whole


def higher_of(model: Vocabulary, least: int, number: Expr, most: int) -> Expr:
    """Return the higher of *least* and *number*, or a number the solver may lower."""
    if isinstance(number, int):
        return max(least, number)
    if not least:
        return number
    higher, which = model.number(0, max(least, most)), model.number(0, 1)
    model.require(higher <= number + least * which, higher <= least + most * (1 - which))
    return higher
