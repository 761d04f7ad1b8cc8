"""How edits of the roster are called, in the history and on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ..errors import count
from ..facts import Cell


def day_words(day: date) -> str:
    """Return a day as labels have it."""
    return f"{day:%a %d %b}"


def where(cells: Sequence[Cell]) -> str:
    """Return which cells: ``Ana, Mon 19 Oct``, ``3 cells of Ana``, ``4 cells of 2 people``."""
    if len(cells) == 1:
        who, day = cells[0]
        return f"{who}, {day_words(day)}"
    people = {who for who, _ in cells}
    of = next(iter(people)) if len(people) == 1 else count(len(people), "person", "people")
    return f"{count(len(cells), 'cell')} of {of}"


def assigned(cells: Mapping[Cell, str | None]) -> str:
    """Return what is put where: ``Ana, Mon 19 Oct: E``."""
    codes = set(cells.values())
    what = (codes.pop() or "off") if len(codes) == 1 else "several shifts"
    return f"{where(tuple(cells))}: {what}"
