"""The application: a session, the screens, and what is the same everywhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent
from textual.filter import LineFilter
from textual.worker import WorkerFailed, get_current_worker

from ..plan import Verdict
from ..publication import Publication
from ..session import Effect, News, Session
from .commands import Commands
from .dialogs.help import Help
from .dialogs.links import LinksDialog
from .dialogs.publish import PublishDialog
from .garbage_collection import GarbageCollection
from .messages import Changed, Progressed, Solved, VerdictKnown
from .screens import SCREENS
from .screens.page import Page
from .search import Search
from .shown_coverage import ShownCoverage
from .unseen import UnseenCharacters
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
        Binding("f8", "links", "Calendar links", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False),
    ]

    def __init__(self, session: Session, *, theme: str = DARK) -> None:
        super().__init__()
        # Rosters are judged on a thread: the one that draws gets its turn sooner.
        sys.setswitchinterval(0.001)
        self.garbage: GarbageCollection = GarbageCollection()
        self.session: Session = session
        self.revision: int = 0
        """Grows with every change of what is to be seen."""
        self.verdict: Verdict | None = None
        """The latest roster's breaches, as far as it is judged whole."""
        self.coverage: ShownCoverage | None = None
        """The coverage of the latest roster, as far as it is worked out."""
        self.effect: Effect | None = None
        """What the latest edit did."""
        self.search: Search = Search(self.post_message)
        self._unseen: LineFilter = UnseenCharacters()
        self.theme = theme
        self.died_of: BaseException | None = None
        """What nobody expected and ended it."""
        # A mode a screen: each keeps its cursor, and dialogs lie on the screen they belong to.
        for entry in SCREENS:
            self.add_mode(entry.name, entry.make)
        self._stop_listening: Callable[[], None] = session.add_listener(self._session_changed)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line goes through before it is shown."""
        return (*super().get_line_filters(), self._unseen)

    # -- following the session -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the roster, or what is wrong with the plan."""
        self.switch_mode("files" if self.session.plan is None else "roster")
        self.set_interval(1, self._tick)
        self.garbage.begin()
        # More notices than that would cover the screen; the command line lists all of them.
        for notice in self.session.notices[:3]:
            self.notify(notice, timeout=6, markup=False)

    async def on_event(self, event: Event) -> None:
        """Let garbage wait while keys and clicks come."""
        if isinstance(event, InputEvent):
            self.garbage.touch()
        await super().on_event(event)

    def _tick(self) -> None:
        self.garbage.tick()
        # The top line counts the seconds of a search; without one nothing there moves by itself.
        if self.is_running and self.search.running and self.page is not None:
            self.page.query_one(Top).draw(self)

    def _handle_exception(self, error: Exception) -> None:
        # Textual prints what it raises with the values of every name, which are the plan's; what
        # there is to say is said once the terminal is as it was, by who started the application.
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.died_of = self.died_of or cause
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def on_unmount(self) -> None:
        """Let go of everything."""
        self._stop_listening()
        self.search.stop()
        self.session.close()
        self.garbage.end()

    @property
    def page(self) -> Page | None:
        """The screen under one of the numbers that is shown, perhaps below a dialog."""
        shown = self.screen_stack[0] if self.screen_stack else None
        return shown if isinstance(shown, Page) else None

    def _session_changed(self, news: News) -> None:
        # News may come from the thread that judges; a message is safe from any.
        self.post_message(Changed(news))

    def on_changed(self, message: Changed) -> None:
        """Take in a change of the session."""
        self.revision += 1
        self.effect = self.session.judging.effect
        if message.change.what == "verdict":
            self.fetch_verdict()
        if self.page is not None:
            self.page.changed(message.change)

    def fetch_verdict(self) -> None:
        """Take in what the session found out about the roster."""
        # On a thread, as coverage of a large team takes longer than a key may; exclusive, as only
        # the latest roster is of interest.
        self.run_worker(
            self._fetch_verdict, thread=True, exclusive=True, group="judge", exit_on_error=False
        )

    def _fetch_verdict(self) -> None:
        roster = self.session.roster
        verdict = self.session.judging.verdict
        coverage: ShownCoverage | None = None
        if roster is not None:
            judging = self.session.judging
            coverage = ShownCoverage(roster, judging.intervals, judging.requirements)
            _ = coverage.day_signs  # worked out here, not on the way to the screen
        if not get_current_worker().is_cancelled:
            self.post_message(VerdictKnown(verdict, coverage))

    def on_verdict_known(self, message: VerdictKnown) -> None:
        """Show what is broken and what is staffed now."""
        self.verdict, self.coverage = message.verdict, message.coverage
        self.look_again()

    def look_again(self) -> None:
        """Have the screen that is seen drawn with what is new."""
        self.revision += 1
        if self.page is not None:
            self.page.follow()

    def on_progressed(self, message: Progressed) -> None:
        """Take in news of the search."""
        self.search.follow(message.progress)

    def on_solved(self, message: Solved) -> None:
        """Take in the end of the search."""
        self.search.finish(message.result, message.trouble)
        # The solve screen says it itself.
        if self.page is None or self.page.NAME != "solve":
            self.notify(self.search.outcome, timeout=8, markup=False)
        self.look_again()

    # -- what can be done everywhere -------------------------------------------------------------

    async def action_show(self, name: str) -> None:
        """Show a screen."""
        # Not from below a dialog, which would be left behind unanswered.
        if len(self.screen_stack) == 1:
            await self.switch_mode(name)

    async def go_to(self, who: str, day: date | None = None) -> None:
        """Show the roster with the cursor on a person and a day."""
        from .screens.roster import RosterPage  # a screen is imported when it is first shown

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
        """Show the calendar links."""
        if len(self.screen_stack) == 1 and self._has_plan():
            self.push_screen(LinksDialog(self.session))

    def _has_plan(self) -> bool:
        if self.session.plan is not None:
            return True
        sentence = "The plan cannot be read yet: 9 shows what is wrong."
        self.notify(sentence, severity="error", timeout=6)
        return False

    def action_toggle_theme(self) -> None:
        """Change between the dark and the light theme."""
        self.theme = LIGHT if self.current_theme.dark else DARK

    def action_help(self) -> None:
        """Show what the screen is for, and its keys."""
        screen, focused = self.screen, self.screen.focused
        # The screen's own words first, then those of the widget the keys go to.
        texts = [node.HELP for node in (screen, focused) if node is not None and node.HELP]
        self.push_screen(Help(texts, tuple(screen.active_bindings.values())))
