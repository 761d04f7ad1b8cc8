"""The session: plan, roster, and the history of both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ..coverage import Gap
from ..errors import Problem
from ..facts import Cell
from ..plan import Plan, Verdict
from ..result import Progress, Result
from ..roster import Roster
from .values import (
    Candidate,
    Change,
    Effect,
    PersonDifference,
    RuleEntry,
    TableView,
    Version,
)


class Session:
    """SKELETON: signatures are what will be; everything raises ``ShiftplanError`` where a person can be at fault.

    Every edit is one undo step, is in the journal before it is shown, and returns its ``Effect``.
    """

    root: Path
    plan: Plan | None
    """The plan as edited; while the files are wrong the last one that was right; None if none ever was."""
    problems: tuple[Problem, ...]
    """What is wrong in the files, unsaved edits included; empty if the plan is right."""
    notices: tuple[str, ...]
    """What a planner should know, e.g. edits brought back after a crash, cells that no longer fit."""
    roster: Roster | None
    """The current roster (maybe empty); None only while ``plan`` is None."""
    read_only: str | None
    """Why nothing can be saved, as a sentence, else None. Edits work all the same, in memory."""
    effect: Effect | None
    """What the latest edit, undo or redo did; complete once its ``pending`` is empty."""

    @classmethod
    def open(cls, root: Path) -> Session:
        """Open the plan folder *root*; a broken plan opens too. Raise ``PlanNotFound`` if there is none."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the folder. Unsaved edits stay in the journal and come back at the next opening."""
        raise NotImplementedError

    def add_listener(self, listener: Callable[[Change], object]) -> Callable[[], None]:
        """Call *listener* after every change; return what takes it off again. May be called on another thread."""
        raise NotImplementedError

    # -- judging ---------------------------------------------------------------------------------

    @property
    def verdict(self) -> Verdict | None:
        """Every breach of the roster; waits for what is still pending. None without a plan."""
        raise NotImplementedError

    def settle(self) -> Effect | None:
        """Wait until the roster is judged whole, and return the complete ``effect``."""
        raise NotImplementedError

    # -- roster edits ----------------------------------------------------------------------------

    def assign(self, cells: Mapping[Cell, str | None], label: str = "") -> Effect:
        """Give each cell its shift code, or None for a day off."""
        raise NotImplementedError

    def preview(self, cells: Mapping[Cell, str | None]) -> Effect:
        """Return what ``assign`` would do, rules about several people included, without doing it."""
        raise NotImplementedError

    def pin(self, cells: Sequence[Cell], pinned: bool = True) -> Effect:
        """Pin cells as they are, or unpin them; a search leaves pinned cells alone."""
        raise NotImplementedError

    def swap(self, a: Cell, b: Cell) -> Effect:
        """Exchange what stands in two cells."""
        raise NotImplementedError

    def copy(self, cells: Sequence[Cell]) -> Mapping[tuple[int, int], str | None]:
        """Return what stands in *cells*, as offsets in people and days from the first: for ``paste``."""
        raise NotImplementedError

    def paste(self, block: Mapping[tuple[int, int], str | None], at: Cell) -> Effect:
        """Put a copied block down with its first cell at *at*; what falls outside is left out and told."""
        raise NotImplementedError

    def copy_week(self, who: str, week: date, to: date) -> Effect:
        """Copy what *who* works in the week of *week* into the week of *to*."""
        raise NotImplementedError

    def adopt(self, roster: Roster, label: str = "") -> Effect:
        """Take *roster* (of this plan) in place of the current one."""
        raise NotImplementedError

    def candidates(self, gap: Gap) -> list[Candidate]:
        """Return who could fill *gap*, what each would break, the best first."""
        raise NotImplementedError

    # -- rules, goals, single values -------------------------------------------------------------

    @property
    def rules(self) -> tuple[RuleEntry, ...]:
        """Every rule as it stands in the file, switched off or wrong ones too."""
        raise NotImplementedError

    def add_rule(self, kind: str, values: Mapping[str, Any], at: int | None = None) -> Effect:
        """Add a rule after the last, or before number *at*. *values* are as TOML has them: str, int, bool,
        list, dict, date, time."""
        raise NotImplementedError

    def change_rule(self, number: int, values: Mapping[str, Any]) -> Effect:
        """Set the keys in *values*; None takes a key out; keys not given stay as they are."""
        raise NotImplementedError

    def duplicate_rule(self, number: int) -> Effect:
        """Put a copy of a rule below it."""
        raise NotImplementedError

    def remove_rule(self, number: int) -> Effect:
        """Take a rule out of the file; comments on lines of their own stay."""
        raise NotImplementedError

    def toggle_rule(self, number: int, on: bool) -> Effect:
        """Switch a rule off (``enabled = false`` in the file) or on again."""
        raise NotImplementedError

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals in their order, ``must`` not among them."""
        raise NotImplementedError

    def move_goal(self, name: str, to: int) -> Effect:
        """Move a goal to position *to*, counted from 0."""
        raise NotImplementedError

    def set_goals(self, goals: Sequence[str]) -> Effect:
        """Set the goals and their order."""
        raise NotImplementedError

    def section(self, name: str) -> Mapping[str, Any]:
        """Return the keys of ``[team]`` or ``[horizon]`` (any section that stands once) as written."""
        raise NotImplementedError

    def entries(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """Return the entries of ``[[sites]]``, ``[[shifts]]``, ``[[contracts]]``, ``[[demand]]`` as written."""
        raise NotImplementedError

    def set_value(self, section: str, key: str, value: Any, number: int | None = None) -> Effect:
        """Set one key of a section, of its entry *number* where there are several; None takes it out."""
        raise NotImplementedError

    # -- tables ----------------------------------------------------------------------------------

    @property
    def tables(self) -> tuple[tuple[str, str], ...]:
        """The tables of the plan, and those it could have: (name, title). Names are for ``table``."""
        raise NotImplementedError

    def table(self, name: str) -> TableView:
        """Return a table (``people``, ``leave``, ``wishes``, or a file's name) with its problems by row."""
        raise NotImplementedError

    def set_cell(self, table: str, row: int, column: str, text: str) -> Effect:
        """Set one cell; every other line keeps its bytes."""
        raise NotImplementedError

    def add_row(self, table: str, cells: Mapping[str, str], at: int | None = None) -> Effect:
        """Add a row at the end, or before row *at*; makes the table and names it in the plan if need be."""
        raise NotImplementedError

    def remove_rows(self, table: str, rows: Sequence[int]) -> Effect:
        """Take rows out."""
        raise NotImplementedError

    def sort_table(self, table: str, column: str, descending: bool = False) -> Effect:
        """Sort the rows in the file by one column; rows that are equal there keep their order."""
        raise NotImplementedError

    def import_table(self, table: str, path: Path) -> Effect:
        """Replace the rows of a table by those of a CSV or XLSX file."""
        raise NotImplementedError

    def export_table(self, table: str, path: Path) -> None:
        """Write a table as CSV or XLSX, by the ending of *path*."""
        raise NotImplementedError

    # -- raw text --------------------------------------------------------------------------------

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the plan's files, ``shiftplan.toml`` first."""
        raise NotImplementedError

    def file_text(self, name: str) -> str:
        """Return the text of a file with the unsaved edits."""
        raise NotImplementedError

    def set_file_text(self, name: str, text: str) -> Effect:
        """Replace the text of a file."""
        raise NotImplementedError

    # -- undo, saving, versions ------------------------------------------------------------------

    @property
    def undo_label(self) -> str | None:
        """What ``undo`` would take back, or None."""
        raise NotImplementedError

    @property
    def redo_label(self) -> str | None:
        """What ``redo`` would do again, or None."""
        raise NotImplementedError

    def undo(self) -> str | None:
        """Take the latest step back and return its label; None if there is none."""
        raise NotImplementedError

    def redo(self) -> str | None:
        """Do the step taken back again and return its label; None if there is none."""
        raise NotImplementedError

    @property
    def unsaved(self) -> bool:
        """Whether plan files or roster differ from what is saved."""
        raise NotImplementedError

    @property
    def unpublished(self) -> bool:
        """Whether the roster differs from the latest published one of its days."""
        raise NotImplementedError

    def save(self, name: str = "") -> None:
        """Write the plan files and keep the roster as a draft called *name*.

        Raise ``CannotWrite`` if the folder is read-only or somebody else changed a file meanwhile: then
        ``reread`` first.
        """
        raise NotImplementedError

    def reread(self) -> Effect:
        """Take in what others changed in the files meanwhile, keeping the unsaved edits where they do not clash."""
        raise NotImplementedError

    def versions(self) -> tuple[Version, ...]:
        """Return every roster kept for these days, the newest first."""
        raise NotImplementedError

    def save_version(self, name: str) -> Version:
        """Keep the roster as it is now under *name*."""
        raise NotImplementedError

    def load_version(self, id: int) -> Effect:
        """Take a kept roster in place of the current one; what the plan no longer allows is left out and told."""
        raise NotImplementedError

    def difference(self, a: int | None, b: int | None) -> tuple[PersonDifference, ...]:
        """Return what differs between two versions, person by person; None is the roster on the screen."""
        raise NotImplementedError

    # -- solving, exporting ----------------------------------------------------------------------

    def solve(
        self,
        seconds: float,
        tell: Callable[[Progress], object] = lambda _: None,
        stop: threading.Event | None = None,
        *,
        seed: int = 0,
        workers: int = 2,
    ) -> Result:
        """Search from the current roster with its pins held. Changes nothing: ``adopt`` the roster found.

        Blocks; run it on a thread of its own. The roster told of belongs to the plan at the time of the call.
        """
        raise NotImplementedError

    def export(self, kind: Literal["roster", "coverage", "calendars"], path: Path) -> tuple[Path, ...]:
        """Write roster or coverage as CSV or XLSX by the ending of *path*, or calendars into a folder."""
        raise NotImplementedError
