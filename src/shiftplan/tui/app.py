"""The application: a session, the screens, and what is the same everywhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent
from textual.worker import get_current_worker

from ..plan import Verdict
from ..publication import Publication
from ..session import Effect, Session
from .commands import Commands
from .cover import ScreenCoverage
from .dialogs.help import Help
from .dialogs.links import LinksDialog
from .dialogs.publish import PublishDialog
from .garbage import Rubbish
from .messages import Changed, Progressed, Solved, VerdictKnown
from .screens import SCREENS
from .screens.page import Page
from .search import Search
from .widgets.top import Top

DARK, LIGHT = "textual-dark", "textual-light"


class ShiftplanApp(App[None]):
    """A lead's day with one plan folder, in nine screens."""

    TITLE = "shiftplan"
    CSS_PATH = Path(__file__).with_name("style.tcss")
    COMMANDS = App.COMMANDS | {Commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(s.key, f"show('{s.name}')", s.title, show=False) for s in SCREENS),
        Binding("ctrl+z,u", "undo", "Undo", key_display="u"),
        Binding("ctrl+y,r", "redo", "Redo", key_display="r", show=False),
        Binding("ctrl+s", "save", "Save", key_display="^s"),
        Binding("f1,question_mark", "help", "Help", key_display="?"),
        Binding("f2", "toggle_theme", "Light or dark", show=False),
        Binding("f4", "publish", "Publish", show=False),
        Binding("f8", "links", "Links to calendars", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False),
    ]

    def __init__(self, session: Session, *, theme: str = DARK) -> None:
        super().__init__()
        # Rosters are judged on a thread: the one that draws gets its turn sooner.
        sys.setswitchinterval(0.001)
        self.rubbish = Rubbish()
        self.session = session
        self.revision = 0
        """Grows with every change of what is to be seen."""
        self.verdict: Verdict | None = None
        """The latest roster's breaches, as far as it is judged whole."""
        self.cover: ScreenCoverage | None = None
        """The cover of the latest roster, as far as it is worked out."""
        self.effect: Effect | None = None
        """What the latest edit did."""
        self.search = Search(self)
        self.theme = theme
        for entry in SCREENS:
            self.add_mode(entry.name, entry.make)
        self._unlisten = session.add_listener(lambda change: self.post_message(Changed(change)))

    # -- following the session -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the roster, or what is wrong with the plan."""
        self.switch_mode("files" if self.session.plan is None else "roster")
        self.set_interval(1, self._tick)
        self.rubbish.begin()
        for notice in self.session.notices[:3]:
            self.notify(notice, timeout=6, markup=False)

    async def on_event(self, event: Event) -> None:
        """Let rubbish wait while keys and clicks come."""
        if isinstance(event, InputEvent):
            self.rubbish.touch()
        await super().on_event(event)

    def _tick(self) -> None:
        self.rubbish.tick()
        if self.is_running and self.search.running and self.page is not None:
            self.page.query_one(Top).draw(self)

    def on_unmount(self) -> None:
        """Let go of everything."""
        self._unlisten()
        self.search.stop()
        self.session.close()
        self.rubbish.end()

    @property
    def page(self) -> Page | None:
        """The screen under one of the numbers that is shown, perhaps below a dialog."""
        shown = self.screen_stack[0] if self.screen_stack else None
        return shown if isinstance(shown, Page) else None

    def on_changed(self, message: Changed) -> None:
        """Take in a change of the session."""
        self.revision += 1
        self.effect = self.session.judging.effect
        if message.change.what == "verdict":
            self.judge()
        if self.page is not None:
            self.page.changed(message.change)

    def judge(self) -> None:
        """Take in what the session found out about the roster, on a thread; what comes late is
        dropped.
        """
        self.run_worker(
            self._judge, thread=True, exclusive=True, group="judge", exit_on_error=False
        )

    def _judge(self) -> None:
        roster = self.session.roster
        verdict = self.session.judging.verdict
        cover = (
            ScreenCoverage(roster, self.session.judging.intervals) if roster is not None else None
        )
        if cover is not None:
            _ = cover.strips  # worked out here, not on the way to the screen
        if not get_current_worker().is_cancelled:
            self.post_message(VerdictKnown(verdict, cover))

    def on_verdict_known(self, message: VerdictKnown) -> None:
        """Show what is broken and what is covered now."""
        self.verdict, self.cover = message.verdict, message.cover
        self.look_again()

    def look_again(self) -> None:
        """Have the screen that is seen drawn with what is new."""
        self.revision += 1
        if self.page is not None:
            self.page.follow()

    def on_progressed(self, message: Progressed) -> None:
        """Take in news of the search."""
        self.search.heard(message.progress)

    def on_solved(self, message: Solved) -> None:
        """Take in the end of the search."""
        self.search.over(message.result, message.trouble)
        if self.page is None or self.page.NAME != "solve":
            self.notify(self.search.words(), timeout=8, markup=False)
        self.look_again()

    # -- what can be done everywhere -------------------------------------------------------------

    async def action_show(self, name: str) -> None:
        """Show a screen."""
        if len(self.screen_stack) == 1:
            await self.switch_mode(name)

    async def go_to(self, who: str, day: date | None = None) -> None:
        """Show the roster with the cursor on a person and a day."""
        from .screens.roster import RosterPage

        await self.switch_mode("roster")
        if isinstance(self.page, RosterPage):
            self.page.go(who, day)

    def action_undo(self) -> None:
        """Take the latest edit back."""
        self._step(self.session.steps.undo, "Undone", "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do the edit taken back again."""
        self._step(self.session.steps.redo, "Done again", "There is nothing to redo.")

    def _step(self, step: Callable[[], str | None], done: str, nothing: str) -> None:
        label = step()
        self.notify(f"{done}: {label}" if label else nothing, timeout=3, markup=False)

    def action_save(self) -> None:
        """Write the plan's files and keep the roster as a draft."""
        if self.page is not None and self.page.attempt(self.session.save):
            self.notify(f"Saved in {self.session.root.name}.", timeout=3, markup=False)

    def action_publish(self) -> None:
        """Show what publishing would change, and publish."""
        if len(self.screen_stack) == 1 and self._has_plan():
            self.push_screen(PublishDialog(self.session), self._published)

    def _published(self, made: Publication | None) -> None:
        if made is not None:
            self.notify(f"Published as {made} by {made.author}.", timeout=8, markup=False)

    def action_links(self) -> None:
        """Show the links to calendars."""
        if len(self.screen_stack) == 1 and self._has_plan():
            self.push_screen(LinksDialog(self.session))

    def _has_plan(self) -> bool:
        if self.session.plan is None:
            self.notify(
                "The plan cannot be read yet: 9 shows what is wrong.", severity="error", timeout=6
            )
        return self.session.plan is not None

    def action_toggle_theme(self) -> None:
        """Change between the dark and the light theme."""
        self.theme = LIGHT if self.current_theme.dark else DARK

    def action_help(self) -> None:
        """Show what the screen is for, and its keys."""
        screen, focused = self.screen, self.screen.focused
        texts = [node.HELP for node in (screen, focused) if node is not None and node.HELP]
        self.push_screen(Help(texts, tuple(screen.active_bindings.values())))
