"""What has been published for the days of the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .history import Cell


@dataclass(frozen=True)
class Published:
    """Published shifts; the codes are those of then, which the plan may know no longer."""

    cells: Mapping[Cell, str] = field(default_factory=dict)

    def at(self, who: str, day: date) -> str | None:
        """Return the code published for *who* on *day*, or None for a day off."""
        return self.cells.get((who, day))

    def names(self, who: str) -> bool:
        """Say whether any shift was published for *who*; for a newcomer nothing can change."""
        return who in self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(who for who, _ in self.cells)

    def __getstate__(self) -> dict[str, object]:
        """Return the shifts alone."""
        return {"cells": dict(self.cells)}
