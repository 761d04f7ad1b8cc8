"""Who else is on during a shift, who hands it over and who takes it on: names only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..facts.shifts import LONGEST
from ..roster import Assignment, Roster
from .text import clean

SHOWN = 8
"""Names in a line. With more, ever more changes of others would renew the event."""

NEAR = 120
"""Minutes around a start or an end within which somebody else's end or start is a hand-over."""


class Colleagues:
    """Looks up who works around a shift: people of its site, and others for hand-over only."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._duties = sorted((*roster.before, *roster.assignments), key=lambda d: (d.start, d.who))
        self._starts = [d.start for d in self._duties]
        self._known: dict[tuple[str, int, int], tuple[_Line, ...]] = {}

    def lines(self, assignment: Assignment) -> tuple[str, ...]:
        """Return the lines for the description of *assignment*; the same for the same roster."""
        key = self._site(assignment), assignment.start, assignment.end
        if key not in self._known:  # what is around is the same for everyone on that shift
            self._known[key] = tuple(self._around(assignment))
        found = ((line.what, line.names(assignment.who)) for line in self._known[key])
        return tuple(f"{what}: {names}" for what, names in found if names)

    def _around(self, assignment: Assignment) -> Iterator[_Line]:
        low = bisect_left(self._starts, assignment.start - LONGEST - NEAR)
        high = bisect_left(self._starts, assignment.end + NEAR + 1)
        near = self._duties[low:high]
        here = [other for other in near if self._site(other) == self._site(assignment)]
        yield _Line("With", _names(_beside(here, assignment)), ())
        yield _Line(
            "Takes over from", _names(_before(here, assignment)), _names(_before(near, assignment))
        )
        yield _Line(
            "Hands over to", _names(_after(here, assignment)), _names(_after(near, assignment))
        )

    def _site(self, assignment: Assignment) -> str:
        return self._roster.facts.person(assignment.who).site


class _Line(NamedTuple):
    """What a line says, and of whom: people of the same site, or if there is none, *anywhere*."""

    what: str
    here: tuple[str, ...]
    anywhere: tuple[str, ...]

    def names(self, but: str) -> str:
        """Return the first names, without that of *but*."""
        return _first(self.here, but) or _first(self.anywhere, but)


def _beside(others: Iterable[Assignment], assignment: Assignment) -> list[Assignment]:
    return [
        other for other in others if other.start < assignment.end and assignment.start < other.end
    ]


def _before(others: Iterable[Assignment], assignment: Assignment) -> list[Assignment]:
    """Return the assignments that end about when *assignment* starts, and start before it."""
    earlier = [other for other in others if other.start < assignment.start]
    return [other for other in earlier if abs(other.end - assignment.start) <= NEAR]


def _after(others: Iterable[Assignment], assignment: Assignment) -> list[Assignment]:
    """Return the assignments that start about when *assignment* ends, and go on after it."""
    later = [other for other in others if other.end > assignment.end]
    return [other for other in later if abs(other.start - assignment.end) <= NEAR]


def _names(assignments: Iterable[Assignment]) -> tuple[str, ...]:
    """Return who works *assignments*, in the order of their names as they are shown."""
    return tuple(
        sorted({assignment.who for assignment in assignments}, key=lambda who: (clean(who), who))
    )


def _first(people: Iterable[str], but: str) -> str:
    others = [who for who in people if who != but]
    # A name of control characters alone has nothing that can be shown.
    names = [clean(who) or "?" for who in others[:SHOWN]]
    if len(others) > SHOWN:
        names.append("and others")
    return ", ".join(names)
