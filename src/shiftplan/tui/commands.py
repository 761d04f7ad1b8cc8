"""What the command palette offers: screens, everything the keys do, people, exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from .exports import EXPORTS, export
from .screens import SCREENS

if TYPE_CHECKING:
    from .app import ShiftplanApp

PEOPLE_AT_MOST = 12
"""People found by name that are listed at once."""


class Command(NamedTuple):
    """A line of the palette."""

    title: str
    help: str
    run: Callable[[], object]


class Commands(Provider):
    """The commands of this application."""

    @property
    def shell(self) -> ShiftplanApp:
        """The application."""
        return cast("ShiftplanApp", self.app)

    async def discover(self) -> Hits:
        """Offer everything but people while nothing is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.title, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        """Offer what matches what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), command.run, help=command.help)
        found = ((matcher.match(name), name) for name in self._people())
        for score, name in sorted((f for f in found if f[0] > 0), reverse=True)[:PEOPLE_AT_MOST]:
            title = f"Go to {name}"
            yield Hit(
                score,
                matcher.highlight(title),
                partial(self.shell.go_to, name),
                help="in the roster",
                text=title,
            )

    def _commands(self) -> Iterator[Command]:
        run = self.shell.run_action
        for s in SCREENS:
            yield Command(
                f"Show {s.title}", f"{s.key}: {s.purpose}", partial(run, f"show('{s.name}')")
            )
        for number, e in enumerate(EXPORTS):
            yield Command(f"Export {e.title}", e.purpose, partial(export, self.shell, number))
        seen = {f"show('{s.name}')" for s in SCREENS}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            wanted = enabled and binding.description and binding.action not in seen
            if wanted and not binding.action.startswith(
                ("move", "scroll", "cursor", "focus", "app.focus")
            ):
                seen.add(binding.action)
                key = self.shell.get_key_display(binding)
                node = self.screen.active_bindings[binding.key].node
                yield Command(
                    binding.description,
                    f"key {key}",
                    partial(run, binding.action, default_namespace=node),
                )

    def _people(self) -> Iterator[str]:
        plan = self.shell.session.plan
        yield from (p.name for p in plan.facts.people) if plan else ()
