"""What the store knows about a roster: its record and its cells."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ..clock import tz_version
from ..plan.result import Goal
from ..roster import Roster

RosterState = Literal["draft", "published"]

StoredCell = tuple[str, date, str | None, bool]
"""Person, local date, code (None: a day off) and whether it is pinned."""


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
    """What the search reported of it; empty where there was no search."""
    seconds: float
    goals: tuple[Goal, ...]

    @property
    def weeks(self) -> int:
        """Weeks from the first day to the last."""
        return ((self.last - self.first).days + 1) // 7

    def __str__(self) -> str:
        made = f"{self.created_at:%Y-%m-%d %H:%M} UTC"
        kind = "draft" if self.state == "draft" else f"{self.state} roster"
        return f"{kind} {self.id} ({self.first} to {self.last}, made {made})"


def record_of(
    roster: Roster,
    state: RosterState,
    at: datetime,
    digest: str,
    solver: str = "",
    seed: int = 0,
    *,
    uid: str = "",
) -> StoredRoster:
    """Return the record of *roster*, made at the instant *at*, before it has a number."""
    return StoredRoster(
        id=0,
        uid=uid or uuid.uuid4().hex,
        team=roster.facts.team.name,
        state=state,
        created_at=at,
        first=roster.facts.first,
        last=roster.facts.last,
        digest=digest,
        tz_version=tz_version(),
        solver_version=solver,
        seed=seed,
        status="",
        seconds=0.0,
        goals=(),
    )


def cells_of(roster: Roster, key_of: Callable[[str], str]) -> list[StoredCell]:
    """Return the cells of *roster* that have a shift or are pinned, by date and person.

    Instead of a person's name they have their key, by *key_of*.
    """
    found: list[StoredCell] = []
    for who, day in sorted({*roster.cells, *roster.pinned}, key=lambda c: (c[1], c[0])):
        cell = who, day
        found.append((key_of(who), day, roster.cells.get(cell), cell in roster.pinned))
    return found
