"""The store's rosters: drafts in, rosters and their names out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

from ..errors import StoreError
from ..facts import Cell, Facts
from ..plan.result import Result
from ..roster import Roster
from .access import StoreAccess
from .records import StoredCell, StoredRoster, cells_of, record_of


class RosterStore:
    """Every roster on record, draft or published, and what people call them."""

    def __init__(self, access: StoreAccess) -> None:
        self._access = access

    # -- saving ----------------------------------------------------------------------------------

    def save_draft(
        self, made: Result | Roster, *, digest: str, solver: str = "", seed: int = 0
    ) -> StoredRoster:
        """Keep a roster as a new draft and return its record.

        *digest* is that of the plan folder it was made from, *solver* the name and version of what
        made it. Raise ``ValueError`` for a result without a roster.
        """
        database = self._access.to_write()
        roster = made.roster if isinstance(made, Result) else made
        if roster is None:
            raise ValueError("there is no roster to save")
        record = record_of(roster, "draft", datetime.now(UTC), digest, solver, seed)
        if isinstance(made, Result):
            record = replace(record, status=made.status, seconds=made.seconds, goals=made.goals)
        from . import roster_rows

        with database.at_once():
            people = self._access.people_to_write(roster.facts)
            return roster_rows.add(database, record, cells_of(roster, people.key))

    # -- finding ---------------------------------------------------------------------------------

    def all(self) -> tuple[StoredRoster, ...]:
        """Return every roster, the newest first; of a shared database, every team's."""
        database = self._access.to_read()
        if database is None:
            return ()
        from . import roster_rows

        return tuple(roster_rows.find(database))

    def latest(self, facts: Facts) -> StoredRoster | None:
        """Return the newest roster of exactly these days, draft or published, or None."""
        return next(self._of_these_days(facts), None)

    def drafts(self, facts: Facts) -> tuple[StoredRoster, ...]:
        """Return the drafts of exactly these days, the newest first."""
        return tuple(r for r in self._of_these_days(facts) if r.state == "draft")

    def published(self, facts: Facts) -> StoredRoster | None:
        """Return the newest roster published for exactly these days, or None."""
        published = (r for r in self._of_these_days(facts) if r.state == "published")
        return next(published, None)

    def in_force(self, facts: Facts, day: date) -> StoredRoster | None:
        """Return the roster people work by on *day*: the newest published, else the newest draft.

        A published roster counts if the day is among its own; a draft only if that is its last.
        """
        database = self._access.to_read()
        if database is None:
            return None
        from . import roster_rows

        found = roster_rows.find(database, team=self._access.team(facts), on=day)
        for roster in found:
            if roster.state == "published":
                return roster
        # Nobody works by a draft of other days; one that ends here is what the next follows on.
        return next((roster for roster in found if roster.last == day), None)

    def _of_these_days(self, facts: Facts) -> Iterator[StoredRoster]:
        database = self._access.to_read()
        if database is None:
            return iter(())
        from . import roster_rows

        team = self._access.team(facts)
        return iter(roster_rows.find(database, team=team, first=facts.first, last=facts.last))

    # -- reading ---------------------------------------------------------------------------------

    def cells(self, id: int, facts: Facts) -> list[StoredCell]:
        """Return the cells of the roster *id* as they were kept, whatever the plan says today.

        People have the names they have in *facts*; those who are not there, their last ones.
        """
        people = self._access.people(facts)
        from . import roster_rows

        kept = roster_rows.cells(self._access.database, id)
        return [(people.name(key), day, code, pinned) for key, day, code, pinned in kept]

    def roster(self, id: int, facts: Facts, *, strict: bool = True) -> Roster:
        """Return a roster on record as a roster of *facts*.

        Where the plan no longer knows a person, or no longer lets them work a shift, raise
        ``StoreError``; or leave the cell out if not *strict*, which is good enough for a start to
        search from.
        """
        stored = self._record(id)
        cells, pinned = dict[Cell, str](), set[Cell]()
        for who, day, code, is_pinned in self.cells(id, facts):
            if not _allowed(facts, who, day, code):
                if strict:
                    raise self._no_longer_allowed(stored, facts, (who, day), code)
                continue
            if code:
                cells[who, day] = code
            if is_pinned:
                pinned.add((who, day))
        return Roster(facts, MappingProxyType(cells), frozenset(pinned))

    def _no_longer_allowed(
        self, stored: StoredRoster, facts: Facts, cell: Cell, code: str | None
    ) -> StoreError:
        who, day = cell
        does = f"works '{code}'" if code else "is off"
        hint = "Undo that change of the plan, or solve it again."
        if not facts.has_person(who):
            people = self._access.people(facts)
            key = people.key(who)
            row = f'give them the id "{people.ids.get(key, key)}"'
            hint = f"If {who} has another name now, {row}. Else {hint[0].lower()}{hint[1:]}"
        return StoreError(
            f"In {stored}, {who} {does} on {day}, which the plan no longer allows for.", hint
        )

    def _record(self, id: int) -> StoredRoster:
        database = self._access.to_read()
        found = list[StoredRoster]()
        if database is not None:
            from . import roster_rows

            found = roster_rows.find(database, id=id)
        if not found:
            raise StoreError(f"There is no roster {id} in {self._access.place}.")
        return found[0]

    # -- names -----------------------------------------------------------------------------------

    def give_name(self, id: int, name: str) -> None:
        """Call the roster *id* *name*, for people to find it again."""
        database = self._access.to_write()
        from . import name_rows

        name_rows.give(database, id, name)

    def names(self) -> Mapping[int, str]:
        """Return the names of rosters, by id; most have none."""
        database = self._access.to_read()
        if database is None:
            return {}
        from . import name_rows

        return name_rows.given(database)


def _allowed(facts: Facts, who: str, day: date, code: str | None) -> bool:
    """Say whether the plan still knows this person, this day and, unless it is off, this shift."""
    if not facts.has_person(who):
        return False
    if code is not None and code not in facts.codes(who):
        return False
    return facts.first <= day <= facts.last
