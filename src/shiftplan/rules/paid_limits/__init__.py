"""Limits on paid minutes, of a day or of a stretch of days: the solver's half and the checker's."""

from __future__ import annotations

from .day import DayLimits
from .stretch import StretchLimits, longest_shift
from .whole_shifts import never_enough

__all__ = ["DayLimits", "StretchLimits", "longest_shift", "never_enough"]
