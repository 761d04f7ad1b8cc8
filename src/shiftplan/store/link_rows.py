"""Calendar links in the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .calendar_link import CalendarLink, LinkKind, digest_of
from .database import Database
from .link_table import LinkRow

LINKS = 2
"""Version of the tables from which on there are links."""

SECRET_BYTES = 24
"""192 bits: nobody guesses one, and its plain SHA-256 tells nothing about it."""


def make(
    database: Database, team: str, wanted: Iterable[tuple[LinkKind, str]], revoke: Sequence[int]
) -> list[tuple[CalendarLink, str]]:
    """Make links and revoke others; return each new one with its secret, which is not kept."""
    now = datetime.now(UTC)
    made = list[tuple[CalendarLink, str]]()
    with database.writing() as session:
        _revoke(session, revoke, now)
        for kind, subject in wanted:
            secret = secrets.token_urlsafe(SECRET_BYTES)
            digest = digest_of(secret)
            row = LinkRow(team=team, kind=kind, subject=subject, digest=digest, created_at=now)
            session.add(row)
            session.flush()  # now it has its number
            made.append((_link(row), secret))
    return made


def _revoke(session: Session, numbers: Sequence[int], now: datetime) -> None:
    """Revoke the links of these *numbers*; one revoked before keeps its time."""
    live = LinkRow.id.in_(numbers), LinkRow.revoked_at.is_(None)
    session.execute(update(LinkRow).where(*live).values(revoked_at=now))


def links(database: Database, team: str | None) -> list[CalendarLink]:
    """Return every link in the order they were made, revoked ones too; of *team* alone if given."""
    wanted = select(LinkRow).order_by(LinkRow.id)
    if team is not None:
        wanted = wanted.where(LinkRow.team == team)
    with database.reading(LINKS) as session:
        return [_link(row) for row in session.scalars(wanted)] if session else []


def _link(row: LinkRow) -> CalendarLink:
    kind: LinkKind = row.kind  # type: ignore[assignment]  # only those four are ever written
    return CalendarLink(row.id, kind, row.subject, row.digest, row.created_at, row.revoked_at)
