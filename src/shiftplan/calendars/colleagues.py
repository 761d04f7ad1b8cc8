"""Who else is on during a shift, who hands it over and who takes it on: names only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
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
        here = [d for d in near if self._site(d) == self._site(duty)]
        yield _Line(
            "With", _sorted(d for d in here if d.start < duty.end and duty.start < d.end), ()
        )
        for what, meets in (
            ("Takes over from", _ends_at_start_of),
            ("Hands over to", _starts_at_end_of),
        ):
            groups = (_sorted(d for d in those if meets(d, duty)) for those in (here, near))
            yield _Line(what, *groups)

    def _site(self, duty: Assignment) -> str:
        return self._roster.facts.person(duty.who).site


class _Line(NamedTuple):
    """What a line says, and of whom: people of the same site, or if there is none, *elsewhere*."""

    what: str
    here: tuple[str, ...]
    elsewhere: tuple[str, ...]

    def names(self, but: str) -> str:
        """Return the first names, without that of *but*."""
        return _first(self.here, but) or _first(self.elsewhere, but)


def _ends_at_start_of(other: Assignment, duty: Assignment) -> bool:
    return other.start < duty.start and abs(other.end - duty.start) <= NEAR


def _starts_at_end_of(other: Assignment, duty: Assignment) -> bool:
    return other.end > duty.end and abs(other.start - duty.end) <= NEAR


def _sorted(duties: Iterable[Assignment]) -> tuple[str, ...]:
    return tuple(sorted({d.who for d in duties}, key=lambda who: (clean(who), who)))


def _first(people: Iterable[str], but: str) -> str:
    names = [clean(who) or "?" for who in islice((p for p in people if p != but), SHOWN + 1)]
    return ", ".join([*names[:SHOWN], *(["and others"] if len(names) > SHOWN else [])])
