"""Calendar links in the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from .calendar_link import DEFAULT, CalendarLink, LinkChoices, LinkKind, digest_of
from .choice_table import ChoiceRow
from .database import Database
from .link_table import LinkRow

LINKS = 2
"""Version of the tables from which on there are links."""

SECRET_BYTES = 24
"""192 bits: nobody guesses one, and its plain SHA-256 tells nothing about it."""


WantedLink = tuple[LinkKind, str, LinkChoices]
"""A link to be: its kind, its subject, and how its calendar looks."""


def make(
    database: Database, team: str, wanted: Iterable[WantedLink], revoke: Sequence[int]
) -> list[tuple[CalendarLink, str]]:
    """Make links and revoke others; return each new one with its secret, which is not kept."""
    now = datetime.now(UTC)
    made = list[tuple[CalendarLink, str]]()
    with database.writing() as session:
        _revoke(session, revoke, now)
        for kind, subject, choices in wanted:
            secret = secrets.token_urlsafe(SECRET_BYTES)
            digest = digest_of(secret)
            row = LinkRow(team=team, kind=kind, subject=subject, digest=digest, created_at=now)
            session.add(row)
            session.flush()  # now it has its number
            if choices != DEFAULT:
                _choose(session, row.id, choices, now)
            made.append((replace(_link(row), choices=choices), secret))
    return made


def choose(database: Database, choices: Mapping[int, LinkChoices]) -> None:
    """Have the calendars of links look otherwise from now on, by the links' numbers."""
    now = datetime.now(UTC)
    with database.writing() as session:
        for number, chosen in choices.items():
            _choose(session, number, chosen, now)


def _choose(session: Session, number: int, choices: LinkChoices, now: datetime) -> None:
    session.add(ChoiceRow(link_id=number, chosen_at=now, **asdict(choices)))


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
        if session is None:
            return []
        chosen = _choices(session)
        return [_chosen(_link(row), chosen.get(row.id)) for row in session.scalars(wanted)]


def _choices(session: Session) -> dict[int, ChoiceRow]:
    """Return the newest choices by the number of their link."""
    if not inspect(session.connection()).has_table(ChoiceRow.__tablename__):
        return {}
    return {row.link_id: row for row in session.scalars(select(ChoiceRow).order_by(ChoiceRow.id))}


def _chosen(link: CalendarLink, row: ChoiceRow | None) -> CalendarLink:
    """Return *link* with the choices of *row*."""
    if row is None:
        return link
    form: Literal["utc", "tzid"] = "tzid" if row.form == "tzid" else "utc"
    choices = LinkChoices(row.days_off, form, row.alarm)
    return replace(link, choices=choices, chosen_at=row.chosen_at)


def _link(row: LinkRow) -> CalendarLink:
    kind: LinkKind = row.kind  # type: ignore[assignment]  # only those four are ever written
    return CalendarLink(row.id, kind, row.subject, row.digest, row.created_at, row.revoked_at)
