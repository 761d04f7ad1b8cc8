"""The one door to a plan together with what the store knows of the days before.

Everybody comes through it: a command that has read a folder, a session whose files are texts in
memory, a server that reads the folder anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..errors import StoreError
from ..folder import Loaded
from ..plan import Plan
from .records import StoredRoster
from .store import Store, open_store


@dataclass(frozen=True)
class OpenedPlan:
    """A plan as its folder has it, and as it is with what is on record."""

    loaded: Loaded
    """As the folder has it, with its notices."""
    plan: Plan
    """With the days worked before the first, the roster published, points carried over and days in
    lieu; where nothing is on record, as the folder has it.
    """
    before: StoredRoster | None = None
    """The roster people work by on the day before the first."""
    trouble: str | None = None
    """Why the store could not be read, as a sentence; ``plan`` then is as the folder has it."""
    notes: tuple[str, ...] = ()
    """What the record says otherwise than the plan, in sentences; the record holds."""


def open_plan(loaded: Loaded, store: Store | None = None) -> OpenedPlan:
    """Return the plan *loaded* with what is on record in *store*, else in the folder's own store.

    Raise ``StoreError`` if that cannot be read, or has a shift the plan no longer knows on a day
    before the first.
    """
    if store is None:
        with open_store(loaded.root, create=False) as its_own:
            return open_plan(loaded, its_own)
    before = store.record.before(loaded.plan.facts)
    facts = store.record.added_to(loaded.plan.facts)
    plan = replace(loaded.plan, facts=facts)
    return OpenedPlan(loaded, plan, before, notes=tuple(_contradicted(loaded, before)))


def _contradicted(loaded: Loaded, before: StoredRoster | None) -> Iterator[str]:
    """Yield that a roster is on record of a day on which nobody was on duty, as the plan says."""
    if before is not None and loaded.plan.facts.history.none:
        yield (
            f"The plan says that nobody was on duty before, but {before} is on record, and counts. "
            "Delete [history] none = true."
        )


def open_plan_anyway(loaded: Loaded) -> OpenedPlan:
    """Return the plan with what is on record, or with the ``trouble`` of reading it.

    For a session, in which a planner goes on working whatever has become of the store.
    """
    try:
        return open_plan(loaded)
    except StoreError as error:
        return OpenedPlan(loaded, loaded.plan, trouble=str(error))
