"""The store as the rest of the program sees it: rosters in, rosters and history out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..clock import today
from ..errors import StoreError
from ..facts import Cell, Facts, History, Published
from ..plan.result import Result
from ..roster import Roster
from .linking import Linking
from .place import StorePlace, place_of
from .publishing import Publishing, cells_of, recorded
from .records import StoredRoster

if TYPE_CHECKING:
    from ..ledger import LedgerEntry
    from .database import Database

WAIT = 5.0
"""Seconds to wait for another program to finish writing."""
REACH = timedelta(days=366)
"""No rule looks further back."""


def open_store(root: Path, create: bool = True, *, wait: float = WAIT) -> Store:
    """Open the store of the plan folder *root*, to read and, with *create*, to save.

    Nothing is made before the first save: reading a folder without a store finds no rosters.
    Everything a store does raises ``StoreError`` if the database is locked, damaged, newer than
    this program or not to be reached.
    """
    return Store(place_of(root), create=create, wait=wait)


class Store(Publishing, Linking):
    """The rosters of one team. Use it in a ``with`` block."""

    def __init__(self, place: StorePlace, *, create: bool = True, wait: float = WAIT) -> None:
        self.place = place
        self._create = create
        self._wait = wait

    @cached_property
    def _database(self) -> Database:
        # SQLAlchemy takes a fifth of a second to import; a folder without a store need not pay it.
        from .database import Database

        return Database(self.place, self._wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "_database" in self.__dict__:
            self._database.close()

    # -- saving ----------------------------------------------------------------------------------

    def save_draft(
        self, made: Result | Roster, *, digest: str, solver: str = "", seed: int = 0
    ) -> StoredRoster:
        """Keep a roster as a new draft and return its record.

        *digest* is that of the plan folder it was made from, *solver* the name and version of what made
        it. Raise ``ValueError`` for a result without a roster.
        """
        if not self._create:
            raise StoreError(f"{self.place} was opened for reading only.")
        roster = made.roster if isinstance(made, Result) else made
        if roster is None:
            raise ValueError("there is no roster to save")
        record = recorded(roster, "draft", datetime.now(UTC), digest, solver, seed)
        if isinstance(made, Result):
            record = replace(record, status=made.status, seconds=made.seconds, goals=made.goals)
        return self._database.add(record, cells_of(roster))

    # -- reading ---------------------------------------------------------------------------------

    def list_rosters(self) -> tuple[StoredRoster, ...]:
        """Return every roster on record, the newest first; of a shared database, every team's."""
        return () if self.place.empty() else tuple(self._database.rosters())

    def latest(self, facts: Facts) -> StoredRoster | None:
        """Return the newest roster of this horizon, draft or published, or None."""
        if self.place.empty():
            return None
        found = self._database.rosters(team=self._team(facts), first=facts.first, last=facts.last)
        return found[0] if found else None

    def roster(self, id: int, facts: Facts, *, strict: bool = True) -> Roster:
        """Return a roster on record as a roster of *facts*.

        Where the plan no longer knows a person, or no longer lets them work a shift, raise
        ``StoreError``; or leave the cell out if not *strict*, which is good enough for a start to
        search from.
        """
        found = () if self.place.empty() else self._database.rosters(id=id)
        if not found:
            raise StoreError(f"There is no roster {id} in {self.place}.")
        cells, pinned = dict[Cell, str](), set[Cell]()
        for who, day, code, held in self._database.cells(id):
            known = facts.has_person(who) and (code is None or code in facts.codes(who))
            if known and facts.first <= day <= facts.last:
                cells.update({(who, day): code} if code else {})
                pinned.update({(who, day)} if held else ())
            elif strict:
                does = f"works '{code}'" if code else "is off"
                raise StoreError(
                    f"In {found[0]}, {who} {does} on {day}, which the plan no longer allows for.",
                    "Undo that change of the plan, or solve it again.",
                )
        return Roster(facts, MappingProxyType(cells), frozenset(pinned))

    # -- names -----------------------------------------------------------------------------------

    def give_name(self, id: int, name: str) -> None:
        """Call the roster *id* *name*, for people to find it again."""
        from . import names

        names.give(self._database, id, name)

    def names(self) -> Mapping[int, str]:
        """Return the names of rosters, by id; most have none."""
        if self.place.empty():
            return {}
        from . import names

        return names.given(self._database)

    # -- the days before, and what was published --------------------------------------------------

    def before(self, facts: Facts) -> StoredRoster | None:
        """Return the roster people work by on the day before the first: the newest published, else
        draft.

        A published roster counts if the day is among its own; a draft only if that is its last.
        """
        return self._by(facts, facts.first - timedelta(days=1))

    def _by(self, facts: Facts, day: date) -> StoredRoster | None:
        """Return the roster that people work by on *day*."""
        if self.place.empty():
            return None
        found = self._database.rosters(team=self._team(facts), on=day)
        published = (r for r in found if r.state == "published")
        return next(published, None) or next((r for r in found if r.last == day), None)

    def border(self, facts: Facts) -> History | None:
        """Return what was worked before the first day, as far back as one roster follows on
        another.

        People no longer in the plan are left out. Raise ``StoreError`` for a shift of the latest of
        these rosters that the plan no longer knows; further back it ends the record.
        """
        codes = {s.code for s in facts.shifts}
        start, worked = facts.first, dict[Cell, str]()
        while start > facts.first - REACH and (
            stored := self._by(facts, start - timedelta(days=1))
        ):
            since = max(stored.first, facts.first - REACH)
            cells = {
                (who, day): code
                for who, day, code, _ in self._database.cells(stored.id)
                if code is not None and since <= day < start and facts.has_person(who)
            }
            strange = next(
                ((cell, code) for cell, code in cells.items() if code not in codes), None
            )
            if strange and start == facts.first:
                raise _unknown_shift(*strange, stored)
            if strange:
                break
            start, worked = since, {**worked, **cells}
        return History(start, worked) if start < facts.first else None

    def published(self, facts: Facts) -> StoredRoster | None:
        """Return the newest roster published for exactly these days, or None."""
        if self.place.empty():
            return None
        found = self._database.rosters(team=self._team(facts), first=facts.first, last=facts.last)
        return next((r for r in found if r.state == "published"), None)

    def with_border(self, facts: Facts) -> Facts:
        """Return *facts* with the history, the published roster and the points carried over on
        record here.

        With them come the days owed in lieu. Where nothing is on record they are as they were; what
        people bring along is the plan's as long as the ledger knows nothing of it. Notice is
        counted from today, unless *facts* say from when.
        """
        given: dict[str, Any] = {}
        if history := self.border(facts):
            given["history"] = history
        if published := self.published(facts):
            cells = self._database.cells(published.id)
            given["published"] = Published(
                {(w, d): c for w, d, c, _ in cells if c and facts.has_person(w)}
            )
        if (published or facts.published) and facts.as_of is None:
            given["as_of"] = today(facts.site(facts.team.home).timezone)
        from ..ledger import fairness, leave

        entries = self.entries(facts)
        if carried := fairness.carried(facts, entries):
            ledger = {(row.person, row.of) for row in carried}
            opening = (row for row in facts.carried if (row.person, row.of) not in ledger)
            given["carried"] = (*carried, *opening)
        if owed := leave.owed(facts, entries):
            given["lieu"], given["lieu_settled"] = owed
        return facts.changed(**given) if given else facts

    # -- ledgers ---------------------------------------------------------------------------------

    def append(self, facts: Facts, entries: Iterable[LedgerEntry]) -> None:
        """Book *entries* in the ledgers of the team, all of them or none."""
        if not self._create:
            raise StoreError(f"{self.place} was opened for reading only.")
        from . import ledger

        ledger.append(self._database, facts.team.name, entries)

    def entries(self, facts: Facts) -> tuple[LedgerEntry, ...]:
        """Return every line of the team's ledgers in the order of booking."""
        if self.place.empty():
            return ()
        from . import ledger

        return tuple(ledger.entries(self._database, self._team(facts)))

    def _team(self, facts: Facts) -> str | None:
        """Return the team to look for; in a folder's own store every roster is this team's."""
        return facts.team.name if self.place.shared else None


def _unknown_shift(cell: Cell, code: str, stored: StoredRoster) -> StoreError:
    return StoreError(
        f"{cell[0]} worked '{code}' on {cell[1]} (in {stored}), and the plan no longer has a shift '{code}'.",
        f"Keep a [[shifts]] entry with the code '{code}', so that rest and runs can be counted "
        "across the border; or solve without the store.",
    )
