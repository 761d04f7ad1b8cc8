"""What the screen is for, and every key that does something here."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Markdown


class Help(ModalScreen[None]):
    """What screen and widget say of themselves, then the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close")
    ]

    def __init__(self, texts: Sequence[str], bindings: Sequence[ActiveBinding]) -> None:
        super().__init__()
        self._texts, self._active = texts, bindings

    def compose(self) -> ComposeResult:
        """Lay out words and keys."""
        with VerticalScroll(classes="dialog tall") as box:
            box.border_title = "Help"
            box.border_subtitle = "Esc closes it"
            yield Markdown("\n\n".join((*(inspect.cleandoc(t) for t in self._texts), self._keys())))

    def _keys(self) -> str:
        """Return a table of the keys by what they do."""
        keys: dict[str, list[str]] = {}
        for active in self._active:
            if active.binding.description and not active.binding.system:
                keys.setdefault(active.binding.description, []).append(
                    self.app.get_key_display(active.binding)
                )
        rows = []
        for what, names in keys.items():
            row = f"| {' '.join(dict.fromkeys(names))} | {what} |"
            # The key ``|`` would end its cell of the Markdown table.
            rows.append(row.replace("||", "| \\||"))
        return "\n".join(("### Keys", "", "| key | does |", "|--|--|", *rows))
