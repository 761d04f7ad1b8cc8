"""Events of the published calendars in the database."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, true, update
from sqlalchemy.orm import Session

from ..publication import Content, Event, Stamp
from .published_tables import EventRow


def known(
    session: Session, team: str | None, low: date, also: Mapping[str, str] = MappingProxyType({})
) -> list[Event]:
    """Return every event that ends, or was first published, on *low* or later.

    *also* has the keys of people whose events may be kept by their names.
    """
    wanted = select(EventRow).where(_of(team), or_(EventRow.last >= low, EventRow.first_day >= low))
    return [_event(row, also) for row in session.scalars(wanted)]


def recent(
    session: Session,
    team: str | None,
    low: date,
    who: str | None = None,
    also: Mapping[str, str] = MappingProxyType({}),
) -> list[Event]:
    """Return the events that end on *low* or later, in the order of their UIDs; those of the person
    kept as *who*, if given. *also* is as in ``known``.

    Where a person has no event of a kind so late, the latest of that kind are there.
    """
    # Some programs give up on an empty calendar, hence the latest of each kind.
    theirs = [who, *(name for name, key in also.items() if key == who)]
    mine = and_(_of(team), true() if who is None else EventRow.person.in_(theirs))
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
    return [_event(row, also) for row in session.scalars(wanted)]


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


def _event(row: EventRow, also: Mapping[str, str]) -> Event:
    return Event(
        uid=row.uid,
        first_day=row.first_day,
        status="CONFIRMED" if row.status == "CONFIRMED" else "CANCELLED",
        created=row.created,
        own=Stamp(row.sequence, row.modified),
        shared=Stamp(row.shared_sequence, row.shared_modified),
        # Rows from before people had ids say who it is in their column alone.
        content=Content.from_json({**row.content, "person": also.get(row.person, row.person)}),
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
