"""The edits of a session that ended without saving, taken up where it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..errors import count
from . import files
from .history import Snapshot, Step, UndoHistory, to_json
from .journal import BrokenJournal, Replayed
from .merge import merge_files
from .state import State
from .step_log import StepLog

MERGED = "Unsaved edits, brought onto files changed meanwhile"


def resume(state: State, log: StepLog) -> None:
    """Take up the journal there is; what happened to it is among the remarks."""
    try:
        found = log.journal.read()
    except BrokenJournal as error:
        aside = log.journal.put_aside()
        kept = aside.name if aside is not None else "it is"
        state.remarks.append(f"{error} It is kept as {kept}; its edits are not here.")
        return
    if found is None:
        return
    disk = files.all_on_disk(state.root, (found.base.texts, found.saved.texts, found.state.texts))
    changed = _changed_by_others(found, disk)
    nothing_unsaved = found.state == found.saved
    if nothing_unsaved and (changed or not found.history.done):
        log.journal.drop()
    elif changed:
        _bring_onto(state, log, found, disk, changed)
    else:
        _take_up(state, log, found, disk)


def _changed_by_others(found: Replayed, disk: Mapping[str, str | None]) -> list[str]:
    """Return the files that are neither as they were saved last nor as they were to be saved."""
    changed = []
    for name, text in disk.items():
        if text not in (found.saved.texts.get(name), found.state.texts.get(name)):
            changed.append(name)
    return changed


def _take_up(state: State, log: StepLog, found: Replayed, disk: Mapping[str, str | None]) -> None:
    """Go on exactly where the other session was."""
    state.base, state.current, state.saved = found.base, found.state, found.saved
    state.roster_known = found.roster_known
    log.history = found.history
    texts = files.present(disk)
    if texts != found.saved.texts:  # it was killed while it was saving
        log.mark_on_disk(texts)
    if state.unsaved:
        steps = count(len(found.history.done), "step")
        state.remarks.append(f"Edits that were not saved are back ({steps}).")


def _bring_onto(
    state: State,
    log: StepLog,
    found: Replayed,
    disk: Mapping[str, str | None],
    changed: Sequence[str],
) -> None:
    """Put the unsaved edits onto files somebody else changed meanwhile, as one step."""
    start = Snapshot(files.present(disk), found.saved.cells, found.saved.pins)
    state.base = state.saved = state.current = start
    state.roster_known = found.roster_known
    merged = merge_files(found.saved.texts, found.state.texts, disk)
    after = Snapshot(merged.texts, found.state.cells, found.state.pins)
    # The steps one by one would not fit the files any more; they are not thrown away either.
    aside = log.journal.put_aside()
    step = Step.between(MERGED, start, after)
    if step:
        log.write(to_json(step))
        log.history = UndoHistory([step])
        state.current = after
    where = f" All of them are kept in {aside.name}." if aside is not None else ""
    state.remarks.append(
        f"{', '.join(changed)} changed on disk since the edits that were not saved; "
        f"both are here.{where}"
    )
    state.remarks += merged.lost
