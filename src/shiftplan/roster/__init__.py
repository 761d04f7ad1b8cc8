"""Who works which shift on which day, and what follows from it in plain Python: coverage, pay,
points.
"""

from .roster import Duty, Roster, following

__all__ = ["Duty", "Roster", "following"]
