"""Who works which shift on which day, and what follows from it in plain Python: coverage, pay,
points.
"""

from .roster import Assignment, Roster, following

__all__ = ["Assignment", "Roster", "following"]
