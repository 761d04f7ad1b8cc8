"""Links to calendars: listed, made, revoked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ..errors import ShiftplanError, nearest
from ..store import open_store
from .publishing import Publications

if TYPE_CHECKING:
    from ..store.links import CalendarLink, LinkKind

URL = "SHIFTPLAN_URL"
"""Environment variable with the address people reach the server at."""
HERE = "http://127.0.0.1:8765"
"""Where 'shiftplan serve' listens unless told otherwise."""


class NewLink(NamedTuple):
    """A link that was just made, and its address, which cannot be had again."""

    feed: CalendarLink
    address: str


class CalendarLinks(Publications):
    """Who may see which calendar: secret addresses, each shown once."""

    def links(self) -> tuple[CalendarLink, ...]:
        """Return every link of the team, revoked ones too, in the order they were made."""
        with open_store(self.root, create=False) as store:
            return store.feeds(self._known_plan().facts)

    def make_link(self, kind: LinkKind, subject: str = "", url: str = "") -> NewLink:
        """Make a link to the calendar of a person or a site, to the team's, or to the coverage
        page.

        *url* is where people reach the server; else what the environment says, else this machine. Raise
        ``ShiftplanError`` for a name nobody and nothing has, and for what is no address.
        """
        self._check_writable()
        facts = self._known_plan().facts
        base = base_of(url or os.environ.get(URL, ""))
        there = {
            "person": [p.name for p in facts.people],
            "site": [s.name for s in facts.sites],
        }.get(kind)
        if there is not None and subject not in there:
            what = "Nobody is" if kind == "person" else "No site is"
            raise ShiftplanError(f"{what} called '{subject}'.", nearest(subject, there))
        with open_store(self.root) as store:
            ((feed, secret),) = store.make_feeds(facts, [(kind, subject)])
        self._tell("links")
        return NewLink(feed, address(base, feed, secret))

    def revoke_link(self, number: int) -> None:
        """Revoke a link: from now on it leads nowhere."""
        self._check_writable()
        facts = self._known_plan().facts
        with open_store(self.root) as store:
            if number not in [f.id for f in store.feeds(facts) if f.revoked_at is None]:
                raise ShiftplanError(f"Link {number} is not there, or was revoked before.")
            store.make_feeds(facts, (), [number])
        self._tell("links")


def base_of(url: str) -> str:
    """Return the address before the path of a link; raise ``ShiftplanError`` for what is none."""
    try:
        parts = urlsplit(url or HERE)
        right = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and not parts.query
            and not parts.fragment
        )
    except ValueError:
        right = False
    if not right:
        raise ShiftplanError(
            f"'{url}' is no address.", "Write it like https://rosters.example.org."
        )
    return (url or HERE).rstrip("/")


def address(base: str, feed: CalendarLink, secret: str) -> str:
    """Return the address of a link."""
    return (
        f"{base}/coverage/{secret}" if feed.kind == "coverage" else f"{base}/calendars/{secret}.ics"
    )
