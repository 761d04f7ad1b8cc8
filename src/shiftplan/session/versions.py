"""Saving, and the rosters kept so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from ..clock import to_local
from ..errors import CannotWrite, StoreError
from ..facts import Cell, Facts
from ..plan.result import Goal, Result
from ..publication import Publication
from ..store import Store, StoredRoster, open_store
from . import files
from .history import Snapshot
from .journal import lines_of
from .rosters import RosterEdits
from .values import Effect, PersonDifference, Version

STEPS_KEPT = 500
"""Steps that can be undone after saving; the journal is cut back to them."""


class Versions(RosterEdits):
    """What is kept: in the plan's files and, of rosters, in the store."""

    _published: Mapping[Cell, str] | None = None
    _published_known = False

    # -- saving ----------------------------------------------------------------------------------

    def save(self, name: str = "") -> None:
        """Write the plan's files that changed, and keep the roster, if it did, as a draft called
        *name*.

        With a *name* the roster is kept even if it is the one on record. Raise ``CannotWrite`` if
        the folder is read-only or somebody else changed one of the files meanwhile: then ``reread``
        first. Raise ``StoreError`` if the files could be written and the roster could not be kept.
        """
        self._check_writable()
        if self._state.texts != self._saved.texts:
            files.write_changed(self.root, self._saved.texts, self._state.texts)
            self._mark_saved(texts=True)
        if self._roster_differs or (name and self.roster is not None):
            self._keep(name)
        self._cut_back()
        self._tell("saved", name)

    def save_version(self, name: str) -> Version:
        """Keep the roster as it is now as a draft called *name*, and leave the plan's files alone."""
        self._check_writable()
        kept = self._keep(name)
        self._tell("saved", name)
        return _version(kept, name)

    @property
    def _roster_differs(self) -> bool:
        return (self._state.cells, self._state.pins) != (self._saved.cells, self._saved.pins)

    def _check_writable(self) -> None:
        if self.read_only is not None:
            raise CannotWrite(self.read_only)

    def _mark_saved(self, *, texts: bool = False, roster: bool = False) -> None:
        parts = [*(["files"] if texts else []), *(["roster"] if roster else [])]
        if self._history.done or self._history.undone:
            self._write({"saved": parts})
        now = self._state
        self._saved = Snapshot(
            now.texts if texts else self._saved.texts,
            now.cells if roster else self._saved.cells,
            now.pins if roster else self._saved.pins,
        )

    def _keep(self, name: str) -> StoredRoster:
        """Keep the roster as a draft with the costs a full judgement finds."""
        plan, roster = self._known_plan(), self._known_roster()
        costs = plan.judge(roster).costs
        goals = tuple(Goal(goal, cost, None) for goal, cost in costs.items())
        loaded = self._examined.loaded if self._examined else None
        digest = loaded.digest if loaded else files.digest(self._state.texts)
        with open_store(self.root) as store:
            kept = store.save_draft(Result(roster, goals, "unknown", 0.0, "done"), digest=digest)
            if name:
                store.give_name(kept.id, name)
        self._mark_saved(roster=True)
        self._tell("versions", name)
        return kept

    def _cut_back(self) -> None:
        """Forget steps so old that nobody undoes them, and bring the journal down to the rest."""
        old = len(self._history.done) - STEPS_KEPT
        if old <= 0:
            return
        for step in self._history.done[:old]:
            self._base = step.forth(self._base)
        del self._history.done[:old]
        self._journal.rewrite(lines_of(self._base, self._history, self._saved, self._roster_known))

    # -- what is on record -----------------------------------------------------------------------

    @property
    def unpublished(self) -> bool:
        """Whether the roster differs from the newest published one of its days, or none is
        published.
        """
        if not self._published_known:
            self._published, self._published_known = self._newest_published(), True
        return self.roster is None or self.roster.cells != self._published

    def _forget_published(self) -> None:
        self._published_known = False

    def versions(self) -> tuple[Version, ...]:
        """Return every roster kept for the days of the plan, the newest first. Raise
        ``StoreError``.
        """
        self._forget_published()
        with open_store(self.root, create=False) as store:
            names, found = store.names(), store.publications(self._known_plan().facts)
            return tuple(_version(r, names.get(r.id, ""), found) for r in self._on_record(store))

    def load_version(self, id: int) -> Effect:
        """Take a kept roster in place of the current one; cells the plan no longer allows are left
        out.
        """
        facts = self._known_plan().facts
        with open_store(self.root, create=False) as store:
            roster = store.roster(id, facts, strict=False)
            name = store.names().get(id, "")
        return self.adopt(roster, f"Roster {id}{f' ({name})' if name else ''}")

    def difference(self, a: int | None, b: int | None) -> tuple[PersonDifference, ...]:
        """Return what turns version *a* into *b*, by person and in local time; None is the one on
        screen.
        """
        facts = self._known_plan().facts
        with open_store(self.root, create=False) as store:
            before, after = (
                self._known_roster() if id is None else store.roster(id, facts, strict=False)
                for id in (a, b)
            )
        found = []
        for person in facts.people:
            changes = tuple(
                (
                    day,
                    in_words(facts, person.name, day, was),
                    in_words(facts, person.name, day, now),
                )
                for day in facts.days
                if (was := before.at(person.name, day)) != (now := after.at(person.name, day))
            )
            found += [PersonDifference(person.name, changes)] if changes else []
        return tuple(found)

    def _on_record(self, store: Store) -> list[StoredRoster]:
        facts = self._known_plan().facts
        return [
            record
            for record in store.list_rosters()
            if (record.first, record.last) == (facts.first, facts.last)
            and (record.team == facts.team.name or not store.place.shared)
        ]

    def _newest_published(self) -> Mapping[Cell, str] | None:
        if self.plan is None:
            return None
        try:
            with open_store(self.root, create=False) as store:
                found = next((r for r in self._on_record(store) if r.state == "published"), None)
                return (
                    store.roster(found.id, self.plan.facts, strict=False).cells if found else None
                )
        except StoreError:
            return None


def in_words(facts: Facts, who: str, day: date, code: str | None) -> str:
    """Return what *who* works on *day* by their own clock: ``E 05:00-13:30``, or ``off``."""
    if code is None:
        return "off"
    start, end = (to_local(instant, facts.tz(who)) for instant in facts.span(who, code, day))
    later = "" if end.date() == start.date() else f" {end:%a}"
    return f"{code} {start:%H:%M}-{end:%H:%M}{later}"


def _version(record: StoredRoster, name: str, published: Sequence[Publication] = ()) -> Version:
    """Return the version of a *record*; *published* are all publications, the newest first."""
    costs = MappingProxyType({g.name: g.cost for g in record.goals})
    one = next((p for p in published if p.roster_id == record.id), None)
    over = one and any(p.number > one.number and _share_days(p, one) for p in published)
    state = "superseded" if over else record.state
    return Version(record.id, name, state, record.created_at, record.first, record.last, costs, one)


def _share_days(a: Publication, b: Publication) -> bool:
    return a.first <= b.last and a.last >= b.first
