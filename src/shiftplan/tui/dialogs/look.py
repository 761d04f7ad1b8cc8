"""How the calendar of a link looks: days off, times, a reminder."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from ...clock import hours
from ...delivery.choices import NO_ALARM, Chosen, alarm_of
from ...errors import ShiftplanError
from ..widgets.tick import Tick

if TYPE_CHECKING:
    from ...store import LinkChoices


class LookDialog(ModalScreen[Chosen | None]):
    """Hands back what was chosen; a calendar of several people has the times only."""

    HELP = """
# How a calendar looks

Times are in UTC, which every program reads alike and shows in its reader's own time, or local with
their time zone. Days off and the reminder are for people's own calendars; those of a site and of
the team show neither.
"""
    AUTO_FOCUS = "Checkbox, Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "choose", "Choose", priority=True),
        Binding("escape", "dismiss", "Give up"),
    ]

    def __init__(self, title: str, now: LinkChoices, *, own: bool) -> None:
        """*own* says that the calendar is, or may be, a person's own."""
        super().__init__()
        self._title: str = title
        self._now: LinkChoices = now
        self._own: bool = own

    def compose(self) -> ComposeResult:
        """Lay out a line for each choice."""
        alarm = "" if self._now.alarm is None else hours(self._now.alarm)
        with Vertical(classes="dialog") as box:
            box.border_title = self._title
            box.border_subtitle = "Space ticks · Ctrl+S chooses · Esc gives up"
            if self._own:
                yield Tick("days off are shown", self._now.days_off, id="days-off", compact=True)
            local = self._now.form == "tzid"
            yield Tick("times are local, with their zone", local, id="local", compact=True)
            if self._own:
                with Horizontal(classes="field-line"):
                    yield Label("reminder")
                    before = "none; or how long before a shift: 30m, 1h"
                    yield Input(alarm, placeholder=before, id="alarm", compact=True)
            yield Static(id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Choose", variant="primary", id="choose", compact=True)
                yield Button("Give up", id="leave", compact=True)

    @on(Button.Pressed, "#choose")
    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Hand back what is chosen, unless the reminder is no length."""
        local = self.query_one("#local", Tick).value
        form: Literal["utc", "tzid"] = "tzid" if local else "utc"
        if not self._own:
            self.dismiss(Chosen(form=form))
            return
        alarm = self.query_one("#alarm", Input).value.strip() or NO_ALARM
        try:
            alarm_of(alarm, "")
        except ShiftplanError as error:
            self.query_one("#wrong", Static).update(str(error))
            return
        self.dismiss(Chosen(self.query_one("#days-off", Tick).value, form, alarm))

    @on(Button.Pressed, "#leave")
    async def action_dismiss(self, result: Chosen | None = None) -> None:
        """Give up."""
        self.dismiss(None)
