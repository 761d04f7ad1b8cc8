"""The state of a session: what the files say, who works when, and every step that led there."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..errors import CannotWrite, Problem, ShiftplanError, StoreError
from ..facts import Cell, Facts
from ..folder import PLAN, Examined
from ..plan import Plan, Verdict
from ..roster import Roster
from ..store import open_store
from . import files, journal
from .effects import Judged
from .fitting import fits, fitting
from .history import Snapshot, Step, UndoHistory, roster_json, to_json
from .judge import Judge
from .lock import Lock
from .settler import FEW, Settler
from .values import Effect, News, NewsKind


class Core:
    """What every part of a session works on. One thread edits; others may listen and read."""

    root: Path
    plan: Plan | None
    """The plan as edited; while the files are wrong, the last one that was right; None if none ever
    was.
    """
    problems: tuple[Problem, ...]
    """What is wrong in the files, unsaved edits included; empty if the plan is right."""
    notices: tuple[str, ...]
    """What a planner should know: of the plan, of edits brought back, of cells that no longer fit."""
    roster: Roster | None
    """The current roster (maybe empty); None only while ``plan`` is None."""
    read_only: str | None
    """Why nothing can be saved, as a sentence, else None. Edits work all the same, in memory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.plan = None
        self.problems = ()
        self.notices = ()
        self.roster = None
        self.read_only = None
        self._lock: Lock | None = None
        self._journal = journal.Journal(root)
        self._state = self._saved = self._base = Snapshot({}, {}, frozenset())
        self._history = UndoHistory()
        self._roster_known = False
        self._told: list[str] = []
        """Notices that do not come from the plan."""
        self._unfit = 0
        self._facts: Facts | None = None
        """The facts as the folder has them, without what the store knows of the days before."""
        self._examined: Examined | None = None
        self._judged: Judged | None = None
        self._verdict: tuple[Judged, Verdict] | None = None
        self._settler = Settler(self._tell)
        self._listeners: list[Callable[[News], object]] = []

    # -- listeners -------------------------------------------------------------------------------

    def add_listener(self, listener: Callable[[News], object]) -> Callable[[], None]:
        """Call *listener* after every change; return what takes it off again.

        ``News("verdict")`` comes from another thread.
        """
        self._listeners.append(listener)
        self._settler.start(self._judged)

        def remove() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return remove

    def _tell(self, what: NewsKind, label: str = "") -> None:
        for listener in tuple(self._listeners):
            listener(News(what, label))

    # -- judging ---------------------------------------------------------------------------------

    @property
    def effect(self) -> Effect | None:
        """What the latest edit, undo or redo did; complete once its ``pending`` is empty."""
        return self._settler.effect

    @property
    def verdict(self) -> Verdict | None:
        """Every breach of the roster; waits for what is still pending. None without a plan."""
        judged = self._judged
        if judged is None:
            return None
        if self._verdict is None or self._verdict[0] is not judged:
            found = judged.judge.verdict(judged.roster)
            assert found is not None
            self._verdict = judged, found
        return self._verdict[1]

    def settle(self) -> Effect | None:
        """Wait until the roster is judged whole, and return the complete ``effect``."""
        return self._settler.settle(self._judged)

    # -- steps -----------------------------------------------------------------------------------

    def _do(
        self,
        label: str,
        *,
        texts: Mapping[str, str | None] | None = None,
        cells: Mapping[Cell, str | None] | None = None,
        pins: Mapping[Cell, bool] | None = None,
    ) -> Effect:
        """Change files, cells and pins in one step; None takes a file or a cell out."""
        return self._step(Step.of(label, self._state, texts, cells, pins))

    def _step(self, step: Step) -> Effect:
        """Take a step: into the journal, then into the session, then onto every screen."""
        if not step:
            return Effect(step.label)
        self._write(to_json(step))
        self._history.add(step)
        return self._move(step, step.forth(self._state))

    def _write(self, line: journal.JournalLine) -> None:
        """Append to the journal; where that fails, go on in memory and say so."""
        if self.read_only is not None:
            return
        try:
            self._journal.write(line, lambda: journal.head(self._base, self._roster_known))
        except CannotWrite as error:
            self.read_only = f"{error} Edits are lost when you leave."
            self._tell("notices")

    def _move(self, step: Step, after: Snapshot, label: str | None = None) -> Effect:
        """Bring the session to *after*, which is one *step* from where it is."""
        before, self._state = self._judged, after
        if step.texts:
            self._read_plan()
        touched = frozenset(who for who, _ in step.cells)
        if self.plan is not None:
            self._fit(step, touched)
        label = step.label if label is None else label
        effect = self._settler.begin(label, before, self._judged, None if step.texts else touched)
        self._tell("plan" if step.texts else "roster", label)
        return effect

    @property
    def undo_label(self) -> str | None:
        """What ``undo`` would take back, or None."""
        return self._history.done[-1].label if self._history.done else None

    @property
    def redo_label(self) -> str | None:
        """What ``redo`` would do again, or None."""
        return self._history.undone[-1].label if self._history.undone else None

    def undo(self) -> str | None:
        """Take the latest step back and return its label; None if there is none."""
        if not self._history.done:
            return None
        label = self._history.done[-1].label
        self._write({"undo": label})
        step = self._history.undo()
        self._move(step, step.back(self._state), f"Undone: {label}")
        return label

    def redo(self) -> str | None:
        """Do the step taken back again and return its label; None if there is none."""
        if not self._history.undone:
            return None
        label = self._history.undone[-1].label
        self._write({"redo": label})
        step = self._history.redo()
        self._move(step, step.forth(self._state))
        return label

    @property
    def unsaved(self) -> bool:
        """Whether plan files or roster differ from what is saved."""
        return self._state != self._saved

    def revert(self) -> Effect:
        """Go back to what is saved; one step, which can be undone."""
        return self._step(Step.between("Back to what is saved", self._state, self._saved))

    # -- the plan, from its files ----------------------------------------------------------------

    def _read_plan(self) -> None:
        """Read the plan from the texts; one that is wrong leaves the last right one standing."""
        gone = [name for name in self._saved.texts if name not in self._state.texts]
        found = self._examined = files.examined(self.root, self._state.texts, gone)
        self._discover(
            {n: files.decoded(d) for n, d in found.files.items() if n not in self._state.texts}
        )
        self.problems = found.problems
        if found.loaded is not None:
            self._take(found)
        self._notice(found.loaded.notices if found.loaded else ())

    def _discover(self, texts: Mapping[str, str]) -> None:
        """Take in files the plan names only now; they are as they are on disk."""
        if texts:
            if self._history.done:
                self._write({"files": dict(texts)})
            self._base, self._state, self._saved = (
                replace(s, texts={**texts, **s.texts})
                for s in (self._base, self._state, self._saved)
            )

    def _take(self, found: Examined) -> None:
        assert found.loaded is not None
        fresh = found.loaded.plan
        if self.plan is not None and self._facts == fresh.facts:
            facts = self.plan.facts  # with all that was derived from them
        else:
            facts, trouble = files.with_border(self.root, fresh.facts)
            self._facts = fresh.facts
            self._told += [trouble] if trouble and trouble not in self._told else []
        before = self._judged.judge if self._judged else None
        self.plan = Plan(facts, fresh.rules)
        judge = Judge(self.plan, before)
        if not self._roster_known:
            self._take_roster(facts)
        if self.roster is None or self.roster.facts is not facts:
            self.roster = self._fitting(facts)
        same = self._judged if self._judged and self._judged.roster is self.roster else None
        self._judged = Judged(judge, self.roster, found.numbers, same)

    def _take_roster(self, facts: Facts) -> None:
        """Begin with the newest roster on record for these days."""
        self._roster_known = True
        try:
            with open_store(self.root, create=False) as store:
                newest = store.latest(facts)
                roster = store.roster(newest.id, facts, strict=False) if newest else Roster(facts)
        except StoreError as error:
            self._told.append(str(error))
            roster = Roster(facts)
        if self._history.done:
            self._write({"roster": roster_json(roster.cells, roster.pinned)})
        self._base, self._state, self._saved = (
            Snapshot(s.texts, {**roster.cells, **s.cells}, roster.pinned | s.pins)
            for s in (self._base, self._state, self._saved)
        )

    # -- the roster, as far as it fits -----------------------------------------------------------

    def _fit(self, step: Step, touched: frozenset[str]) -> None:
        """Bring roster and judge to the current state after *step*."""
        plan, judged = self.plan, self._judged
        assert plan is not None
        assert judged is not None
        if self._roster_known and (step.cells or step.pins):
            facts = plan.facts
            if len(touched) > FEW or judged.roster.facts is not facts:
                roster = self._fitting(facts)
            else:
                cells = {c: self._state.cells.get(c) for c in step.cells}
                allowed = {c: code for c, code in cells.items() if fits(facts, c, code)}
                roster = judged.roster.with_cells(allowed) if allowed else judged.roster
                if step.pins:
                    roster = roster.with_pinned(c for c in self._state.pins if fits(facts, c, None))
                judged.judge.edited(judged.roster, roster, touched)
            base = judged if len(touched) <= FEW else None
            self._judged = Judged(judged.judge, roster, judged.numbers, base, touched)
            self.roster = roster

    def _fitting(self, facts: Facts) -> Roster:
        roster = fitting(facts, self._state)
        self._unfit = len(self._state.cells) - len(roster.cells)
        return roster

    def _notice(self, of_plan: tuple[str, ...]) -> None:
        what = "1 cell of the roster no longer fits the plan and is left out."
        if self._unfit > 1:
            what = f"{self._unfit} cells of the roster no longer fit the plan and are left out."
        self.notices = (*self._told, *([what] if self._unfit else []), *of_plan)

    def _known_plan(self) -> Plan:
        if self.plan is None:
            raise ShiftplanError(
                "The plan cannot be read yet.", f"Mend {PLAN} and its tables first."
            )
        return self.plan

    def _known_roster(self) -> Roster:
        self._known_plan()
        assert self.roster is not None
        return self.roster


def day_words(day: date) -> str:
    """Return a day as labels have it."""
    return f"{day:%a %d %b}"
