"""The one mutable thing: a plan folder being worked on, its roster, and what was done to both."""

from ..delivery.publishing import Preview
from .links import Link
from .session import Session
from .values import (
    Candidate,
    Change,
    CoverChange,
    Effect,
    PersonDifference,
    RuleChange,
    RuleEntry,
    TableRow,
    TableView,
    Version,
)

__all__ = [
    "Candidate",
    "Change",
    "CoverChange",
    "Effect",
    "Link",
    "PersonDifference",
    "Preview",
    "RuleChange",
    "RuleEntry",
    "Session",
    "TableRow",
    "TableView",
    "Version",
]
