"""The roster of a session as far as the plan allows for it."""

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
        and (code is None or code in facts.codes_on(who, day))
    )


def fitting_cells(facts: Facts, snapshot: Snapshot) -> dict[Cell, str]:
    """Return the cells of *snapshot* that *facts* allow."""
    return {cell: code for cell, code in snapshot.cells.items() if fits(facts, cell, code)}


def fitting_pins(facts: Facts, snapshot: Snapshot) -> frozenset[Cell]:
    """Return the pins of *snapshot* on people and days that *facts* know."""
    return frozenset(cell for cell in snapshot.pins if fits(facts, cell, None))


def fitting_roster(facts: Facts, snapshot: Snapshot) -> Roster:
    """Return the roster of *snapshot* without the cells *facts* do not allow."""
    cells = MappingProxyType(fitting_cells(facts, snapshot))
    return Roster(facts, cells, fitting_pins(facts, snapshot))
