"""The session: a plan folder opened for work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self, get_args

from ..errors import CannotWrite, ShiftplanError, nearest
from ..folder import read_roster, rows
from ..folder.roster_csv import COLUMNS
from ..folder.write import write_bytes
from ..plan.result import Progress, Result
from ..roster import Roster
from ..roster.coverage import Interval
from . import files
from .history import Snapshot, Step, UndoHistory, to_json
from .journal import BrokenJournal, Replayed
from .links import CalendarLinks
from .lock import Lock
from .merge import merge
from .plans import PlanEdits
from .tables import TableEdits
from .values import Effect

Export = Literal["roster", "shifts", "coverage", "calendars", "published"]
MERGED = "Unsaved edits, brought onto files changed meanwhile"


class Session(PlanEdits, TableEdits, CalendarLinks):
    """The one mutable object: a plan, its roster, and the history of both.

    Every edit is one undo step, is in the journal on disk before it is shown, and returns its
    ``Effect``. What cannot be done raises ``ShiftplanError`` and changes nothing. Nothing reaches
    the plan's files or the store before ``save``.
    """

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the plan folder *root*, a broken plan too, with the edits an earlier session did not
        save.

        Raise ``PlanNotFound`` if there is no plan.
        """
        session = cls(root)
        found = files.examined(
            root, {}
        )  # raises before anything is made in a folder that is no plan
        texts = {name: files.decoded(data) for name, data in found.files.items()}
        session._base = session._state = session._saved = Snapshot(texts, {}, frozenset())
        try:
            session._lock = Lock(root)
        except CannotWrite as error:
            session.read_only = str(error)
        else:
            session._resume()
        session._read_plan()
        if session.plan is None:
            session._look_back()
        return session

    def close(self) -> None:
        """Let go of the folder. Unsaved edits stay in the journal and come back at the next
        opening.
        """
        self._settler.end()
        if self._lock is not None:
            if self.unsaved:
                self._journal.let_go()
            else:
                self._journal.drop()
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- taking up what was left -----------------------------------------------------------------

    def _resume(self) -> None:
        """Take up the journal of a session that ended without saving."""
        try:
            found = self._journal.read()
        except BrokenJournal as error:
            aside = self._journal.put_aside()
            self._told.append(
                f"{error} It is kept as {aside.name if aside else 'it is'}; its edits are not here."
            )
            return
        if found is None:
            return
        disk = self._disk(found)
        strange = [
            n
            for n, text in disk.items()
            if text not in (found.saved.texts.get(n), found.state.texts.get(n))
        ]
        if found.state == found.saved and (strange or not found.history.done):
            self._journal.drop()  # nothing unsaved in it
        elif strange:
            self._bring_onto(found, disk, strange)
        else:
            self._take_up(found, disk)

    def _disk(self, found: Replayed) -> dict[str, str | None]:
        names = dict.fromkeys((*found.base.texts, *found.saved.texts, *found.state.texts))
        return {name: files.on_disk(self.root, name) for name in names}

    def _take_up(self, found: Replayed, disk: dict[str, str | None]) -> None:
        texts = {name: text for name, text in disk.items() if text is not None}
        self._base, self._state, self._history = found.base, found.state, found.history
        self._saved = found.saved
        self._roster_known = found.roster_known
        if texts != found.saved.texts:  # killed while it was saving
            self._now_on_disk(texts)
        if self.unsaved:
            n = len(found.history.done)
            self._told.append(f"Edits that were not saved are back ({n} step{'s' * (n != 1)}).")

    def _bring_onto(self, found: Replayed, disk: dict[str, str | None], strange: list[str]) -> None:
        """Put the unsaved edits onto files somebody else changed meanwhile, as one step."""
        texts = {name: text for name, text in disk.items() if text is not None}
        self._base = self._saved = Snapshot(texts, found.saved.cells, found.saved.pins)
        self._roster_known = found.roster_known
        merged, lost = _merged(found.saved, found.state, disk)
        after = Snapshot(merged, found.state.cells, found.state.pins)
        aside = self._journal.put_aside()
        self._state = self._base
        step = Step.between(MERGED, self._state, after)
        if step:
            self._write(to_json(step))
            self._history = UndoHistory([step])
            self._state = after
        where = f" All of them are kept in {aside.name}." if aside else ""
        self._told.append(
            f"{', '.join(strange)} changed on disk since the edits that were not saved; both are here.{where}"
        )
        self._told += lost

    def _look_back(self) -> None:
        """Show the plan as it last was right, if it ever was, while its files are wrong."""
        state = self._state
        for step in reversed(self._history.done):
            state = step.back(state)
            if step.texts:
                found = files.examined(self.root, state.texts)
                if found.loaded is not None:
                    self._take(found)
                    return

    def reread(self) -> Effect:
        """Take in what others changed in the plan's files meanwhile, as one step.

        Unsaved edits stay where they do not clash; what clashes is told in ``notices``.
        """
        names = dict.fromkeys((*self._saved.texts, *self._state.texts))
        disk = {name: files.on_disk(self.root, name) for name in names}
        merged, lost = _merged(self._saved, self._state, disk)
        self._told += lost
        effect = self._step(
            Step.between(
                "Read the folder again",
                self._state,
                Snapshot(merged, self._state.cells, self._state.pins),
            )
        )
        self._now_on_disk({n: t for n, t in disk.items() if t is not None})
        self._tell("notices")
        return effect

    def _now_on_disk(self, texts: dict[str, str]) -> None:
        self._saved = Snapshot(texts, self._saved.cells, self._saved.pins)
        if self._history.done or self._history.undone:
            self._write({"disk": texts})

    # -- coverage, search, export ----------------------------------------------------------------

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Heads on duty and needed, by quarter hour and queue; kept up with every edit."""
        return self._judged.cover().intervals if self._judged else ()

    def solve(
        self,
        seconds: float,
        tell: Callable[[Progress], object] = lambda _: None,
        stop: threading.Event | None = None,
        *,
        seed: int = 0,
        workers: int = 2,
    ) -> Result:
        """Search from the current roster with its pins held, in a process of its own that ends with
        this one.

        Changes nothing: ``adopt`` what is found; rosters told of have the pins of now. Blocks, so
        run it on a thread.
        """
        from ..solver.process import solve

        plan, roster = self._known_plan(), self._known_roster()

        def ours(found: Roster | None) -> Roster | None:
            return found and Roster(plan.facts, found.cells, roster.pinned)

        result = solve(
            plan.holding(roster),
            seconds=seconds,
            seed=seed,
            workers=workers,
            start=roster if roster.cells else None,
            tell=lambda progress: tell(replace(progress, roster=ours(progress.roster))),
            stop=stop,
            polite=True,
        )
        return replace(result, roster=ours(result.roster))

    def export(self, kind: Export, path: Path) -> tuple[Path, ...]:
        """Write *kind* to *path* and return the files.

        The ``roster`` as a grid of people and days, its ``shifts`` one a line as ``import_roster``
        takes them, and the ``coverage`` are CSV or XLSX by the ending of *path*. Calendars go into
        a folder: those ``published``, or, as tentative ``calendars``, those of the roster as it is.
        Raise ``CannotWrite``.
        """
        made = self._known_roster()
        if kind == "published":
            return self.write_published(path)
        if kind == "calendars":
            from ..calendars import ByCell, write_calendars

            identity = ByCell(made.facts.team.name, datetime.now(UTC))
            return write_calendars(made, path, identity=identity).paths
        from ..reports import grids
        from ..reports.sheets import ending, table_file

        match kind:
            case "roster":
                write_bytes(path, grids.roster(ending(path), made))
            case "coverage":
                write_bytes(path, grids.coverage(ending(path), self.intervals))
            case "shifts":
                lines = [tuple(row[column] for column in COLUMNS) for row in rows(made)]
                write_bytes(path, table_file(ending(path), "shifts", COLUMNS, lines))
            case _:
                raise ShiftplanError(
                    f"'{kind}' cannot be exported.", nearest(kind, get_args(Export))
                )
        return (path,)

    def import_roster(self, path: Path) -> Effect:
        """Take the roster of a CSV file, one shift a line, in place of the current one.

        Raise ``BadInput`` with everything in it that does not fit the plan.
        """
        told: list[str] = []
        roster = read_roster(path, self._known_plan().facts, told.append)
        self._told += told
        return self.adopt(roster, f"Roster from {path.name}")


def _merged(
    saved: Snapshot, ours: Snapshot, disk: dict[str, str | None]
) -> tuple[dict[str, str], list[str]]:
    """Return the files with both what *ours* changed of *saved* and what is on *disk*, and what was
    lost.
    """
    merged: dict[str, str] = {}
    lost: list[str] = []
    for name, theirs in disk.items():
        base, mine = saved.texts.get(name), ours.texts.get(name)
        if theirs in (base, None) or mine is None or base is None:
            text = mine if theirs in (base, None) else theirs
        else:
            found = merge(base, mine, theirs)
            text = found.text
            lost += [
                f"{name}: this unsaved line clashes with the file and was left out: {line}"
                for line in found.lost
            ]
        if text is not None:
            merged[name] = text
    return merged, lost
