"""Something given that has an effect only if a rule reads it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ...facts.clash import FactPath


class Fact(NamedTuple):
    """One thing given: where it stands, and what a rule must look at to read it."""

    at: FactPath
    """Path of the fact, as in ``leave, 3``."""
    section: str
    """What it is, as in ``leave`` or ``seats``: the word by which a rule says that it reads it."""
    key: str = ""
    """Which part of it, or of what it is: a level of demand, a kind of points, a contract."""
    who: str = ""
    """The person it is about, if it is about one."""
    days: tuple[date, ...] = ()
    """The days of the horizon it is about; none for all."""
