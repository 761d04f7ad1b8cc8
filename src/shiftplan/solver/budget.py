"""One deadline for all goals."""

from __future__ import annotations

import time

WORK_PER_SECOND = 0.16
"""Units of the solver's own work counted as a second with one worker; slow enough for a slow
machine.
"""

NEIGHBOURHOOD_WORK = 3
"""How much longer a unit of work takes where only neighbourhoods are searched."""

ENOUGH = 30
"""Looks in a row that came to nothing, after which a search goes on to the next goal."""
LOOK = 1.0
"""Units of the solver's own work that a look at a part of the roster may take."""
LEAST = 0.02
"""Units counted for a look that took next to none, so that looks end where work is counted."""


KEPT_BACK = 0.05
"""The part of all time that goals leave for what comes after them."""


class PartOfShare:
    """Parts that the time of one goal is divided into."""

    LOOKS = 0.8
    """For looks at parts of the roster, where rules know what is worth one."""
    PROOF = 0.4
    """For a search that proves a bound too, if one worker is to search neighbourhoods as well."""
    NEIGHBOURHOODS = 0.6
    """For neighbourhoods of the best roster, which one worker alone does not search otherwise."""


class Budget:
    """Time shared by goals: by the clock, or by the solver's count of work done.

    Counting work makes a search repeatable; the clock still ends one that takes far too long.
    """

    def __init__(self, seconds: float, *, by_work: bool = False) -> None:
        self.by_work = by_work
        self._begun = time.monotonic()
        self._seconds = seconds
        self._work = seconds * WORK_PER_SECOND
        self._kept_back = KEPT_BACK

    def elapsed(self) -> float:
        """Return the seconds since the search began."""
        return time.monotonic() - self._begun

    def left(self) -> float:
        """Return the seconds to the deadline."""
        return max(0.0, self._seconds - self.elapsed())

    def release(self) -> None:
        """Let what was kept back be used: all goals have had their turn."""
        self._kept_back = 0.0

    def used_up(self) -> bool:
        """Say whether nothing is left."""
        return self._clock_left() <= 0.05 or (self.by_work and self._work_left() <= 0)

    def _clock_left(self) -> float:
        return max(0.0, self.left() - self._kept_back * self._seconds)

    def _work_left(self) -> float:
        return max(0.0, self._work - self._kept_back * self._seconds * WORK_PER_SECOND)

    def share(self, goals: int) -> float:
        """Return what the next of *goals* may take of what is left.

        Twice an even part while more than two remain, half of it with two, and all for the last.
        """
        whole = self.left_over()
        # Twice an even part of two would leave nothing for the last goal.
        part = 2.0 / goals if goals > 2 else 1.0 / goals
        return max(0.01, whole * part)

    def left_over(self) -> float:
        """Return all that may be used now, in what shares are counted in."""
        return max(0.01, self._work_left() if self.by_work else self._clock_left())

    def clock(self, share: float) -> float:
        """Return the clock's limit for a share."""
        left = self._clock_left()
        return max(0.05, left if self.by_work else min(share, left))

    def work(self, share: float, *, neighbourhoods_only: bool = False) -> float:
        """Return the solver's limit for a share when it counts work."""
        return share / (NEIGHBOURHOOD_WORK if neighbourhoods_only else 1)

    def spent(self) -> float:
        """Return what has been used so far, in what shares are counted in."""
        return self._seconds * WORK_PER_SECOND - self._work if self.by_work else self.elapsed()

    def spend(self, work: float, *, neighbourhoods_only: bool = False) -> None:
        """Take note of work done."""
        self._work = max(
            0.0, self._work - work * (NEIGHBOURHOOD_WORK if neighbourhoods_only else 1)
        )
