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
    """What is to be published."""

    roster: StoredRoster
    cells: Sequence[StoredCell]
    contents: Sequence[Content]
    author: str
    message: str
    musts: int
    expects: int
    """Number of the newest version its author has seen."""
    entries: Sequence[LedgerEntry]
    whose: event_rows.Whose


def publish(database: Database, team: str | None, edition: Edition) -> Publication:
    """Publish *edition*; raise ``StoreError`` if somebody published since its author looked."""
    roster = edition.roster
    with database.writing() as session:
        days = roster.first, roster.last
        stands = _standing(session, team, *days, edition.contents, edition.whose)
        if stands.number != edition.expects:
            raise _overtaken(session, team, stands.number)
        revised = revise(
            stands.events,
            edition.contents,
            plan=roster.team,
            first=roster.first,
            last=roster.last,
            at=roster.created_at,
            until=stands.until,
        )
        stored = roster_rows.add_in(session, roster, edition.cells)
        made = _version(edition, stands, stored)
        _add(session, made, roster.team)
        event_rows.keep(session, roster.team, revised, {e.uid for e in stands.events})
        ledger_rows.append(database, roster.team, edition.entries, roster.created_at)
        return made


def _version(edition: Edition, stands: Standing, stored: StoredRoster) -> Publication:
    """Return the version that *edition* becomes after what *stands*."""
    shifts = from_contents(edition.contents)
    return Publication(
        number=stands.next_number,
        roster_id=stored.id,
        roster_uid=stored.uid,
        author=edition.author,
        message=edition.message,
        published_at=stored.created_at,
        first=stored.first,
        last=stored.last,
        digest=stored.digest,
        tz_version=stored.tz_version,
        musts=edition.musts,
        supersedes=stands.supersedes,
        changes=difference(stands.shifts, shifts, stored.created_at),
        shifts=shifts,
    )


def standing(
    database: Database,
    team: str | None,
    first: date,
    last: date,
    contents: Sequence[Content],
    whose: event_rows.Whose,
) -> Standing:
    """Return what stands published before *contents* are, for the days *first* to *last*.

    *whose* says the key of the person an event is kept for.
    """
    with database.reading(PUBLISHED) as session:
        if session is None:
            return Standing(first, last)
        return _standing(session, team, first, last, contents, whose)


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
    database: Database,
    team: str | None,
    at: datetime,
    kept: Sequence[str] | None,
    whose: event_rows.Whose,
) -> list[Event]:
    """Return the events that files made at the instant *at* may hold.

    *kept* and *whose* are as in ``event_rows.recent``.
    """
    # Two days more than calendars keep, for zones on either side of UTC and shifts past midnight.
    low = at.astimezone(UTC).date() - max(KEPT.values()) - timedelta(days=2)
    with database.reading(PUBLISHED) as session:
        if session is None:
            return []
        versions = select(PublicationRow.first).where(_of(team))
        newest = versions.order_by(PublicationRow.number.desc()).limit(1)
        # The days published last stay whole in the files, however long they are over.
        first = session.scalar(newest) or low
        found = event_rows.recent(session, team, min(low, first), kept, whose)
        return [replace(e, current=e.content.last >= first) for e in found]


def _standing(
    session: Session,
    team: str | None,
    first: date,
    last: date,
    contents: Iterable[Content],
    whose: event_rows.Whose,
) -> Standing:
    number = select(func.max(PublicationRow.number)).where(_of(team))
    newest = session.scalar(number)
    of_these_days = PublicationRow.first <= last, PublicationRow.last >= first
    before = session.scalar(number.where(*of_these_days))
    later = session.scalar(
        select(func.min(PublicationRow.first)).where(_of(team), PublicationRow.first > last)
    )
    # Contents may begin before the first day: leave goes on from the period before.
    low = min([first, *(content.day for content in contents)])
    events = event_rows.known(session, team, low, whose)
    until = later - timedelta(days=1) if later else None
    return Standing(first, last, newest or 0, before, tuple(events), until)


def _add(session: Session, made: Publication, team: str) -> None:
    session.add(_row(made, team))
    try:
        session.flush()
    except IntegrityError:
        # A server lets two write at once, and both had the same number.
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


_PLAIN = {f.name for f in fields(Publication)} - {"roster_uid", "changes", "shifts"}
"""What the row has as the version has it."""


def _row(made: Publication, team: str) -> PublicationRow:
    return PublicationRow(
        team=team,
        changes=[change.to_json() for change in made.changes],
        shifts=[shift.to_json() for shift in made.shifts],
        **{name: getattr(made, name) for name in _PLAIN},
    )


def _publication(row: PublicationRow, uid: str) -> Publication:
    return Publication(
        **{name: getattr(row, name) for name in _PLAIN},
        roster_uid=uid,
        changes=tuple(Change.from_json(raw) for raw in row.changes),
        shifts=tuple(PublishedShift.from_json(raw) for raw in row.shifts),
    )
