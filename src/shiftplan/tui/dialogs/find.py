"""Find somebody by typing part of their name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

SHOWN = 50
"""Names listed at once."""


class Find(ModalScreen[str | None]):
    """Hands back the name that was typed or chosen."""

    HELP = "Type part of a name; arrows choose among those that fit, Enter goes there."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Give up"),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Previous", show=False),
    ]

    def __init__(self, names: Sequence[str], title: str = "Find") -> None:
        super().__init__()
        self._names, self._title = names, title

    def compose(self) -> ComposeResult:
        """Lay out what is typed and what fits."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(self._title)
            yield Input(placeholder="part of a name")
            yield OptionList(*(Option(name) for name in self._names[:SHOWN]), markup=False)

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    def on_mount(self) -> None:
        """Begin with the first."""
        # Keys go to the field; arrows are handed on to the list.
        self._options.can_focus = False
        self._options.highlighted = 0

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        names = self._fitting(event.value) if event.value else self._names
        self._options.clear_options()
        self._options.add_options([Option(name) for name in names[:SHOWN]])
        self._options.highlighted = 0 if names else None

    def _fitting(self, typed: str) -> Sequence[str]:
        """Return the names in which what was *typed* occurs, those that fit best first."""
        matcher = Matcher(typed)
        scored = [(matcher.match(name), name) for name in self._names]
        # Sorted by score alone: names that fit alike stay in the plan's order.
        best_first = sorted(scored, key=lambda entry: -entry[0])
        return [name for score, name in best_first if score > 0]

    def action_move(self, step: int) -> None:
        """Choose the next name or the one before."""
        if self._options.highlighted is not None:
            last = self._options.option_count - 1
            self._options.highlighted = max(0, min(last, self._options.highlighted + step))

    @on(Input.Submitted)
    def _done(self) -> None:
        index = self._options.highlighted
        found = None if index is None else str(self._options.get_option_at_index(index).prompt)
        self.dismiss(found)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(str(event.option.prompt))
