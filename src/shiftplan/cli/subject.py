"""The roster a command is to look at: from a file, or the newest in the store."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..errors import ShiftplanError
from ..facts import Facts
from ..folder import Loaded, read_roster
from ..plan import Plan
from ..roster import Roster
from ..store import Store, StoredRoster, open_plan, open_store
from .common import note, say


class Subject(NamedTuple):
    """A roster, and the plan with what was worked before it; *stored* is None for a file."""

    plan: Plan
    roster: Roster
    stored: StoredRoster | None = None


def subject(loaded: Loaded, file: Path | None, *, draft: bool = False) -> Subject:
    """Return the roster in *file*, or else the newest stored one; with *draft*, the newest draft,
    though a newer one is published.

    Raise ``ShiftplanError`` if there is none.
    """
    with open_store(loaded.root, create=False) as store:
        opened = open_plan(loaded, store)
        plan = opened.plan
        note(opened.notes)
        if file is not None:
            return Subject(plan, read_roster(file, plan.facts, say))
        stored = _newest(store, plan.facts, draft)
        if stored.digest != loaded.digest:
            note([f"the plan was changed after {stored} was made."])
        return Subject(plan, store.rosters.roster(stored.id, plan.facts), stored)


def _newest(store: Store, facts: Facts, draft: bool) -> StoredRoster:
    if draft:
        found = next(iter(store.rosters.drafts(facts)), None)
    else:
        found = store.rosters.latest(facts)
    if found is not None:
        return found
    what = "draft" if draft else "roster"
    raise ShiftplanError(
        f"There is no {what} from {facts.first} to {facts.last} in {store.place} yet.",
        "Run 'shiftplan solve' first, or name a roster with --roster FILE.",
    )
