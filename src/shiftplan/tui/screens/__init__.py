"""The screens by name: the one place that lists them."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from textual.screen import Screen


class ScreenEntry(NamedTuple):
    """A screen: the key that shows it, its name and module, its title, what it is for."""

    key: str
    name: str
    title: str
    purpose: str

    def make(self) -> Screen[None]:
        """Return the screen, new."""
        # Imported when it is first shown: nine screens at once would delay the first.
        module = import_module(f"{__package__}.{self.name}")
        screen: Screen[None] = module.SCREEN()
        return screen


SCREENS = (
    ScreenEntry(
        "1", "roster", "Roster", "who works when: change it, pin it, see what a change breaks"
    ),
    ScreenEntry(
        "2", "coverage", "Coverage", "required against staffed, the gaps, and who could fill them"
    ),
    ScreenEntry(
        "3", "rules", "Rules", "every rule as a sentence; change, add, switch off, order the goals"
    ),
    ScreenEntry("4", "tables", "Tables", "people, leave, wishes, demand"),
    ScreenEntry("5", "solve", "Solve", "search for a better roster and watch it come"),
    ScreenEntry("6", "breaches", "Breaches", "what is wrong now, and where"),
    ScreenEntry("7", "versions", "Versions", "rosters kept so far, and how they differ"),
    ScreenEntry("8", "export", "Export", "calendars, roster and coverage as files"),
    ScreenEntry("9", "files", "Files", "the plan's files as text, and what is wrong in them"),
)
