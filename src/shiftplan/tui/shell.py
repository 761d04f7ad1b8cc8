"""What screens and the command palette know of the application they are shown in."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from ..plan import Verdict
from ..session import Effect, Session
from .search import Search
from .shown_coverage import ShownCoverage


class Shell(Protocol):
    """The application as its screens see it.

    Screens ask for this and not for the application's class, which lists the screens: so neither
    module needs the other.
    """

    session: Session
    search: Search
    revision: int
    """Grows with every change of what is to be seen."""
    verdict: Verdict | None
    """The latest roster's breaches, as far as it is judged whole."""
    coverage: ShownCoverage | None
    """The coverage of the latest roster, as far as it is worked out."""
    effect: Effect | None
    """What the latest edit did."""

    def look_again(self) -> None:
        """Have the screen that is seen drawn with what is new."""

    async def go_to(self, who: str, day: date | None = None) -> None:
        """Show the roster with the cursor on a person and a day."""
