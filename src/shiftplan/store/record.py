"""What is on record for a plan: the days before its first, what is published, what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..clock import today
from ..errors import StoreError
from ..facts import Carried, Cell, Facts, History, Published
from ..ledger import LedgerEntry, fairness, leave
from .access import StoreAccess
from .ledger import LedgerStore
from .records import StoredRoster
from .rosters import RosterStore

REACH = timedelta(days=366)
"""No rule looks further back."""
DAY = timedelta(days=1)


class PlanRecord:
    """What rosters and ledgers on record say to a plan, in the words of its facts."""

    def __init__(self, access: StoreAccess, rosters: RosterStore, ledger: LedgerStore) -> None:
        self._access = access
        self._rosters = rosters
        self._ledger = ledger

    def added_to(self, facts: Facts) -> Facts:
        """Return *facts* with all that is on record; the very same where nothing is.

        Notice is counted from today, unless *facts* say from when. Raise ``StoreError`` as
        ``worked`` does.
        """
        facts = self.with_keys(facts)
        known: dict[str, Any] = {}
        if history := self.worked(facts):
            known["history"] = history
        published = self.published(facts)
        if published is not None:
            known["published"] = published
        has_published = published is not None or facts.published is not None
        if has_published and facts.as_of is None:
            known["as_of"] = today(facts.site(facts.team.home).timezone)
        entries = self._ledger.entries(facts)
        if carried := _carried(facts, entries):
            known["carried"] = carried
        if owed := leave.owed(facts, entries):
            known["lieu"], known["lieu_settled"] = owed
        return facts.changed(**known) if known else facts

    def keys(self, facts: Facts) -> Mapping[str, str]:
        """Return who each person of *facts* is on record, by name."""
        return self._access.people(facts).keys

    def first_names(self, facts: Facts) -> Mapping[str, str]:
        """Return what people were first called on record, by key, where it is not the key."""
        return self._access.people(facts).first

    def ids(self, facts: Facts) -> Mapping[str, str]:
        """Return the last id of everybody on record who was ever given one, by key."""
        return self._access.people(facts).ids

    def knows(self, facts: Facts, name: str) -> bool:
        """Say whether anything is on record of the person of *facts* called *name*."""
        return self._access.knows(facts, self._access.people(facts).key(name))

    def new_id(self, facts: Facts, name: str) -> bool:
        """Say whether only the name leads to the record of somebody who has an id by now."""
        news = self._access.people(facts).news
        return any(one.name == name and one.key != one.id for one in news)

    def note_people(self, facts: Facts) -> None:
        """Note who the people of *facts* are, so that they are found by whatever name; no store is
        made for that.
        """
        if self._access.to_read() is not None:
            self._access.people_to_write(facts)

    def with_keys(self, facts: Facts) -> Facts:
        """Return *facts* with the keys of people who are not on record by what the plan says."""
        keys = self.keys(facts)
        otherwise = {p.name: keys[p.name] for p in facts.people if keys[p.name] != p.key}
        return facts.changed(on_record_as=otherwise) if otherwise else facts

    def before(self, facts: Facts) -> StoredRoster | None:
        """Return the roster people work by on the day before the first, or None."""
        return self._rosters.in_force(facts, facts.first - DAY)

    def worked(self, facts: Facts) -> History | None:
        """Return what was worked before the first day, as far back as roster follows on roster.

        People no longer in the plan are left out. Raise ``StoreError`` for a shift of the latest of
        these rosters that the plan no longer knows.
        """
        codes = {shift.code for shift in facts.shifts}
        earliest = facts.first - REACH
        start = facts.first
        worked = dict[Cell, str]()
        while start > earliest:
            stored = self._rosters.in_force(facts, start - DAY)
            if stored is None:
                break  # a gap: what was before it is not the record of these days
            since = max(stored.first, earliest)
            shifts = self._shifts(stored, facts, since, start)
            unknown = next((cell for cell, code in shifts.items() if code not in codes), None)
            if unknown and start == facts.first:
                raise _unknown_shift(unknown, shifts[unknown], stored)
            if unknown:
                break  # further back an old shift ends the record, and is nobody's fault
            worked = {**worked, **shifts}
            start = since
        return History(start, worked) if start < facts.first else None

    def _shifts(
        self, stored: StoredRoster, facts: Facts, since: date, until: date
    ) -> dict[Cell, str]:
        """Return who of the plan worked what from *since* up to the day before *until*."""
        return {
            (who, day): code
            for who, day, code, _ in self._rosters.cells(stored.id, facts)
            if code is not None and since <= day < until and facts.has_person(who)
        }

    def published(self, facts: Facts) -> Published | None:
        """Return what is published of people of the plan for exactly these days, if anything."""
        stored = self._rosters.published(facts)
        if stored is None:
            return None
        cells = self._rosters.cells(stored.id, facts)
        return Published(
            {(who, day): code for who, day, code, _ in cells if code and facts.has_person(who)}
        )


def _carried(facts: Facts, entries: tuple[LedgerEntry, ...]) -> tuple[Carried, ...]:
    """Return the points carried over, empty if the ledger has none."""
    carried = fairness.carried(facts, entries)
    if not carried:
        return ()
    # An opening balance is the plan's to say, as long as the ledger knows nothing of it.
    booked = {(row.person, row.of) for row in carried}
    opening = (row for row in facts.carried if (row.person, row.of) not in booked)
    return (*carried, *opening)


def _unknown_shift(cell: Cell, code: str, stored: StoredRoster) -> StoreError:
    who, day = cell
    return StoreError(
        f"{who} worked '{code}' on {day} (in {stored}), and the plan no longer has a shift "
        f"'{code}'.",
        f"Keep a [[shifts]] entry with the code '{code}', so that rest and runs can be counted "
        "across the first day; or solve without the store.",
    )
