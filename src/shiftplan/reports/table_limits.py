"""How much of a table is read, and what reading it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_ROWS = 100_000
MOST_COLUMNS = 256
MOST_CELLS = 500_000
MOST_TEXT = 16_000_000
"""Characters in all cells together."""
MOST = f"it has more than {MOST_ROWS:,} rows, {MOST_CELLS:,} cells or {MOST_TEXT:,} letters."
"""What is said of a table with more in it."""


@dataclass(frozen=True)
class SheetLines:
    """What a sheet says: its rows as texts, and what somebody should know about how they were
    chosen.
    """

    lines: Sequence[Sequence[str]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadTable:
    """A table as it was read: its columns, its rows as text, and what is to be said about it."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: tuple[str, ...] = ()
