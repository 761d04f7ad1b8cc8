"""The words rules say to a model.

``solver.model.Model`` knows them, and so can any other reader of rules.

A rule speaks of cells, and of sums and limits over them. A cell that is open is an expression, a
cell on record or fixed is a plain number; the words take both, so that one ``encode`` builds the
whole model, a part of it, or the problem of one person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeAlias

from ..facts import Facts


class Linear(Protocol):
    """Something linear over open cells. Comparing one makes a condition for ``require``."""

    def __add__(self, other: Any, /) -> Linear: ...
    def __radd__(self, other: Any, /) -> Linear: ...
    def __sub__(self, other: Any, /) -> Linear: ...
    def __rsub__(self, other: Any, /) -> Linear: ...
    def __mul__(self, other: int, /) -> Linear: ...
    def __rmul__(self, other: int, /) -> Linear: ...
    def __neg__(self) -> Linear: ...
    def __le__(self, other: Any, /) -> bool: ...
    def __ge__(self, other: Any, /) -> bool: ...


Expr: TypeAlias = Linear | int
"""Something linear over the cells; a plain number where all cells in it are on record or fixed."""

SiteShift: TypeAlias = tuple[str, date, str]
"""Site, day of the cell, code."""

MOST = 10_000_000
"""The most units by which a limit is taken to be broken, unless a rule knows better."""


class Vocabulary(Protocol):
    """What a rule can say while it is encoded.

    Whether a broken limit is forbidden or costs is not for the rule to know.
    """

    facts: Facts

    # -- cells -----------------------------------------------------------------------------------

    def works(self, who: str, day: date, codes: Collection[str] | None = None) -> Expr:
        """Return 1 if *who* works on *day* (one of *codes*, if given), else 0.

        *day* may lie before the horizon, where the record answers.
        """
        ...

    def off(self, who: str, day: date) -> Expr:
        """Return 1 if *who* does not work on *day*, else 0."""
        ...

    def open(self, who: str, day: date) -> bool:
        """Say whether the cell is still to be decided."""
        ...

    def headcount(self, people: tuple[str, ...], day: date, code: str) -> Expr:
        """Return how many of *people*, who all have *code* among their shifts, work it on *day*."""
        ...

    @property
    def covering(self) -> Mapping[int, frozenset[SiteShift]]:
        """Return, per slot of the window and its tail, the shifts on duty for the whole of it.

        In the tail a shift of the days after the horizon stands for the same cell a week earlier.
        """
        ...

    # -- limits: each charges the amount by which it is broken -----------------------------------

    def never_all(self, events: Iterable[Expr], amount: int = 1) -> None:
        """Charge *amount* if every one of *events* (each 0 or 1) is 1."""
        ...

    def at_most(self, limit: Expr, total: Expr, *, each: int = 1, most: int = MOST) -> None:
        """Charge *each* for every unit of *total* above *limit*; *most* bounds those units."""
        ...

    def at_least(self, limit: Expr, total: Expr, *, each: int = 1, most: int = MOST) -> None:
        """Charge *each* for every unit *total* is below *limit*; *most* bounds those units."""
        ...

    def at_most_highest(self, excesses: Sequence[Expr], *, each: int = 1, most: int = MOST) -> None:
        """Charge *each* for every unit of the highest of *excesses*, if it is above zero."""
        ...

    def charge(self, total: Expr) -> None:
        """Charge every unit of *total*, which at its lowest is not below zero."""
        ...

    # -- numbers that follow from cells ----------------------------------------------------------

    def number(self, low: int, high: int) -> Linear:
        """Return a new whole number between *low* and *high*, to tie to cells with ``require``."""
        ...

    def require(self, *conditions: bool) -> None:
        """State what a number made by ``number`` means; not for the rule's own limit."""
        ...


def codes_on(facts: Facts, who: str, day: date) -> Sequence[str]:
    """Return what the cell of *who* on *day* can hold: the code on record, or any of theirs.

    Outside their contract that is nothing.
    """
    if day >= facts.first:
        return facts.codes_on(who, day)
    on_record = facts.history.cells.get((who, day))
    return () if on_record is None else (on_record,)


def certain(event: Expr) -> bool:
    """Say whether *event* is 1 whatever is decided."""
    return isinstance(event, int) and event != 0


def ruled_out(event: Expr) -> bool:
    """Say whether *event* is 0 whatever is decided."""
    return isinstance(event, int) and event == 0


def any_of(model: Vocabulary, events: Sequence[Expr]) -> Expr:
    """Return 1, at least, if any of *events*, each 0 or 1, is 1.

    What charges it keeps it down.
    """
    if any(certain(event) for event in events):
        return 1
    undecided = [event for event in events if not isinstance(event, int)]
    if not undecided:
        return 0
    if len(undecided) == 1:
        return undecided[0]
    either = model.number(0, 1)
    model.require(*(either >= event for event in undecided))
    return either


def none_of(model: Vocabulary, events: Sequence[Expr]) -> Expr:
    """Return 1, at most, and that only if none of *events*, each 0 or 1, is 1.

    What wants it pulls it up.
    """
    if any(certain(event) for event in events):
        return 0
    undecided = [event for event in events if not isinstance(event, int)]
    if not undecided:
        return 1
    if len(undecided) == 1:
        return 1 - undecided[0]
    none = model.number(0, 1)
    model.require(*(none + event <= 1 for event in undecided))
    return none


def all_of(events: Sequence[Expr]) -> Expr:
    """Return 1 if all of *events*, each 0 or 1, are 1, and zero or less if not.

    That is an excess to charge.
    """
    if any(ruled_out(event) for event in events):
        return 0
    return sum(events) - (len(events) - 1)
