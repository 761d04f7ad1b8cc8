"""What is kept: the plan in its files, rosters in the store."""

from __future__ import annotations

from ..folder.unseen import refuse_unseen
from ..plan.result import Goal, Result
from ..store import StoredRoster, open_store
from . import files
from .listeners import Listeners
from .state import State
from .step_log import StepLog


class Saving:
    """Brings what is on the screen to where others see it."""

    def __init__(self, state: State, log: StepLog, listeners: Listeners) -> None:
        self._state: State = state
        self._log: StepLog = log
        self._listeners: Listeners = listeners

    def save(self, name: str = "") -> None:
        """Write the plan's files that changed, and keep the roster, if it did, as a draft called
        *name*.

        With a *name* the roster is kept even if it is the one on record. Raise ``CannotWrite`` if
        the folder is read-only or somebody else changed one of the files meanwhile. Raise
        ``StoreError`` if the files could be written and the roster could not be kept.
        """
        state = self._state
        state.check_writable()
        refuse_unseen("name", name)
        if state.current.texts != state.saved.texts:
            files.write_changed(state.root, state.saved.texts, state.current.texts)
            self._log.mark_saved(texts=True)
            self._note_people()
        wanted = bool(name) and state.roster is not None
        if wanted or not state.current.same_roster(state.saved):
            self._keep(name)
        self._log.cut_back()
        self._listeners.tell("saved", name)

    def _note_people(self) -> None:
        """Have the record know whose an id is, before its person is called otherwise."""
        loaded = self._state.loaded
        if loaded is not None and any(person.id for person in loaded.plan.facts.people):
            with open_store(self._state.root) as store:
                store.record.note_people(loaded.plan.facts)

    def keep_roster(self, name: str) -> StoredRoster:
        """Keep the roster as a draft called *name*, and leave the plan's files alone."""
        self._state.check_writable()
        refuse_unseen("name", name)
        kept = self._keep(name)
        self._listeners.tell("saved", name)
        return kept

    def _keep(self, name: str) -> StoredRoster:
        """Keep the roster with the costs a full judgement finds."""
        state = self._state
        plan, roster = state.known_plan(), state.known_roster()
        costs = plan.judge(roster).costs
        goals = tuple(Goal(goal, cost, None) for goal, cost in costs.items())
        made = Result(roster, goals, "unknown", 0.0, "done")
        loaded = state.loaded
        digest = loaded.digest if loaded is not None else files.digest(state.current.texts)
        with open_store(state.root) as store, store.at_once():
            kept = store.rosters.save_draft(made, digest=digest)
            if name:
                store.rosters.give_name(kept.id, name)
        self._log.mark_saved(roster=True)
        self._listeners.tell("versions", name)
        return kept
