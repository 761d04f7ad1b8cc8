"""Publish: first what changes for whom, then who says so."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from ...delivery.publishing import login_name
from ...errors import ShiftplanError, count
from ...publication import Publication
from ...session import Preview, Session
from ..differences import difference_lines, summary_lines
from ..widgets.tick import Tick

BROKEN = """\
The roster breaks a hard rule. Fix it, or tick the box (Space) to publish it all the same."""


class PublishDialog(ModalScreen[Publication | None]):
    """Shows the difference, asks who publishes and why, and hands back the version it became."""

    HELP = """
# Publish

What is on the screen becomes what everybody goes by: a new version, which supersedes the one
before and never changes, and calendars that follow it. The list shows what changes for each
person, in their local time, and with how many hours' notice before the first start; then each
breach of a hard rule. **Tab** goes on to who publishes and why. **Ctrl+S** publishes; what is not
saved is saved first. A roster that breaks a hard rule is published only with the box below
ticked.
"""
    AUTO_FOCUS = "#changes"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "publish", "Publish", priority=True),
        Binding("escape", "dismiss", "Give up"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Preview | None = None

    def compose(self) -> ComposeResult:
        """Lay out the difference, and below it who, why and whether all the same."""
        with Vertical(classes="dialog tall wide") as box:
            box.border_title = "Publish"
            box.border_subtitle = "Ctrl+S publishes · Esc gives up"
            yield Static("… finding out what changes", id="version")
            yield OptionList(id="changes")
            with Horizontal(classes="field-line"):
                yield Label("author")
                yield Input(login_name(), placeholder="who publishes", id="author", compact=True)
            with Horizontal(classes="field-line"):
                yield Label("message")
                why = "why, in a few words, for the history"
                yield Input(placeholder=why, id="message", compact=True)
            yield Tick("", id="force", compact=True)
            yield Static(id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Publish", variant="primary", id="publish", compact=True)
                yield Button("Give up", id="leave", compact=True)

    def on_mount(self) -> None:
        """Find out what would change."""
        self.query_one("#force").display = False
        self._look()

    # -- what would change -----------------------------------------------------------------------

    def _look(self) -> None:
        # Until the difference is known there is nothing to say yes to.
        self._shown = None
        self.run_worker(self._prepare, thread=True, exclusive=True, exit_on_error=False)

    def _prepare(self) -> None:
        try:
            found: Preview | ShiftplanError = self._session.publishing.preview()
        except ShiftplanError as error:
            found = error
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._prepared, found)

    def _prepared(self, found: Preview | ShiftplanError) -> None:
        if not self.is_attached:
            return
        if isinstance(found, ShiftplanError):
            self.query_one("#version", Static).update(Text(str(found), "bold red"))
            return
        self._shown = found
        lines = [*summary_lines(found), *self._state()]
        self.query_one("#version", Static).update(Text("\n").join(lines))
        changes = self.query_one("#changes", OptionList)
        changes.clear_options()
        changes.add_options([Option(line) for line in difference_lines(found)])
        changes.highlighted = 0 if changes.option_count else None
        broken = len(found.verdict.hard_breaches)
        force = self.query_one("#force", Tick)
        force.display = bool(broken)
        force.label = f"publish despite {count(broken, 'breach', 'breaches')} of hard rules"

    def _state(self) -> list[Text]:
        """Return what else a lead should know before publishing."""
        if self._session.read_only:
            sentence = f"Nothing can be published from here: {self._session.read_only}"
            return [Text(sentence, "bold yellow")]
        if self._session.unsaved:
            return [Text("What is not saved is saved first.", "yellow")]
        return []

    # -- publishing ------------------------------------------------------------------------------

    @on(Button.Pressed, "#publish")
    def action_publish(self) -> None:
        """Publish what is shown, unless something speaks against it: then say what."""
        shown, force = self._shown, self.query_one("#force", Tick)
        if shown is None:
            return
        author, message = (self.query_one(f"#{name}", Input) for name in ("author", "message"))
        if shown.nothing:
            self._show_state(
                f"Nothing to publish: version {shown.stands.supersedes} says the same."
            )
        elif not author.value.strip():
            self._show_state("Who publishes?")
            author.focus()
        elif shown.verdict.hard_breaches and not force.value:
            self._show_state(BROKEN)
            force.focus()
        else:
            self._shown = None  # pressed twice, the key publishes once
            self._show_state("… publishing")
            # After the next drawing, so that the line above is seen while it takes its time.
            self.call_after_refresh(self._publish, shown, author.value, message.value, force.value)

    def _publish(self, shown: Preview, author: str, message: str, force: bool) -> None:
        try:
            made = self._session.publishing.publish(shown, author, message, force=force)
        except ShiftplanError as error:
            self._show_state(str(error))
            self._look()  # somebody else may have published: this is what differs now
        else:
            self.dismiss(made)

    def _show_state(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#leave")
    async def action_dismiss(self, result: Publication | None = None) -> None:
        """Give up."""
        self.dismiss(None)
