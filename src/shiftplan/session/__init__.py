"""The one mutable thing: a plan folder being worked on, its roster, and what was done to both."""

from ..delivery.publishing import Preview
from .links import NewLink
from .session import Session
from .values import (
    Candidate,
    CoverageChange,
    Effect,
    News,
    PersonDifference,
    RuleChange,
    RuleEntry,
    TableRow,
    TableView,
    Version,
)

__all__ = [
    "Candidate",
    "News",
    "CoverageChange",
    "Effect",
    "NewLink",
    "PersonDifference",
    "Preview",
    "RuleChange",
    "RuleEntry",
    "Session",
    "TableRow",
    "TableView",
    "Version",
]
