"""Calendar links, as a session lists, makes and revokes them."""

from __future__ import annotations

from ..delivery import links
from ..delivery.choices import Chosen
from ..delivery.links import NewLink
from ..store import CalendarLink, LinkKind, open_store
from .listeners import Listeners
from .state import State


class Links:
    """Who may see which calendar: secret addresses, each shown once."""

    def __init__(self, state: State, listeners: Listeners) -> None:
        self._state: State = state
        self._listeners: Listeners = listeners

    def all(self) -> tuple[CalendarLink, ...]:
        """Return every link of the team, revoked ones too, in the order they were made."""
        with open_store(self._state.root, create=False) as store:
            return store.links.all(self._state.known_plan().facts)

    def make(
        self, kind: LinkKind, subject: str = "", url: str = "", chosen: Chosen = links.AS_FILES
    ) -> NewLink:
        """Make a link to the calendar of a person or a site, to the team's, or to the coverage
        page.

        *url* is where people reach the server; else what the environment says, else this machine.
        The calendar looks as *chosen*, as far as that is for its kind. Raise ``ShiftplanError`` for
        a name nobody and nothing has, for what is no address, and for what is no length.
        """
        self._state.check_writable()
        facts = self._state.known_plan().facts
        with open_store(self._state.root) as store:
            (made,) = links.make_links(store, facts, [(kind, subject)], url=url, chosen=chosen)
        self._listeners.tell("links")
        return made

    def change(self, number: int, chosen: Chosen) -> CalendarLink:
        """Have the calendar of a link look as *chosen* from now on; its address stays."""
        self._state.check_writable()
        facts = self._state.known_plan().facts
        with open_store(self._state.root) as store:
            (changed,) = links.change_links(store, facts, [number], chosen)
        self._listeners.tell("links")
        return changed

    def revoke(self, number: int) -> None:
        """Revoke a link: from now on it leads nowhere."""
        self._state.check_writable()
        facts = self._state.known_plan().facts
        with open_store(self._state.root) as store:
            links.revoke_links(store, facts, [number])
        self._listeners.tell("links")
