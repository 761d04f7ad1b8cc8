"""The plan's files as text, with all that is wrong in them: the way out of a plan that cannot be
read.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from ...errors import Problem, count
from ..widgets.keys import enter
from .page import Page

PAUSE = 0.6
"""Seconds without a key after which what was typed is taken in and checked."""


class FilesPage(Page):
    """The files of the plan folder, checked as they are typed."""

    NAME = "files"
    NEEDS_PLAN = False
    HELP = """
# Files

Every file of the plan as text. What you type is checked as soon as you pause; problems stand on
top, **Enter** on one goes to its line. **Tab** goes from problems to files, **Esc** leaves the
text so that keys are commands again. Nothing is written to disk before **Ctrl+S**.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "next_problem", "Next problem"),
        Binding("e", "edit", "Edit"),
        Binding("escape", "leave", "Leave text", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._file: str = ""
        self._pause: Timer | None = None
        self._problems: tuple[Problem, ...] = ()

    def body(self) -> ComposeResult:
        """Lay out problems, files, and the text of one."""
        yield Static(id="state")
        yield enter(OptionList(id="problems", markup=False), "Go to the line")
        with Horizontal(id="texts"):
            yield enter(OptionList(id="names", markup=False), "Open")
            with Vertical(id="text-box"):
                yield TextArea(
                    show_line_numbers=True, tab_behavior="indent", soft_wrap=False, id="text"
                )

    @property
    def text(self) -> TextArea:
        """The editor."""
        return self.query_one(TextArea)

    def draw(self) -> None:
        """Show what the files hold and what is wrong."""
        files = self.session.plan_edits.files
        names = self.query_one("#names", OptionList)
        if [o.id for o in names.options] != list(files):
            names.clear_options()
            names.add_options([Option(name, id=name) for name in files])
        first = not self._file
        if files and self._file not in files:
            self._file = files[0]
        self._list_problems()
        self._load()
        # A plan with problems opens at the first of them; later the cursor stays where one types.
        if first and self._problems:
            self._go(self._problems[0])
        elif not self.focused:
            names.focus()

    def _list_problems(self) -> None:
        self._problems = self.session.problems
        found = len(self._problems)
        state = Text("The plan is sound.", "green")
        if found:
            next_step = "Enter goes to the line; type below to fix it."
            state = Text(f"{count(found, 'problem')}. {next_step}", "bold red")
        self.query_one("#state", Static).update(state)
        options = self.query_one("#problems", OptionList)
        options.display = bool(found)
        at = options.highlighted
        options.clear_options()
        options.add_options([Option(_problem_line(p)) for p in self._problems])
        options.highlighted = min(at or 0, found - 1) if found else None

    def _load(self) -> None:
        """Show the file's text, unless it is what was just typed."""
        if not self._file:
            return
        text = self.session.plan_edits.file_text(self._file)
        self.query_one("#text-box").border_title = Content(self._file)
        if text != self.text.text:
            place = self.text.cursor_location
            # What is loaded was not typed: it must not be taken in again.
            with self.text.prevent(TextArea.Changed):
                self.text.load_text(text)
                self.text.move_cursor(place)

    # -- typing ----------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def _typed(self) -> None:
        # Each key begins the pause anew: a plan is read whole, which is too much for every letter.
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.take_in)

    def take_in(self) -> None:
        """Take in what was typed, and have it checked."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        if self._file and self.text.text != self.session.plan_edits.file_text(self._file):
            self.attempt(lambda: self.session.plan_edits.set_file_text(self._file, self.text.text))

    def on_screen_suspend(self) -> None:
        """Take in what was typed before another screen is shown."""
        self.take_in()

    # -- going about -----------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#names")
    def _open(self, event: OptionList.OptionSelected) -> None:
        self._show(str(event.option.id))

    @on(OptionList.OptionHighlighted, "#names")
    def _peek(self, event: OptionList.OptionHighlighted) -> None:
        # The list is highlighted when it is filled, too.
        if self.query_one("#names").has_focus:
            self._show(str(event.option.id), focus=False)

    def _show(self, name: str, line: int = 0, *, focus: bool = True) -> None:
        if name not in self.session.plan_edits.files:
            return
        if name != self._file:
            self.take_in()
            self._file = name
            self.text.move_cursor((0, 0))
            self._load()
        if line:
            self.text.move_cursor((line - 1, 0), center=True)
        if focus:
            self.text.focus()

    @on(OptionList.OptionSelected, "#problems")
    def _open_problem(self, event: OptionList.OptionSelected) -> None:
        self._go(self._problems[event.option_index])

    def _go(self, problem: Problem) -> None:
        self._show(problem.file, problem.line)

    def action_next_problem(self) -> None:
        """Go to the line of the next problem."""
        options = self.query_one("#problems", OptionList)
        if self._problems:
            now = -1 if options.highlighted is None else options.highlighted
            options.highlighted = (now + 1) % len(self._problems)
            self._go(self._problems[options.highlighted])

    def action_edit(self) -> None:
        """Put the cursor into the text."""
        self.text.focus()

    def action_leave(self) -> None:
        """Leave the text, for the problems if there are any."""
        self.take_in()
        self.query_one("#problems" if self._problems else "#names").focus()


def _problem_line(problem: Problem) -> Text:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    line = Text.assemble((f"{where} ", "bold"), (f"{problem.key}: " if problem.key else "", "bold"))
    return line.append(f"{problem.message} ").append(problem.hint, "dim")


SCREEN = FilesPage
