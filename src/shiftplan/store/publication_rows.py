"""Publishing in the database: a roster, its version and its events, all at once or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..errors import StoreError
from ..ledger import LedgerEntry
from ..publication import (
    KEPT,
    Change,
    Content,
    Event,
    Publication,
    PublishedShift,
    Standing,
    difference,
    from_contents,
    revise,
)
from . import event_rows, ledger_rows, roster_rows
from .database import Database
from .published_tables import PublicationRow
from .records import StoredCell, StoredRoster
from .tables import RosterRow

PUBLISHED = 2
"""Version of the tables from which on there are publications."""


@dataclass(frozen=True)
class Edition:
    """What is to be published. *expects* is the newest version its author has seen."""

    roster: StoredRoster
    cells: Sequence[StoredCell]
    contents: Sequence[Content]
    author: str
    message: str
    musts: int
    expects: int
    entries: Sequence[LedgerEntry]


def publish(database: Database, team: str | None, edition: Edition) -> Publication:
    """Publish *edition*; raise ``StoreError`` if somebody published since its author looked."""
    roster, at = edition.roster, edition.roster.created_at
    with database.writing() as session:
        stands = _standing(session, team, roster.first, roster.last, edition.contents)
        if stands.number != edition.expects:
            raise _overtaken(session, team, stands.number)
        revised = revise(
            stands.events,
            edition.contents,
            plan=roster.team,
            first=roster.first,
            last=roster.last,
            at=at,
            until=stands.until,
        )
        stored = roster_rows.add_in(session, roster, edition.cells)
        shifts = from_contents(edition.contents)
        made = Publication(
            number=stands.number + 1,
            roster_id=stored.id,
            roster_uid=stored.uid,
            author=edition.author,
            message=edition.message,
            published_at=at,
            first=roster.first,
            last=roster.last,
            digest=roster.digest,
            tz_version=roster.tz_version,
            musts=edition.musts,
            supersedes=stands.supersedes,
            changes=difference(stands.shifts, shifts, at),
            shifts=shifts,
        )
        _add(session, made, roster.team)
        event_rows.keep(session, roster.team, revised, {e.uid for e in stands.events})
        session.add_all(ledger_rows.row_of(entry, roster.team, at) for entry in edition.entries)
        return made


def standing(
    database: Database, team: str | None, first: date, last: date, contents: Sequence[Content]
) -> Standing:
    """Return what stands published before *contents* are, for the days *first* to *last*."""
    with database.reading(PUBLISHED) as session:
        return _standing(session, team, first, last, contents) if session else Standing(first, last)


def publications(database: Database, team: str | None) -> list[Publication]:
    """Return every version, the newest first."""
    wanted = (
        select(PublicationRow, RosterRow.uid)
        .join(RosterRow, RosterRow.id == PublicationRow.roster_id)
        .where(_of(team))
        .order_by(PublicationRow.number.desc())
    )
    with database.reading(PUBLISHED) as session:
        rows = session.execute(wanted) if session else ()
        return [_publication(row, uid) for row, uid in rows]


def recent_events(
    database: Database, team: str | None, at: datetime, who: str | None = None
) -> list[Event]:
    """Return the events that files made at the instant *at* may hold."""
    low = at.astimezone(UTC).date() - max(KEPT.values()) - timedelta(days=2)
    with database.reading(PUBLISHED) as session:
        if session is None:
            return []
        newest = (
            select(PublicationRow.first).where(_of(team)).order_by(PublicationRow.number.desc())
        )
        first = session.scalar(newest.limit(1)) or low
        found = event_rows.recent(session, team, min(low, first), who)
        return [replace(e, current=e.content.last >= first) for e in found]


def _standing(
    session: Session, team: str | None, first: date, last: date, contents: Iterable[Content]
) -> Standing:
    newest = session.scalar(select(func.max(PublicationRow.number)).where(_of(team)))
    before = session.scalar(
        select(func.max(PublicationRow.number)).where(
            _of(team), PublicationRow.first <= last, PublicationRow.last >= first
        )
    )
    later = session.scalar(
        select(func.min(PublicationRow.first)).where(_of(team), PublicationRow.first > last)
    )
    low = min([first, *(c.day for c in contents)])
    return Standing(
        first,
        last,
        newest or 0,
        before,
        tuple(event_rows.known(session, team, low)),
        later - timedelta(days=1) if later else None,
    )


def _add(session: Session, made: Publication, team: str) -> None:
    session.add(_row(made, team))
    try:
        session.flush()
    except IntegrityError:  # a server that lets two write at once, and both had the same number
        raise StoreError("Somebody else has published meanwhile.", _AGAIN) from None


_AGAIN = "Look at what differs now, then publish again."


def _overtaken(session: Session, team: str | None, number: int) -> StoreError:
    by = session.scalar(
        select(PublicationRow.author).where(_of(team), PublicationRow.number == number)
    )
    return StoreError(
        f"{by} has published version {number} meanwhile.",
        _AGAIN,
    )


def _of(team: str | None) -> ColumnElement[bool]:
    return true() if team is None else PublicationRow.team == team


def _row(made: Publication, team: str) -> PublicationRow:
    same = ("number", "roster_id", "author", "message", "published_at", "first", "last", "digest")
    values = {name: getattr(made, name) for name in (*same, "tz_version", "musts", "supersedes")}
    changes, shifts = ([one.to_json() for one in many] for many in (made.changes, made.shifts))
    return PublicationRow(team=team, changes=changes, shifts=shifts, **values)


def _publication(row: PublicationRow, uid: str) -> Publication:
    names = {f.name for f in fields(Publication)} - {"roster_uid", "changes", "shifts"}
    return Publication(
        **{name: getattr(row, name) for name in names},
        roster_uid=uid,
        changes=tuple(Change.from_json(raw) for raw in row.changes),
        shifts=tuple(PublishedShift.from_json(raw) for raw in row.shifts),
    )
