"""Who else is on during a shift, who hands it over and who takes it on: names only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..facts.shifts import LONGEST
from ..roster import Assignment, Roster
from .text import clean

SHOWN = 8
"""Names in a line. With more, ever more changes of others would revise the event."""

NEAR = 120
"""Minutes around a start or an end within which somebody else's end or start is a hand-over."""


class Colleagues:
    """Looks up who works around a duty; people of the same site, and others only for hand-over."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._duties = sorted((*roster.before, *roster.duties), key=lambda d: (d.start, d.who))
        self._starts = [d.start for d in self._duties]
        self._known: dict[tuple[str, int, int], tuple[_Line, ...]] = {}

    def lines(self, duty: Assignment) -> tuple[str, ...]:
        """Return the lines for the description of *duty*; the same for the same roster."""
        key = self._site(duty), duty.start, duty.end
        if key not in self._known:  # what is around is the same for everyone on that shift
            self._known[key] = tuple(self._around(duty))
        found = ((line.what, line.names(duty.who)) for line in self._known[key])
        return tuple(f"{what}: {names}" for what, names in found if names)

    def _around(self, duty: Assignment) -> Iterator[_Line]:
        low = bisect_left(self._starts, duty.start - LONGEST - NEAR)
        high = bisect_left(self._starts, duty.end + NEAR + 1)
        near = self._duties[low:high]
        here = [other for other in near if self._site(other) == self._site(duty)]
        yield _Line("With", _names(_beside(here, duty)), ())
        yield _Line("Takes over from", _names(_before(here, duty)), _names(_before(near, duty)))
        yield _Line("Hands over to", _names(_after(here, duty)), _names(_after(near, duty)))

    def _site(self, duty: Assignment) -> str:
        return self._roster.facts.person(duty.who).site


class _Line(NamedTuple):
    """What a line says, and of whom: people of the same site, or if there is none, *anywhere*."""

    what: str
    here: tuple[str, ...]
    anywhere: tuple[str, ...]

    def names(self, but: str) -> str:
        """Return the first names, without that of *but*."""
        return _first(self.here, but) or _first(self.anywhere, but)


def _beside(others: Iterable[Assignment], duty: Assignment) -> list[Assignment]:
    return [other for other in others if other.start < duty.end and duty.start < other.end]


def _before(others: Iterable[Assignment], duty: Assignment) -> list[Assignment]:
    """Return the duties that end about when *duty* starts, and have started before it."""
    earlier = [other for other in others if other.start < duty.start]
    return [other for other in earlier if abs(other.end - duty.start) <= NEAR]


def _after(others: Iterable[Assignment], duty: Assignment) -> list[Assignment]:
    """Return the duties that start about when *duty* ends, and go on after it."""
    later = [other for other in others if other.end > duty.end]
    return [other for other in later if abs(other.start - duty.end) <= NEAR]


def _names(duties: Iterable[Assignment]) -> tuple[str, ...]:
    """Return who works *duties*, in the order of their names as they are shown."""
    return tuple(sorted({duty.who for duty in duties}, key=lambda who: (clean(who), who)))


def _first(people: Iterable[str], but: str) -> str:
    others = [who for who in people if who != but]
    # A name of control characters alone has nothing that can be shown.
    names = [clean(who) or "?" for who in others[:SHOWN]]
    if len(others) > SHOWN:
        names.append("and others")
    return ", ".join(names)
