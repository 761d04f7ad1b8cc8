"""The plan of a session from its files, and its roster as far as the plan allows for it."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import StoreError
from ..facts import Facts
from ..folder import Examined, Loaded
from ..plan import Plan
from ..roster import Roster
from ..store import open_plan_anyway, open_store
from . import files
from .fits import fits, fitting_pins, fitting_roster
from .history import Snapshot, Step, roster_json
from .judge import Judge
from .judged_roster import FEW, JudgedRoster
from .state import State
from .step_log import StepLog


class PlanReading:
    """Lets plan, roster and judge follow from the snapshot on the screen."""

    def __init__(self, state: State, log: StepLog) -> None:
        self._state: State = state
        self._log: StepLog = log
        self._facts: Facts | None = None
        """The facts as the folder has them, without what the store knows of the days before."""

    def read_plan(self) -> None:
        """Read the plan from the texts; one that is wrong leaves the last right one standing."""
        state = self._state
        gone = [name for name in state.saved.texts if name not in state.current.texts]
        found = files.examined(state.root, state.current.texts, gone)
        state.examined = found
        self._discover(found.files)
        if found.loaded is not None:
            self._take_plan(found, found.loaded)

    def look_back(self) -> None:
        """Show the plan as it last was right, if it ever was, while its files are wrong."""
        snapshot = self._state.current
        for step in reversed(self._log.history.done):
            snapshot = step.back(snapshot)
            if not step.texts:
                continue
            found = files.examined(self._state.root, snapshot.texts)
            if found.loaded is not None:
                self._take_plan(found, found.loaded)
                return

    def ask_store_again(self) -> None:
        """Take in what the store knows now of the days before and of what is published."""
        found = self._state.examined
        if found is not None and found.loaded is not None:
            self._facts = None
            self._take_plan(found, found.loaded)

    # -- the plan --------------------------------------------------------------------------------

    def _discover(self, found: Mapping[str, bytes]) -> None:
        """Take in files the plan names only now; they are as they are on disk."""
        known = self._state.current.texts
        texts = {name: files.decoded(data) for name, data in found.items() if name not in known}
        if texts:
            self._log.found_later({"files": texts})
            self._state.take_in(Snapshot(texts, {}, frozenset()))

    def _take_plan(self, found: Examined, loaded: Loaded) -> None:
        state, before = self._state, self._state.judged
        plan = self._with_record(loaded)
        state.plan = plan
        judge = Judge(plan, before.judge if before is not None else None)
        if not state.roster_known:
            self._begin_with_newest(plan.facts)
        if state.roster is None or state.roster.facts is not plan.facts:
            state.roster = fitting_roster(plan.facts, state.current)
        # While the rules alone are others, the roster is the same, and so is its coverage.
        same = before is not None and before.roster is state.roster
        state.judged = JudgedRoster(judge, state.roster, found.numbers, before if same else None)

    def _with_record(self, loaded: Loaded) -> Plan:
        """Return the plan with what the store knows; facts that are the same stay the same object,
        with all that was derived from them.
        """
        written = loaded.plan
        if self._state.plan is not None and self._facts == written.facts:
            return Plan(self._state.plan.facts, written.rules)
        opened = open_plan_anyway(loaded)
        self._facts = written.facts
        said = [*opened.notes, *([opened.trouble] if opened.trouble else [])]
        for text in said:
            if text not in self._state.remarks:
                self._state.remarks.append(text)
        return opened.plan

    # -- the roster ------------------------------------------------------------------------------

    def _begin_with_newest(self, facts: Facts) -> None:
        """Begin with the newest roster on record for these days."""
        self._state.roster_known = True
        roster = self._newest(facts)
        self._log.found_later({"roster": roster_json(roster.cells, roster.pinned)})
        self._state.take_in(Snapshot({}, roster.cells, roster.pinned))

    def _newest(self, facts: Facts) -> Roster:
        try:
            with open_store(self._state.root, create=False) as store:
                newest = store.rosters.latest(facts)
                if newest is None:
                    return Roster(facts)
                return store.rosters.roster(newest.id, facts, strict=False)
        except StoreError as error:
            self._state.remarks.append(str(error))
            return Roster(facts)

    def follow(self, step: Step) -> None:
        """Let roster and judge follow the cells of *step*, which was just taken."""
        state = self._state
        if state.plan is None or state.judged is None or not state.roster_known:
            return
        if not (step.cells or step.pins):
            return
        facts, before = state.plan.facts, state.judged
        few = len(step.people) <= FEW
        if few and before.roster.facts is facts:
            roster = self._edited(before, step)
        else:
            roster = fitting_roster(facts, state.current)
        # Counting coverage on from the roster before pays only where few people differ.
        base = before if few else None
        state.judged = JudgedRoster(before.judge, roster, before.numbers, base, step.people)
        state.roster = roster

    def _edited(self, before: JudgedRoster, step: Step) -> Roster:
        """Return the roster *before* with the cells of *step*, as far as they fit."""
        current, facts = self._state.current, before.roster.facts
        cells = {}
        for cell in step.cells:
            code = current.cells.get(cell)
            if fits(facts, cell, code):
                cells[cell] = code
        roster = before.roster.with_cells(cells) if cells else before.roster
        if step.pins:
            roster = roster.with_pinned(fitting_pins(facts, current))
        before.judge.edited(before.roster, roster, step.people)
        return roster
