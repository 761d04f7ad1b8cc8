"""What the store knows about a roster besides its cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ..plan.result import Goal

RosterState = Literal["draft", "published"]


@dataclass(frozen=True)
class StoredRoster:
    """One roster on record: where it came from and what it cost when it was made."""

    id: int
    uid: str
    team: str
    state: RosterState
    created_at: datetime
    """Aware, in UTC."""
    first: date
    last: date
    digest: str
    """Digest of the plan folder it was solved from."""
    tz_version: str
    solver_version: str
    seed: int
    status: str
    """What the search said of it; empty where there was no search."""
    seconds: float
    goals: tuple[Goal, ...]

    @property
    def weeks(self) -> int:
        """Weeks from the first day to the last."""
        return ((self.last - self.first).days + 1) // 7

    def __str__(self) -> str:
        made = f"{self.created_at:%Y-%m-%d %H:%M} UTC"
        return f"{self.state} {self.id} ({self.first} to {self.last}, made {made})"
