"""Every change of a session is a step: written down, taken, and reported to whoever listens."""

from __future__ import annotations

from collections.abc import Mapping

from ..facts import Cell
from .history import Snapshot, Step, to_json
from .judging import Judging
from .listeners import Listeners
from .reading import PlanReading
from .renames import followed
from .state import State
from .step_log import StepLog
from .values import Effect


class Steps:
    """What was done, in order: a step more, a step back, a step forth again."""

    def __init__(
        self,
        state: State,
        log: StepLog,
        reading: PlanReading,
        judging: Judging,
        listeners: Listeners,
    ) -> None:
        self._state: State = state
        self._log: StepLog = log
        self._reading: PlanReading = reading
        self._judging: Judging = judging
        self._listeners: Listeners = listeners

    def do(
        self,
        label: str,
        *,
        texts: Mapping[str, str | None] | None = None,
        cells: Mapping[Cell, str | None] | None = None,
        pins: Mapping[Cell, bool] | None = None,
    ) -> Effect:
        """Change files, cells and pins in one step; None takes a file or a cell out."""
        return self.take(Step.of(label, self._state.current, texts, cells, pins))

    def take(self, step: Step) -> Effect:
        """Take a step: into the journal, then into the session, then onto every screen.

        One that changes nothing is none. Where it gives people other names, the roster follows.
        """
        if not step:
            return Effect(step.label)
        step = followed(step, self._state.current)
        self._log.write(to_json(step))
        self._log.history.add(step)
        return self._move(step, step.forth(self._state.current), step.label)

    @property
    def undo_label(self) -> str | None:
        """What ``undo`` would take back, or None."""
        done = self._log.history.done
        return done[-1].label if done else None

    @property
    def redo_label(self) -> str | None:
        """What ``redo`` would do again, or None."""
        undone = self._log.history.undone
        return undone[-1].label if undone else None

    def undo(self) -> str | None:
        """Take the latest step back and return its label; None if there is none."""
        label = self.undo_label
        if label is None:
            return None
        self._log.write({"undo": label})
        step = self._log.history.undo()
        self._move(step, step.back(self._state.current), f"Undone: {label}")
        return label

    def redo(self) -> str | None:
        """Do the step taken back again and return its label; None if there is none."""
        label = self.redo_label
        if label is None:
            return None
        self._log.write({"redo": label})
        step = self._log.history.redo()
        self._move(step, step.forth(self._state.current), label)
        return label

    def revert(self) -> Effect:
        """Go back to what is saved; one step, which can be undone."""
        state = self._state
        return self.take(Step.between("Back to what is saved", state.current, state.saved))

    def _move(self, step: Step, after: Snapshot, label: str) -> Effect:
        """Bring the session to *after*, which is one *step* from where it is."""
        before = self._state.judged
        self._state.current = after
        if step.texts:
            self._reading.read_plan()
        self._reading.follow(step)
        touched = None if step.texts else step.people
        effect = self._judging.begin(label, before, touched)
        self._listeners.tell("plan" if step.texts else "roster", label)
        return effect
