"""Events of the published calendars in the database."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, true, update
from sqlalchemy.orm import Session

from ..publication import Content, Event, Stamp
from .published_tables import EventRow

Whose = Callable[[str], str]
"""Says, of what is kept as the person of an event, whose key it is."""


def known(session: Session, team: str | None, low: date, whose: Whose) -> list[Event]:
    """Return every event that ends, or was first published, on *low* or later.

    *whose* says the key of the person an event is kept for.
    """
    wanted = select(EventRow).where(_of(team), or_(EventRow.last >= low, EventRow.first_day >= low))
    return [_event(row, whose) for row in session.scalars(wanted)]


def recent(
    session: Session, team: str | None, low: date, kept: Sequence[str] | None, whose: Whose
) -> list[Event]:
    """Return the events that end on *low* or later, in the order of their UIDs; those *kept* for a
    person alone, if given. *whose* is as in ``known``.

    Where a person has no event of a kind so late, the latest of that kind are there.
    """
    # Some programs give up on an empty calendar, hence the latest of each kind.
    mine = and_(_of(team), true() if kept is None else EventRow.person.in_(kept))
    newest = (
        select(EventRow.person, EventRow.kind, func.max(EventRow.last).label("last"))
        .where(mine)
        .group_by(EventRow.person, EventRow.kind)
        .subquery()
    )
    same = and_(
        EventRow.person == newest.c.person,
        EventRow.kind == newest.c.kind,
        or_(EventRow.last >= low, EventRow.last == newest.c.last),
    )
    wanted = select(EventRow).join(newest, same).where(mine).order_by(EventRow.uid)
    return [_event(row, whose) for row in session.scalars(wanted)]


def keep(session: Session, team: str, events: Iterable[Event], known: Container[str]) -> None:
    """Write the new state of *events*; those whose UID is not *known* yet are new."""
    made = list[dict[str, Any]]()
    changed = list[dict[str, Any]]()
    for event in events:
        values = _values(event, team)
        if event.uid in known:
            changed.append(values)
        else:
            made.append(values)
    if made:
        session.execute(insert(EventRow), made)
    if changed:
        session.execute(update(EventRow), changed)


def _of(team: str | None) -> ColumnElement[bool]:
    return true() if team is None else EventRow.team == team


def _event(row: EventRow, whose: Whose) -> Event:
    return Event(
        uid=row.uid,
        first_day=row.first_day,
        status="CONFIRMED" if row.status == "CONFIRMED" else "CANCELLED",
        created=row.created,
        own=Stamp(row.sequence, row.modified),
        shared=Stamp(row.shared_sequence, row.shared_modified),
        # Rows from before people had ids say who it is in their column alone.
        content=Content.from_json({**row.content, "person": whose(row.person)}),
    )


def _values(event: Event, team: str) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "team": team,
        "person": event.content.key,
        "kind": event.content.kind,
        "first_day": event.first_day,
        "last": event.content.last,
        "status": event.status,
        "created": event.created,
        "sequence": event.own.sequence,
        "modified": event.own.modified,
        "shared_sequence": event.shared.sequence,
        "shared_modified": event.shared.modified,
        "content": event.content.to_json(),
    }
