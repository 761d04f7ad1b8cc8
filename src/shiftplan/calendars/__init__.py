"""Calendars for people: iCalendar files of a roster. Only this package imports icalendar."""

from .absences import Skipped, read_absences
from .contents import contents
from .entries import CalendarEntry
from .events import Style, TimeForm
from .files import TEAM_FILE, Written, render, site_file_names, write_calendars, write_files
from .identity import ByCell, EventStatus, Identity, Revision
from .published import person_calendar, render_published, site_calendar, team_calendar
from .text import file_names, files_by_first_name

__all__ = [
    "TEAM_FILE",
    "ByCell",
    "CalendarEntry",
    "EventStatus",
    "Identity",
    "Revision",
    "Skipped",
    "Style",
    "TimeForm",
    "Written",
    "contents",
    "file_names",
    "files_by_first_name",
    "person_calendar",
    "read_absences",
    "render",
    "render_published",
    "site_calendar",
    "site_file_names",
    "team_calendar",
    "write_calendars",
    "write_files",
]
