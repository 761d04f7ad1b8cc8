"""The store as the rest of the program sees it: rosters in, rosters and history out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from ..clock import tz_version
from ..errors import StoreError
from ..facts import Cell, Facts, History
from ..result import Result
from ..roster import Roster
from .place import Place, place_of
from .records import StoredRoster

if TYPE_CHECKING:
    from ..ledger import Entry
    from .database import Database, StoredCell

WAIT = 5.0
"""Seconds to wait for another program to finish writing."""


def open_store(root: Path, create: bool = True, *, wait: float = WAIT) -> Store:
    """Open the store of the plan folder *root*, to read and, with *create*, to save.

    Nothing is made before the first save: reading a folder without a store finds no rosters. Everything a
    store does raises ``StoreError`` if the database is locked, damaged, newer than this program or not to
    be reached.
    """
    return Store(place_of(root), create=create, wait=wait)


class Store:
    """The rosters of one team. Use it in a ``with`` block."""

    def __init__(self, place: Place, *, create: bool = True, wait: float = WAIT) -> None:
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
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
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
        searched = made if isinstance(made, Result) else None
        record = StoredRoster(
            id=0,
            uid=uuid.uuid4().hex,
            team=roster.facts.team.name,
            state="draft",
            created_at=datetime.now(UTC),
            first=roster.facts.first,
            last=roster.facts.last,
            digest=digest,
            tz_version=tz_version(),
            solver_version=solver,
            seed=seed,
            status=searched.status if searched else "",
            seconds=searched.seconds if searched else 0.0,
            goals=searched.goals if searched else (),
        )
        cells = sorted({*roster.cells, *roster.pinned}, key=lambda c: (c[1], c[0]))
        return self._database.add(record, [(*c, roster.cells.get(c), c in roster.pinned) for c in cells])

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

        Where the plan no longer knows a person, or no longer lets them work a shift, raise ``StoreError``; or
        leave the cell out if not *strict*, which is good enough for a start to search from.
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

    # -- the days before -------------------------------------------------------------------------

    def before(self, facts: Facts) -> StoredRoster | None:
        """Return the roster that ends the day before the first day: the newest published, else draft."""
        if self.place.empty():
            return None
        found = self._database.rosters(team=self._team(facts), last=facts.first - timedelta(days=1))
        published = (r for r in found if r.state == "published")
        return next(published, found[0] if found else None)

    def border(self, facts: Facts) -> History | None:
        """Return what was worked before the first day, as far as the roster before this one goes.

        People no longer in the plan are left out. Raise ``StoreError`` for a shift the plan no longer knows.
        """
        stored = self.before(facts)
        return _history(facts, stored, self._database.cells(stored.id)) if stored else None

    def with_border(self, facts: Facts) -> Facts:
        """Return *facts* with the history on record here, or as they are where there is none."""
        history = self.border(facts)
        return facts if history is None else facts.changed(history=history)

    # -- ledgers ---------------------------------------------------------------------------------

    def append(self, facts: Facts, entries: Iterable[Entry]) -> None:
        """Book *entries* in the ledgers of the team, all of them or none."""
        if not self._create:
            raise StoreError(f"{self.place} was opened for reading only.")
        from . import ledger

        ledger.append(self._database, facts.team.name, entries)

    def entries(self, facts: Facts) -> tuple[Entry, ...]:
        """Return every line of the team's ledgers in the order of booking."""
        if self.place.empty():
            return ()
        from . import ledger

        return tuple(ledger.entries(self._database, self._team(facts)))

    def _team(self, facts: Facts) -> str | None:
        """Return the team to look for; in a folder's own store every roster is this team's."""
        return facts.team.name if self.place.shared else None


def _history(facts: Facts, stored: StoredRoster, cells: Iterable[StoredCell]) -> History:
    codes, worked = {s.code for s in facts.shifts}, dict[Cell, str]()
    for who, day, code, _ in cells:
        if code is None or not facts.has_person(who):
            continue
        if code not in codes:
            raise StoreError(
                f"{who} worked '{code}' on {day} (in {stored}), and the plan no longer has a shift '{code}'.",
                f"Keep a [[shifts]] entry with the code '{code}', so that rest and runs can be counted "
                "across the border; or solve without the store.",
            )
        worked[who, day] = code
    return History(stored.first, worked)
