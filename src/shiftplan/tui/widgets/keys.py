"""The footer: what the keys do here; at its right end, always in sight, help and the palette."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import HorizontalGroup
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

Chosen = TypeVar("Chosen", bound=Widget)


def enter(widget: Chosen, words: str) -> Chosen:
    """Return *widget*, whose Enter key stands in the footer with *words*."""
    # Textual's lists bind Enter without showing it, and call it "Select" wherever they are.
    old = widget._bindings.key_to_bindings["enter"][0]
    widget._bindings.key_to_bindings["enter"] = [Binding("enter", old.action, words)]
    return widget


ALWAYS = {"help": "Help", "command_palette": "Commands"}


class Keys(Footer):
    """The keys of the screen, those of the widget in focus first."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Lay out a key for each command."""
        # Before the screen has its focus, the keys would be those of nothing.
        if not self._bindings_ready:
            return
        shown = list(self._shown())
        for binding in shown:
            if binding.binding.action not in ALWAYS:
                yield self._key(binding, binding.binding.description)
        with HorizontalGroup(id="always"):
            for binding in shown:
                if binding.binding.action in ALWAYS:
                    yield self._key(binding, ALWAYS[binding.binding.action])

    def _shown(self) -> Iterator[ActiveBinding]:
        """Yield a binding for each action that is to be seen."""
        # An action of several keys stands there once, with the first of them.
        seen = set()
        for active in self.screen.active_bindings.values():
            action = active.binding.action.removeprefix("app.")
            wanted = active.binding.show or action in ALWAYS
            if wanted and action not in seen:
                seen.add(action)
                yield active

    def _key(self, active: ActiveBinding, description: str) -> FooterKey:
        binding = active.binding
        key = FooterKey(
            binding.key,
            self.app.get_key_display(binding),
            description,
            binding.action,
            disabled=not active.enabled,
            tooltip=active.tooltip or binding.description,
        )
        key.compact = True
        return key
