"""Who people on record are, in the database."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from sqlalchemy import ColumnElement, inspect, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..facts import Person
from .database import Database
from .link_table import LinkRow
from .people_on_record import KnownPerson, PeopleOnRecord, people_on_record
from .people_table import PersonRow
from .published_tables import EventRow
from .tables import CellRow, LedgerRow, RosterRow


def of_plan(database: Database, team: str | None, people: Sequence[Person]) -> PeopleOnRecord:
    """Return who *people* are."""
    with database.reading() as session:
        if session is None:
            return people_on_record(people, (), lambda key: False)
        return _of_plan(session, team, people)


def _of_plan(session: Session, team: str | None, people: Sequence[Person]) -> PeopleOnRecord:
    tables = frozenset(inspect(session.connection()).get_table_names())
    known = _known(session, team) if PersonRow.__tablename__ in tables else []
    return people_on_record(people, known, lambda key: _on_record(session, tables, team, key))


def knows(database: Database, team: str | None, key: str) -> bool:
    """Say whether anything is on record of the person who is kept by *key*."""
    with database.reading() as session:
        if session is None:
            return False
        tables = frozenset(inspect(session.connection()).get_table_names())
        return _on_record(session, tables, team, key)


def note(database: Database, team: str, news: Iterable[KnownPerson]) -> None:
    """Note *news* about people."""
    with database.writing() as session:
        for one in news:
            session.merge(PersonRow(team=team, **one._asdict()))


def _known(session: Session, team: str | None) -> list[KnownPerson]:
    wanted = select(PersonRow).where(_of(PersonRow.team, team)).order_by(PersonRow.key)
    return [KnownPerson(row.key, row.id, row.name, row.first) for row in session.scalars(wanted)]


def _on_record(session: Session, tables: Container[str], team: str | None, key: str) -> bool:
    """Say whether there is anything of *key* in those of the *tables* that name people."""
    cells = select(CellRow.person).join(RosterRow, RosterRow.id == CellRow.roster_id)
    links = select(LinkRow.subject).where(LinkRow.kind == "person", LinkRow.subject == key)
    events = select(EventRow.person).where(EventRow.person == key)
    lines = select(LedgerRow.person).where(LedgerRow.person == key)
    looked_at = {
        CellRow.__tablename__: cells.where(CellRow.person == key, _of(RosterRow.team, team)),
        EventRow.__tablename__: events.where(_of(EventRow.team, team)),
        LedgerRow.__tablename__: lines.where(_of(LedgerRow.team, team)),
        LinkRow.__tablename__: links.where(_of(LinkRow.team, team)),
    }
    # An older store has not all of them.
    there = [wanted for name, wanted in looked_at.items() if name in tables]
    return any(session.scalar(wanted.limit(1)) is not None for wanted in there)


def _of(column: InstrumentedAttribute[str], team: str | None) -> ColumnElement[bool]:
    return true() if team is None else column == team
