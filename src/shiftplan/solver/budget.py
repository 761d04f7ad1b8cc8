"""One deadline for all goals."""

from __future__ import annotations

import time

WORK_PER_SECOND = 0.16
"""Units of the solver's own work counted as a second with one worker; slow enough for a slow
machine.
"""

NEAR = 3
"""How much longer a unit of work takes where only neighbourhoods are searched."""


class Budget:
    """Time shared by goals: by the clock, or by the solver's count of work done.

    Counting work makes a search repeatable; the clock still ends one that takes far too long.
    """

    def __init__(self, seconds: float, *, by_work: bool = False) -> None:
        self.by_work = by_work
        self._begun = time.monotonic()
        self._seconds = seconds
        self._work = seconds * WORK_PER_SECOND

    def elapsed(self) -> float:
        """Return the seconds since the search began."""
        return time.monotonic() - self._begun

    def left(self) -> float:
        """Return the seconds to the deadline."""
        return max(0.0, self._seconds - self.elapsed())

    def over(self) -> bool:
        """Say whether nothing is left."""
        return self.left() <= 0.05 or (self.by_work and self._work <= 0)

    def share(self, goals: int) -> float:
        """Return what the next of *goals* may take: twice an even part of what is left, all for the
        last.
        """
        whole = self._work if self.by_work else self.left()
        return max(0.01, whole * min(1.0, 2.0 / goals if goals > 2 else 1.0 / goals))

    def clock(self, share: float) -> float:
        """Return the clock's limit for a share."""
        return max(0.05, self.left() if self.by_work else min(share, self.left()))

    def work(self, share: float, *, near: bool = False) -> float:
        """Return the solver's limit for a share when it counts work."""
        return share / (NEAR if near else 1)

    def spent(self) -> float:
        """Return what has been used so far, in what shares are counted in."""
        return self._seconds * WORK_PER_SECOND - self._work if self.by_work else self.elapsed()

    def spend(self, work: float, *, near: bool = False) -> None:
        """Take note of work done."""
        self._work = max(0.0, self._work - work * (NEAR if near else 1))
