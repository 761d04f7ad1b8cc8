"""The steps of a session: in memory to go back by, in the journal on disk to come back to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import CannotWrite
from .history import Snapshot, UndoHistory
from .journal import Journal, JournalLine, head, lines_of
from .listeners import Listeners
from .state import State

STEPS_KEPT = 500
"""Steps that can be undone after saving; the journal is cut back to them."""


class StepLog:
    """What was done, and what of it was saved."""

    def __init__(self, state: State, listeners: Listeners) -> None:
        self._state: State = state
        self._listeners: Listeners = listeners
        self.history: UndoHistory = UndoHistory()
        self.journal: Journal = Journal(state.root)

    def write(self, line: JournalLine) -> None:
        """Append to the journal; where that fails, go on in memory and say so."""
        state = self._state
        if state.read_only is not None:
            return
        try:
            self.journal.write(line, lambda: head(state.base, state.roster_known))
        except CannotWrite as error:
            state.read_only = f"{error} Edits are lost when you leave."
            self._listeners.tell("notices")

    def found_later(self, line: JournalLine) -> None:
        """Write what was found out after the journal began; a new journal begins with it anyway."""
        if self.history.done:
            self.write(line)

    def mark_saved(self, *, texts: bool = False, roster: bool = False) -> None:
        """Take note that the files, or the roster, are saved as they are now."""
        parts = []
        if texts:
            parts.append("files")
        if roster:
            parts.append("roster")
        self._write_if_any_step({"saved": parts})
        self._state.saved = self._state.saved.renewed(
            self._state.current, texts=texts, roster=roster
        )

    def mark_on_disk(self, texts: Mapping[str, str]) -> None:
        """Take note that *texts* are what is on disk, whoever wrote it."""
        saved = self._state.saved
        self._state.saved = Snapshot(texts, saved.cells, saved.pins)
        self._write_if_any_step({"disk": dict(texts)})

    def cut_back(self) -> None:
        """Forget steps so old that nobody undoes them, and bring the journal down to the rest."""
        state, done = self._state, self.history.done
        old = len(done) - STEPS_KEPT
        if old <= 0:
            return
        for step in done[:old]:
            state.base = step.forth(state.base)
        del done[:old]
        self.journal.rewrite(lines_of(state.base, self.history, state.saved, state.roster_known))

    def close(self) -> None:
        """Let go of the journal; one that holds nothing unsaved is deleted."""
        if self._state.unsaved:
            self.journal.let_go()
        else:
            self.journal.drop()

    def _write_if_any_step(self, line: dict[str, Any]) -> None:
        # Without a step there is no journal, and what is on disk speaks for itself.
        if self.history.done or self.history.undone:
            self.write(line)
