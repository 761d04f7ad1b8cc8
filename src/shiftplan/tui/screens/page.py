"""What all screens share: the top, the footer, and how they follow the session."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from ...errors import ShiftplanError, count
from ...plan.amounts import CostWords, cost_words
from ...session import Effect, News, Session
from ..shell import Shell
from ..widgets.keys import Keys
from ..widgets.top import Top

WIDE = 110
"""Columns from which a map and a list fit side by side."""


class Page(Screen[None]):
    """One of the screens under the numbers.

    It keeps nothing but cursor and filter: ``draw`` shows what the session holds now.
    """

    NAME: ClassVar[str]
    """Its name in ``SCREENS``."""
    NEEDS_PLAN: ClassVar[bool] = True
    """Whether it has nothing to show while the plan has never been right."""
    AUTO_FOCUS = ""
    # In fewer than 12 lines only the main widget is left; from 34 there is room for more lines
    # about the latest edit.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-low"), (34, "-high")]

    _drawn = -1
    """The revision that was drawn last."""

    def compose(self) -> ComposeResult:
        """Lay out the top, what the screen is for, and the footer."""
        yield Top(self.NAME)
        yield Static(id="no-plan")
        yield from self.body()
        yield Keys()

    @abstractmethod
    def body(self) -> ComposeResult:
        """Lay out what is between top and footer."""

    @abstractmethod
    def draw(self) -> None:
        """Show what the session holds; called whenever that has changed and the screen is seen."""

    @property
    def shell(self) -> Shell:
        """The application."""
        return cast(Shell, self.app)

    @property
    def session(self) -> Session:
        """What is worked on."""
        return self.shell.session

    @property
    def is_wide(self) -> bool:
        """Whether a map and a list stand side by side."""
        # The class that says so to the style sheet is set only after the first drawing.
        return self.app.size.width >= WIDE

    @property
    def cost_words(self) -> CostWords:
        """How the plan's costs are written."""
        plan = self.session.plan
        return cost_words(plan.rules if plan is not None else ())

    # -- following the session -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Draw once everything has its size."""
        # The grid's columns and the footer's keys follow from the width.
        self.call_after_refresh(self.follow)

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was shown."""
        if self.is_mounted:  # the first resume comes before the widgets do
            self.follow()

    def follow(self) -> None:
        """Draw, if anything has changed since the last time."""
        # News may still come while the application ends or the screen is taken down.
        seen = self.app.is_running and self.is_attached
        if seen and self._drawn != self.shell.revision:
            self._drawn = self.shell.revision
            self._draw()

    def _draw(self) -> None:
        self.query_one(Top).draw(self.shell)
        missing = self.NEEDS_PLAN and self.session.plan is None
        self.set_class(missing, "-no-plan")
        if missing:
            problems = count(len(self.session.problems), "problem")
            self.query_one("#no-plan", Static).update(
                f"The plan cannot be used yet: {problems} in its files.\n"
                "Press 9 to see each with file and line, and to fix it."
            )
        else:
            self.draw()

    def changed(self, change: News) -> None:
        """Take in a change of the session while the screen is seen."""
        self.follow()

    # -- doing things ----------------------------------------------------------------------------

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do what a person can get wrong; say what was wrong, and whether it went well."""
        try:
            done = do()
        except ShiftplanError as error:
            self.notify(str(error), severity="error", timeout=8, markup=False)
            return False
        if isinstance(done, Effect):
            # At once: what the session announces comes a moment later.
            self.shell.effect = done
        return True
