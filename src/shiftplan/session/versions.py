"""The rosters kept so far, and how they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from ..clock import to_local
from ..errors import StoreError
from ..facts import Cell, Facts
from ..publication import Publication
from ..roster import Roster
from ..store import Store, StoredRoster, open_store
from .roster_edits import RosterEdits
from .saving import Saving
from .state import State
from .values import Effect, PersonDifference, Version


class Versions:
    """Rosters on record for the days of the plan: listed, kept, taken back, compared."""

    def __init__(self, state: State, saving: Saving, roster_edits: RosterEdits) -> None:
        self._state: State = state
        self._saving: Saving = saving
        self._roster_edits: RosterEdits = roster_edits
        self._published: Mapping[Cell, str] | None = None
        """The cells of the newest published roster, None if there is none."""
        self._published_known: bool = False

    def all(self) -> tuple[Version, ...]:
        """Return every roster kept for the days of the plan, the newest first. Raise
        ``StoreError``.
        """
        self.forget_published()
        facts = self._state.known_plan().facts
        with open_store(self._state.root, create=False) as store:
            names, published = store.rosters.names(), store.publications.all(facts)
            return tuple(
                _version(record, names.get(record.id, ""), published)
                for record in _on_record(store, facts)
            )

    def keep(self, name: str) -> Version:
        """Keep the roster as it is now as a draft called *name*; plan files are left alone."""
        return _version(self._saving.keep_roster(name), name, ())

    def load(self, id: int) -> Effect:
        """Take a kept roster in place of the current one; cells the plan no longer allows are left
        out.
        """
        facts = self._state.known_plan().facts
        with open_store(self._state.root, create=False) as store:
            roster = store.rosters.roster(id, facts, strict=False)
            name = store.rosters.names().get(id, "")
        called = f" ({name})" if name else ""
        return self._roster_edits.adopt(roster, f"Roster {id}{called}")

    def difference(self, a: int | None, b: int | None) -> tuple[PersonDifference, ...]:
        """Return what turns version *a* into *b*, by person and in local time; None is the one on
        screen.
        """
        facts = self._state.known_plan().facts
        with open_store(self._state.root, create=False) as store:
            before, after = self._roster(store, facts, a), self._roster(store, facts, b)
        found = []
        for person in facts.people:
            changes = _changes(facts, person.name, before, after)
            if changes:
                found.append(PersonDifference(person.name, changes))
        return tuple(found)

    @property
    def unpublished(self) -> bool:
        """Whether the roster differs from the newest published one of its days, or none is
        published.
        """
        if not self._published_known:
            self._published, self._published_known = self._newest_published(), True
        roster = self._state.roster
        return roster is None or roster.cells != self._published

    def forget_published(self) -> None:
        """Ask the store again for what is published, next time it matters."""
        self._published_known = False

    def _roster(self, store: Store, facts: Facts, id: int | None) -> Roster:
        if id is None:
            return self._state.known_roster()
        return store.rosters.roster(id, facts, strict=False)

    def _newest_published(self) -> Mapping[Cell, str] | None:
        if self._state.plan is None:
            return None
        facts = self._state.plan.facts
        try:
            with open_store(self._state.root, create=False) as store:
                found = store.rosters.published(facts)
                return store.rosters.roster(found.id, facts, strict=False).cells if found else None
        except StoreError:
            return None  # whoever lists the versions sees why


def _on_record(store: Store, facts: Facts) -> list[StoredRoster]:
    """Return the rosters of the plan's days; a shared store has those of other teams, too."""
    found = []
    for record in store.rosters.all():
        same_days = (record.first, record.last) == (facts.first, facts.last)
        if same_days and (record.team == facts.team.name or not store.place.shared):
            found.append(record)
    return found


def _changes(
    facts: Facts, who: str, before: Roster, after: Roster
) -> tuple[tuple[date, str, str], ...]:
    """Return what differs for one person: day, before and after in words."""
    changes = []
    for day in facts.days:
        was, now = before.at(who, day), after.at(who, day)
        if was != now:
            changes.append((day, in_words(facts, who, day, was), in_words(facts, who, day, now)))
    return tuple(changes)


def in_words(facts: Facts, who: str, day: date, code: str | None) -> str:
    """Return what *who* works on *day* in local time: ``E 05:00-13:30``, or ``off``."""
    if code is None:
        return "off"
    start, end = (to_local(instant, facts.tz(who)) for instant in facts.span(who, code, day))
    later = "" if end.date() == start.date() else f" {end:%a}"
    return f"{code} {start:%H:%M}-{end:%H:%M}{later}"


def _version(record: StoredRoster, name: str, published: Sequence[Publication]) -> Version:
    """Return the version of a *record*; *published* are all publications, the newest first."""
    publication = next((p for p in published if p.roster_id == record.id), None)
    state: str = record.state
    if publication is not None and _superseded(publication, published):
        state = "superseded"
    return Version(
        id=record.id,
        name=name,
        state=state,
        made=record.created_at,
        first=record.first,
        last=record.last,
        costs=MappingProxyType({goal.name: goal.cost for goal in record.goals}),
        publication=publication,
    )


def _superseded(publication: Publication, published: Sequence[Publication]) -> bool:
    newer = (p for p in published if p.number > publication.number)
    return any(_share_days(p, publication) for p in newer)


def _share_days(a: Publication, b: Publication) -> bool:
    return a.first <= b.last and a.last >= b.first
