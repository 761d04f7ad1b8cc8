"""Calendars for people: iCalendar files of a roster. Only this package imports icalendar."""

from .entries import Entry
from .files import TEAM_FILE, Written, render, write_calendars
from .identity import ByCell, Identity, Revision, Status

__all__ = [
    "TEAM_FILE",
    "ByCell",
    "Entry",
    "Identity",
    "Revision",
    "Status",
    "Written",
    "render",
    "write_calendars",
]
