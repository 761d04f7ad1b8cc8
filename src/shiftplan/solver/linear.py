"""Sums over cells, some of which are numbers already."""

from __future__ import annotations

from collections.abc import Iterable

from ortools.sat.python import cp_model

from ..rules.vocabulary import Expr


def sum_of(terms: Iterable[Expr]) -> Expr:
    """Return the sum of *terms*, a plain number if all of them are."""
    constant = 0
    undecided = []
    for term in terms:
        if isinstance(term, int):
            constant += term
        else:
            undecided.append(term)
    if not undecided:
        return constant
    found = undecided[0] if len(undecided) == 1 else cp_model.LinearExpr.sum(undecided)
    # Adding zero would make another expression of it.
    return found + constant if constant else found
