"""The session: a plan folder opened for work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from ..errors import CannotWrite, Problem
from ..folder.write import clear_left_behind
from ..plan import Plan
from ..roster import Roster
from . import files
from .exports import Exports
from .judging import Judging
from .links import Links
from .listeners import Listener, Listeners
from .lock import Lock
from .plan_edits import PlanEdits
from .publishing import Publishing
from .reading import PlanReading
from .recovery import resume
from .roster_edits import RosterEdits
from .saving import Saving
from .state import State
from .step_log import StepLog
from .steps import Steps
from .tables import TableEdits
from .versions import Versions


class Session:
    """The one mutable object: a plan, its roster, and the history of both.

    Every edit is one undo step, is in the journal on disk before it is shown, and returns its
    ``Effect``. What cannot be done raises ``ShiftplanError`` and changes nothing. Nothing reaches
    the plan's files or the store before ``save``. One thread edits; others may listen and read.
    """

    def __init__(self, state: State, lock: Lock | None) -> None:
        """Let the parts work on *state*; ``open`` is what is called from outside."""
        self._state: State = state
        self._lock: Lock | None = lock
        self._listeners: Listeners = Listeners()
        self._log: StepLog = StepLog(state, self._listeners)
        self._reading: PlanReading = PlanReading(state, self._log)
        self._saving: Saving = Saving(state, self._log, self._listeners)
        self.judging: Judging = Judging(state, self._listeners)
        self.steps: Steps = Steps(state, self._log, self._reading, self.judging, self._listeners)
        self.roster_edits: RosterEdits = RosterEdits(state, self.steps)
        self.plan_edits: PlanEdits = PlanEdits(state, self.steps, self._log, self._listeners)
        self.tables: TableEdits = TableEdits(state, self.steps)
        self.versions: Versions = Versions(state, self._saving, self.roster_edits)
        self.publishing: Publishing = Publishing(
            state, self._saving, self.versions, self._reading, self.judging, self._listeners
        )
        self.links: Links = Links(state, self._listeners)
        self.exports: Exports = Exports(state, self.judging)

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the plan folder *root*, a broken plan too, with the edits an earlier session did not
        save.

        Raise ``PlanNotFound`` if there is no plan.
        """
        # Read before anything is made in what may be no plan folder.
        texts = files.all_texts(root)
        clear_left_behind(root, texts)
        lock, read_only = None, None
        try:
            lock = Lock(root)
        except CannotWrite as error:
            read_only = str(error)
        if files.all_on_disk(root, (texts,)) != texts:
            texts = files.all_texts(root)  # somebody saved before the lock was ours
        state = State(root, texts)
        state.read_only = read_only
        session = cls(state, lock)
        session._begin()
        return session

    def _begin(self) -> None:
        if self._lock is not None:
            resume(self._state, self._log)
        self._reading.read_plan()
        if self._state.plan is None:
            self._reading.look_back()

    def close(self) -> None:
        """Let go of the folder. Unsaved edits stay in the journal and come back at the next
        opening.
        """
        self.judging.end()
        if self._lock is not None:
            self._log.close()
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def save(self, name: str = "") -> None:
        """Write the plan's files that changed, and keep the roster, if it did, as a draft called
        *name*.

        With a *name* the roster is kept even if it is the one on record. Raise ``CannotWrite`` if
        the folder is read-only or somebody else changed one of the files meanwhile: then
        ``plan_edits.reread`` first. Raise ``StoreError`` if the files could be written and the
        roster could not be kept.
        """
        self._saving.save(name)

    def add_listener(self, listener: Listener) -> Callable[[], None]:
        """Call *listener* after every change; return what takes it off again.

        ``News("verdict")`` comes from another thread.
        """
        remove = self._listeners.add(listener)
        self.judging.start()
        return remove

    # -- what there is to see --------------------------------------------------------------------

    @property
    def root(self) -> Path:
        """The plan folder."""
        return self._state.root

    @property
    def plan(self) -> Plan | None:
        """The plan as edited; while the files are wrong, the last one that was right; None if none
        ever was.
        """
        return self._state.plan

    @property
    def roster(self) -> Roster | None:
        """The current roster (maybe empty); None only while ``plan`` is None."""
        return self._state.roster

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files, unsaved edits included; empty if the plan is right."""
        return self._state.problems

    @property
    def notices(self) -> tuple[str, ...]:
        """What a planner should know: of edits brought back, of cells that no longer fit, of the
        plan.
        """
        return self._state.notices

    @property
    def read_only(self) -> str | None:
        """Why nothing can be saved, as a sentence, else None. Edits work, in memory."""
        return self._state.read_only

    @property
    def unsaved(self) -> bool:
        """Whether plan files or roster differ from what is saved."""
        return self._state.unsaved
