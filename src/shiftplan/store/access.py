"""What every part of a store works on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import StoreError
from ..facts import Facts
from .people_on_record import PeopleOnRecord, people_on_record
from .place import StorePlace

if TYPE_CHECKING:
    from .database import Database


class StoreAccess:
    """Where a store is, whether it may be written, and its database, opened when it is needed."""

    def __init__(self, place: StorePlace, *, create: bool, wait: float) -> None:
        self.place = place
        self.create = create
        self.wait = wait

    @cached_property
    def database(self) -> Database:
        """The database, whether there is a file yet or not."""
        # SQLAlchemy takes a fifth of a second to import; a folder without a store need not pay it.
        from .database import Database

        return Database(self.place, self.wait)

    def to_read(self) -> Database | None:
        """Return the database, or None while there is no file: then nothing is on record."""
        return None if self.place.empty() else self.database

    def to_write(self) -> Database:
        """Return the database; raise ``StoreError`` if the store was opened for reading only."""
        if not self.create:
            raise StoreError(f"{self.place} was opened for reading only.")
        return self.database

    def team(self, facts: Facts) -> str | None:
        """Return the team to look for; in a folder's own store every roster is this team's."""
        return facts.team.name if self.place.shared else None

    def people(self, facts: Facts) -> PeopleOnRecord:
        """Return who the people of *facts* are on record."""
        database = self.to_read()
        if database is None:
            return people_on_record(facts.people, (), lambda key: False)
        from . import people_rows

        return people_rows.of_plan(database, self.team(facts), facts.people)

    def people_to_write(self, facts: Facts) -> PeopleOnRecord:
        """Return who the people of *facts* are on record, with what is new about that noted.

        Whatever names people is written after this, so that it is found again by whatever name.
        """
        database, found = self.to_write(), self.people(facts)
        if not found.news:
            return found
        from . import people_rows

        with database.at_once():
            # Somebody else may have noted the same, or taken a key, since.
            found = self.people(facts)
            people_rows.note(database, facts.team.name, found.news)
        return found

    def knows(self, facts: Facts, key: str) -> bool:
        """Say whether anything is on record of the person who is kept by *key*."""
        database = self.to_read()
        if database is None:
            return False
        from . import people_rows

        return people_rows.knows(database, self.team(facts), key)

    def close(self) -> None:
        """Let go of the database, if it was ever opened."""
        if "database" in self.__dict__:
            self.database.close()
