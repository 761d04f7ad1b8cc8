"""What all screens share: the top, the footer, and how they follow the session."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from ...errors import ShiftplanError
from ...session import Effect, News, Session
from ..widgets.keys import Keys
from ..widgets.top import Top

if TYPE_CHECKING:
    from ..app import ShiftplanApp


class Page(Screen[None]):
    """One of the screens under the numbers.

    It keeps nothing but cursor and filter: ``draw`` shows what the session holds now.
    """

    NAME: ClassVar[str]
    """Its name in ``SCREENS``."""
    NEEDS_PLAN: ClassVar[bool] = True
    """Whether it has nothing to show while the plan has never been right."""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-low"), (34, "-high")]

    _drawn = -1

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
    def shell(self) -> ShiftplanApp:
        """The application."""
        return cast("ShiftplanApp", self.app)

    @property
    def session(self) -> Session:
        """What is worked on."""
        return self.shell.session

    # -- following the session -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Draw once everything has its size."""
        self.call_after_refresh(self.follow)

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was shown."""
        if self.is_mounted:
            self.follow()

    def follow(self) -> None:
        """Draw, if anything has changed since the last time."""
        seen = self.shell.is_running and self.is_attached
        if seen and self._drawn != self.shell.revision:
            self._drawn = self.shell.revision
            self._draw()

    def _draw(self) -> None:
        self.query_one(Top).draw(self.shell)
        missing = self.NEEDS_PLAN and self.session.plan is None
        self.set_class(missing, "-no-plan")
        if missing:
            count = len(self.session.problems)
            problems = "one problem" if count == 1 else f"{count} problems"
            self.query_one("#no-plan", Static).update(
                f"The plan cannot be used yet: {problems} in its files.\n"
                "Press 9 to see each with file and line, and to mend it."
            )
        else:
            self.draw()

    def changed(self, change: News) -> None:
        """Take in a change of the session while the screen is seen."""
        self.follow()

    # -- doing things ----------------------------------------------------------------------------

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do something that a person can get wrong; say what was wrong, and whether it went well."""
        try:
            done = do()
        except ShiftplanError as error:
            self.notify(str(error), severity="error", timeout=8, markup=False)
            return False
        if isinstance(done, Effect):
            self.shell.effect = done
        return True
