"""The plan folder: TOML and CSV read, checked and written."""

from .files import PLAN, find
from .load import Examined, Loaded, examine, load
from .roster_csv import read_roster, rows, write_roster

__all__ = [
    "PLAN",
    "Examined",
    "Loaded",
    "examine",
    "find",
    "load",
    "read_roster",
    "rows",
    "write_roster",
]
