"""The one mutable thing: a plan folder being worked on, its roster, and what was done to both."""

from ..delivery.links import NewLink
from ..delivery.publishing import Preview
from ..reports.table_limits import ReadTable
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
    "CoverageChange",
    "Effect",
    "NewLink",
    "News",
    "PersonDifference",
    "Preview",
    "ReadTable",
    "RuleChange",
    "RuleEntry",
    "Session",
    "TableRow",
    "TableView",
    "Version",
]
