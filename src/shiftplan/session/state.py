"""All there is to a session, in one place: its files, its roster, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import CannotWrite, Problem, ShiftplanError, count
from ..folder import PLAN, Examined, Loaded
from ..plan import Plan
from ..roster import Roster
from .history import Snapshot
from .judged_roster import JudgedRoster


class State:
    """What every part of a session reads. One thread changes it; others may read.

    Three snapshots: what is on the screen, what of it is saved, and what the oldest step that can
    be undone began with. Plan, roster and judge follow from the first.
    """

    def __init__(self, root: Path, texts: Mapping[str, str]) -> None:
        """Begin with the *texts* of the files in *root*; the roster is not known yet."""
        start = Snapshot(texts, {}, frozenset())
        self.root: Path = root
        self.current: Snapshot = start
        self.saved: Snapshot = start
        self.base: Snapshot = start
        self.roster_known: bool = False
        """Whether the newest roster on record was looked for, so that ``current`` has its cells."""
        self.examined: Examined | None = None
        """What the files as edited amount to, right or wrong."""
        self.plan: Plan | None = None
        """The plan as edited; while the files are wrong, the last one that was right."""
        self.roster: Roster | None = None
        """The cells that fit the plan; None only while there is no plan."""
        self.judged: JudgedRoster | None = None
        """The roster with its judge; None only while there is no plan."""
        self.remarks: list[str] = []
        """What a planner should know that does not come from the plan."""
        self.read_only: str | None = None
        """Why nothing can be saved, as a sentence, else None."""

    @property
    def loaded(self) -> Loaded | None:
        """The plan as its files have it, None while anything in them is wrong."""
        return self.examined.loaded if self.examined is not None else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files, unsaved edits included."""
        return self.examined.problems if self.examined is not None else ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What a planner should know: remarks, cells left out, and what the plan itself gives."""
        notices = list(self.remarks)
        unfit = 0 if self.roster is None else len(self.current.cells) - len(self.roster.cells)
        if unfit == 1:
            notices.append("1 cell of the roster no longer fits the plan and is left out.")
        elif unfit:
            cells = count(unfit, "cell")
            notices.append(f"{cells} of the roster no longer fit the plan and are left out.")
        if self.loaded is not None:
            notices += (*self.loaded.unread, *self.loaded.notices)
        return tuple(notices)

    @property
    def unsaved(self) -> bool:
        """Whether plan files or roster differ from what is saved."""
        return self.current != self.saved

    def known_plan(self) -> Plan:
        """Return the plan; raise ``ShiftplanError`` if there never was one that could be read."""
        if self.plan is None:
            raise ShiftplanError(
                "The plan cannot be read yet.", f"Fix {PLAN} and its tables first."
            )
        return self.plan

    def known_roster(self) -> Roster:
        """Return the roster; raise ``ShiftplanError`` if there is no plan it could be of."""
        return self.known_judged().roster

    def known_judged(self) -> JudgedRoster:
        """Return roster and judge; raise ``ShiftplanError`` if there is no plan."""
        self.known_plan()
        assert self.judged is not None
        return self.judged

    def check_writable(self) -> None:
        """Raise ``CannotWrite`` if nothing can be saved here."""
        if self.read_only is not None:
            raise CannotWrite(self.read_only)

    def take_in(self, found: Snapshot) -> None:
        """Put what was *found* only now beneath all that was known, as if it had always been there.

        A file the plan names since an edit is one; the roster of a plan that could not be read is
        another.
        """
        self.base = self.base.over(found)
        self.current = self.current.over(found)
        self.saved = self.saved.over(found)
