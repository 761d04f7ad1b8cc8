"""Subscription links in the database: made, found by their secret, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select, update

from .link_table import LinkRow

if TYPE_CHECKING:
    from .database import Database

LinkKind = Literal["person", "site", "team", "coverage"]
FEEDS = 2
"""Version of the tables from which on there are links."""

SECRET_BYTES = 24
"""192 bits: nobody guesses one, and its plain SHA-256 tells nothing about it."""


@dataclass(frozen=True)
class CalendarLink:
    """A link: a calendar of a person, a site or the team, or the team's coverage page.

    *subject* is the person or the site. A link that was revoked stays on record.
    """

    id: int
    kind: LinkKind
    subject: str
    digest: str
    created_at: datetime
    revoked_at: datetime | None = None


def digest_of(secret: str) -> str:
    """Return what is kept of the secret in a link: its SHA-256."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make(
    database: Database, team: str, wanted: Iterable[tuple[LinkKind, str]], revoke: Sequence[int]
) -> list[tuple[CalendarLink, str]]:
    """Make links, each a kind and a subject, and return each with its secret, which can never be
    had again.

    Those numbered *revoke* are revoked; of these, those revoked before keep their time.
    """
    now, made = datetime.now(UTC), list[tuple[CalendarLink, str]]()
    with database.writing() as session:
        session.execute(
            update(LinkRow)
            .where(LinkRow.id.in_(revoke), LinkRow.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        for kind, subject in wanted:
            secret = secrets.token_urlsafe(SECRET_BYTES)
            row = LinkRow(
                team=team, kind=kind, subject=subject, digest=digest_of(secret), created_at=now
            )
            session.add(row)
            session.flush()
            made.append((_feed(row), secret))
    return made


def feeds(database: Database, team: str | None) -> list[CalendarLink]:
    """Return every link in the order they were made, revoked ones too; of *team* alone if it is
    given.
    """
    wanted = select(LinkRow).order_by(LinkRow.id)
    if team is not None:
        wanted = wanted.where(LinkRow.team == team)
    with database.reading(FEEDS) as session:
        return [_feed(row) for row in session.scalars(wanted)] if session else []


def _feed(row: LinkRow) -> CalendarLink:
    kind: LinkKind = row.kind  # type: ignore[assignment]  # only those four are ever written
    return CalendarLink(row.id, kind, row.subject, row.digest, row.created_at, row.revoked_at)
