"""The roster a command is to look at: from a file, or the newest in the store."""

from __future__ import annotations

from pathlib import Path

from ..errors import ShiftplanError
from ..folder import Loaded, read_roster
from ..plan import Plan
from ..roster import Roster
from ..store import StoredRoster, open_plan, open_store
from .common import say


def subject(
    loaded: Loaded, file: Path | None, *, draft: bool = False
) -> tuple[Plan, Roster, StoredRoster | None]:
    """Return the plan with what was worked before it, the roster in *file* or else the newest
    stored one.

    With *draft*, that is the newest draft, though a newer one is published.

    Raise ``ShiftplanError`` if there is none.
    """
    with open_store(loaded.root, create=False) as store:
        plan = open_plan(loaded, store).plan
        facts = plan.facts
        if file is not None:
            return plan, read_roster(file, facts, say), None
        if draft:
            stored = next(iter(store.rosters.drafts(facts)), None)
        else:
            stored = store.rosters.latest(facts)
        if stored is None:
            what = "draft" if draft else "roster"
            raise ShiftplanError(
                f"There is no {what} from {facts.first} to {facts.last} in {store.place} yet.",
                "Run 'shiftplan solve' first, or name a roster with --roster FILE.",
            )
        if stored.digest != loaded.digest:
            say(f"note: the plan was changed after {stored} was made.")
        return plan, store.rosters.roster(stored.id, facts), stored
