"""A calendar link as the store knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

LinkKind = Literal["person", "site", "team", "coverage"]


@dataclass(frozen=True)
class LinkChoices:
    """What the calendar of a link shows, and how; what a file does by default, unless said."""

    days_off: bool = True
    """Whether days off are in it."""
    form: Literal["utc", "tzid"] = "utc"
    """Whether its times are instants, or local times beside their zone."""
    alarm: int | None = None
    """How many minutes before a shift its person is reminded; None is not at all."""


DEFAULT = LinkChoices()


@dataclass(frozen=True)
class CalendarLink:
    """A link: to the calendar of a person, a site or the team, or to the team's coverage page.

    *subject* is the person, by the name they have now, or the site, empty for the other two;
    *person* is who that person is, whatever the name. *digest* is the hash of the secret in the
    link; the secret itself is kept nowhere. A link that was revoked stays on record. Its *choices*
    were made at *chosen_at*, or else with the link.
    """

    id: int
    kind: LinkKind
    subject: str
    digest: str
    created_at: datetime
    revoked_at: datetime | None = None
    choices: LinkChoices = DEFAULT
    chosen_at: datetime | None = None
    person: str = ""


def digest_of(secret: str) -> str:
    """Return what is kept of the secret in a link: its SHA-256."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
