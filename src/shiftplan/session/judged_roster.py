"""A roster, who judges it, and its coverage once somebody asks for it."""

from __future__ import annotations

import threading

from ..plan import Plan
from ..roster import Roster
from ..roster.requirement import Requirement
from .coverage import RosterCoverage
from .judge import Judge

FEW = 12
"""People an edit may touch for its effect to be shown at once."""


class JudgedRoster:
    """A roster with the one who judges it; *numbers* are those of the rules in the plan file.

    Where it comes from *base* by an edit of the people *touched*, its coverage is counted from
    there.
    """

    def __init__(
        self,
        judge: Judge,
        roster: Roster,
        numbers: tuple[int, ...],
        base: JudgedRoster | None = None,
        touched: frozenset[str] = frozenset(),
    ) -> None:
        self.judge: Judge = judge
        self.roster: Roster = roster
        self.numbers: tuple[int, ...] = numbers
        # A base without coverage of its own is of no use, and would keep a chain of rosters alive.
        useful = base is not None and base.known_coverage() is not None
        self._base: JudgedRoster | None = base if useful else None
        self._touched: frozenset[str] = touched
        self._coverage: RosterCoverage | None = None
        self._requirements: tuple[Requirement, ...] | None = None
        self._lock = threading.Lock()

    @property
    def plan(self) -> Plan:
        """The plan it is judged by."""
        return self.judge.plan

    def coverage(self) -> RosterCoverage:
        """Return the coverage, counted now if it is not known."""
        with self._lock:
            if self._coverage is None:
                self._coverage = self._counted()
                self._base = None
            return self._coverage

    def known_coverage(self) -> RosterCoverage | None:
        """Return the coverage if it takes little to know it."""
        if self._coverage is None and self._base is None:
            return None
        return self.coverage()

    def requirements(self) -> tuple[Requirement, ...]:
        """Return what the rules require beside the queues, asked now if they were not."""
        # Without the lock: an edit that counts coverage on must not wait for it, and whoever asks
        # twice at once finds the same twice.
        if self._requirements is None:
            self._requirements = self.plan.requirements(self.roster)
        return self._requirements

    def _counted(self) -> RosterCoverage:
        base = self._base
        known = base.known_coverage() if base is not None else None
        if base is None or known is None or known.facts is not self.roster.facts:
            return RosterCoverage.of(self.roster)
        return known.after(base.roster, self.roster, self._touched)
