"""What the command palette offers: screens, everything the keys do, people, exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, cast

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from .exports import EXPORTS, export
from .screens import SCREENS
from .shell import Shell

PEOPLE_AT_MOST = 12
"""People found by name that are listed at once."""
MOVES = ("move", "scroll", "cursor", "focus", "app.focus")
"""How actions begin that are of no use from a palette."""


class Command(NamedTuple):
    """A line of the palette."""

    title: str
    help: str
    run: Callable[[], object]


class Commands(Provider):
    """The commands of this application."""

    @property
    def shell(self) -> Shell:
        """The application."""
        return cast(Shell, self.app)

    async def discover(self) -> Hits:
        """Offer everything but people while nothing is typed."""
        for command in self._commands():
            title = Content(command.title)
            yield DiscoveryHit(title, command.run, command.title, help=command.help)

    async def search(self, query: str) -> Hits:
        """Offer what matches what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                title = _highlighted(matcher, command.title)
                yield Hit(score, title, command.run, command.title, help=command.help)
        for score, name in self._people(matcher.match):
            words = f"Go to {name}"
            go = partial(self.shell.go_to, name)
            yield Hit(score, _highlighted(matcher, words), go, words, help="in the roster")

    def _people(self, match: Callable[[str], float]) -> Sequence[tuple[float, str]]:
        """Return the people whose names match best, with how well."""
        plan = self.shell.session.plan
        if plan is None:
            return ()
        scored = [(match(person.name), person.name) for person in plan.facts.people]
        found = [(score, name) for score, name in scored if score > 0]
        return sorted(found, reverse=True)[:PEOPLE_AT_MOST]

    def _commands(self) -> Iterator[Command]:
        for screen in SCREENS:
            show = partial(self.app.run_action, f"show('{screen.name}')")
            yield Command(f"Show {screen.title}", f"{screen.key}: {screen.purpose}", show)
        for number, choice in enumerate(EXPORTS):
            write = partial(export, self.app, self.shell.session, number)
            yield Command(f"Export {choice.title}", choice.purpose, write)
        yield from self._keys()

    def _keys(self) -> Iterator[Command]:
        """Yield what the keys of the screen do, each action once."""
        # The screens are offered above, with what they are for.
        seen = {f"show('{screen.name}')" for screen in SCREENS}
        for active in self.screen.active_bindings.values():
            action = active.binding.action
            if action not in seen and _is_command(active):
                seen.add(action)
                yield self._key(active)

    def _key(self, active: ActiveBinding) -> Command:
        binding = active.binding
        # The action runs where its key is bound: on the widget in focus, the screen, or the app.
        run = partial(self.app.run_action, binding.action, default_namespace=active.node)
        return Command(binding.description, f"key {self.app.get_key_display(binding)}", run)


def _highlighted(matcher: Matcher, title: str) -> Content:
    """Return *title* as it is, with what matches marked.

    What the matcher itself makes of it would take ``[red]`` in a name for markup.
    """
    found = Content(title)
    score, places = matcher.fuzzy_search.match(matcher.query, title)
    for place in places if score else ():
        if not title[place].isspace():
            found = found.stylize(matcher.match_style, place, place + 1)
    return found


def _is_command(active: ActiveBinding) -> bool:
    binding = active.binding
    if not active.enabled or not binding.description:
        return False
    return not binding.action.startswith(MOVES)
