"""The roster of a session as far as the plan still allows for it."""

from __future__ import annotations

from types import MappingProxyType

from ..facts import Cell, Facts
from ..roster import Roster
from .history import Snapshot


def fits(facts: Facts, cell: Cell, code: str | None) -> bool:
    """Say whether *facts* know the person and the day of *cell*, and let them work *code*."""
    who, day = cell
    return (
        facts.has_person(who)
        and facts.first <= day <= facts.last
        and (code is None or code in facts.codes(who))
    )


def fitting(facts: Facts, state: Snapshot) -> Roster:
    """Return the roster of *state* without the cells *facts* do not allow."""
    cells = {c: code for c, code in state.cells.items() if fits(facts, c, code)}
    pins = frozenset(c for c in state.pins if fits(facts, c, None))
    return Roster(facts, MappingProxyType(cells), pins)
