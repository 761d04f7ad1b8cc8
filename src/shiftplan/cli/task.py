"""What a search is given: the plan with what is on record, and a roster to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import ShiftplanError, count
from ..folder import Loaded, read_roster
from ..ledger.doubled import doubled
from ..ledger.fairness_owed import repays
from ..plan import Plan
from ..plan.amounts import cost_words
from ..plan.static_checks import shortages
from ..roster import Roster, following
from ..store import Store, open_plan
from .common import say

SHOWN = 3
"""Notes on what cannot be met, before the rest is counted."""


@dataclass(frozen=True)
class Task:
    """A plan to be solved; *notes* say in half a sentence each what went into it."""

    plan: Plan
    start: Roster | None = None
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """The notes as whole sentences."""
        return [f"{text}." for text in self.notes]

    def noting(self, *texts: str) -> Task:
        """Return the task with more notes."""
        return replace(self, notes=(*self.notes, *texts))


def task(
    loaded: Loaded, store: Store | None, start: Path | None, *, from_rota: bool, fresh: bool
) -> Task:
    """Return the plan with what was worked before it, and the roster to search from.

    That is the roster in the file *start*, or that of the plan's rotas, or else the newest in
    *store*, unless the search is to begin *fresh*. Raise ``ShiftplanError`` for a file that cannot
    be used, or if nobody follows a rota.
    """
    found = _opened(loaded, store)
    if repaid := repays(found.plan):
        found = found.noting(repaid)
    if start is not None:
        found = _from_file(found, start)
    elif store is not None and not fresh:
        found = _from_store(found, store)
    found = found.noting(*_cannot_be_met(found.plan))
    return _from_rotas(found) if from_rota else found


def _opened(loaded: Loaded, store: Store | None) -> Task:
    if store is None:
        return Task(loaded.plan)
    opened = open_plan(loaded, store)
    notes = [text.removesuffix(".") for text in opened.notes]
    found = Task(opened.plan).noting(*notes, *_booked_twice(loaded, store))
    if opened.before is None:
        return found
    return found.noting(f"the days before the first are those of {opened.before}")


def _booked_twice(loaded: Loaded, store: Store) -> Sequence[str]:
    people = {line.person for line in doubled(store.ledger.entries(loaded.plan.facts))}
    if not people:
        return ()
    whose = count(len(people), "person", "people")
    return (
        f"the ledger has lines of {whose} that were booked twice; 'shiftplan ledger' says which, "
        "and what to do",
    )


def _from_file(found: Task, file: Path) -> Task:
    start = read_roster(file, found.plan.facts, say)
    try:
        plan = found.plan.holding(start)
    except ShiftplanError as error:
        raise ShiftplanError(f"--start: {error.message}", error.hint) from None
    return replace(found, plan=plan, start=start)


def _from_store(found: Task, store: Store) -> Task:
    facts = found.plan.facts
    latest = store.rosters.latest(facts)
    if latest is None:
        return found
    # Cells that the plan no longer allows are left out: it may have changed since.
    start = store.rosters.roster(latest.id, facts, strict=False)
    return replace(found, start=start).noting(f"the search starts from {latest}")


def _cannot_be_met(plan: Plan) -> Sequence[str]:
    # What a hard rule cannot get ends the search at once, and is the reason given then.
    texts = [shortage.text for shortage in shortages(plan) if not shortage.must]
    notes = [f"cannot be met: {text}".rstrip(".") for text in texts[:SHOWN]]
    if len(texts) > SHOWN:
        notes.append(f"and {len(texts) - SHOWN} more cannot be met")
    return notes


def _from_rotas(found: Task) -> Task:
    """Return the task with the roster the plan's rotas give, and what it costs by itself."""
    plan, rotas = found.plan, found.plan.facts.assigned_rotas
    if rotas is None or not rotas.places:
        raise ShiftplanError(
            "--from-rota: nobody in the plan follows a rota.",
            "Assign one with 'shiftplan rota --assign 1'.",
        )
    start = following(plan.facts, rotas)
    costs = cost_words(plan.rules).all(plan.judge(start).costs)
    notes = [
        f"the search starts from the rota, which by itself, with leave and pins, costs: {costs}"
    ]
    without = [person.name for person in plan.facts.people if not rotas.names(person.name)]
    if without:
        notes.append(f"no rota has a place for {', '.join(without)}")
    return replace(found, start=start).noting(*notes)
