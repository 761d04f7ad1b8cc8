"""The screens by name: the one place that lists them. A module is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .page import Page


class Entry(NamedTuple):
    """A screen: the key that shows it, its name and module, its title, what it is for."""

    key: str
    name: str
    title: str
    purpose: str

    def make(self) -> Page:
        """Return the screen, new."""
        module = import_module(f"{__package__}.{self.name}")
        page: Page = module.SCREEN()
        return page


SCREENS = (
    Entry("1", "roster", "Roster", "who works when: change it, pin it, see what a change breaks"),
    Entry(
        "2", "coverage", "Coverage", "required against staffed, the gaps, and who could fill them"
    ),
    Entry(
        "3", "rules", "Rules", "every rule as a sentence; change, add, switch off, order the goals"
    ),
    Entry("4", "tables", "Tables", "people, leave, wishes, demand"),
    Entry("5", "solve", "Solve", "search for a better roster and watch it come"),
    Entry("6", "breaches", "Breaches", "what is wrong now, and where"),
    Entry("7", "versions", "Versions", "rosters kept so far, and how they differ"),
    Entry("8", "export", "Export", "calendars, roster and coverage as files"),
    Entry("9", "files", "Files", "the plan's files as text, and what is wrong in them"),
)
