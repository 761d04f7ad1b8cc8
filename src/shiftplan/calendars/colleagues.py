"""Who else is on during a shift, who hands it over and who takes it on: names only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from ..facts.shifts import LONGEST
from ..roster import Duty, Roster
from .text import clean

SHOWN = 8
"""Names in a line. With more, ever more changes of others would revise the event."""

NEAR = 120
"""Minutes around a start or an end within which somebody else's end or start is a hand-over."""


_Meets = Callable[[Duty, Duty], bool]


class Colleagues:
    """Looks up who works around a duty; people of the same site, and others only for hand-over."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._duties = sorted((*roster.before, *roster.duties), key=lambda d: (d.start, d.who))
        self._starts = [d.start for d in self._duties]

    def lines(self, duty: Duty) -> tuple[str, ...]:
        """Return the lines for the description of *duty*; the same for the same roster."""
        near = [d for d in self._around(duty) if d.who != duty.who]
        here = [d for d in near if self._site(d) == self._site(duty)]
        found = [
            ("With", [d for d in here if d.start < duty.end and duty.start < d.end]),
            ("Takes over from", self._first(here, near, duty, _ends_at_start_of)),
            ("Hands over to", self._first(here, near, duty, _starts_at_end_of)),
        ]
        return tuple(f"{what}: {_names(d.who for d in those)}" for what, those in found if those)

    def _around(self, duty: Duty) -> Iterator[Duty]:
        low = bisect_left(self._starts, duty.start - LONGEST - NEAR)
        high = bisect_left(self._starts, duty.end + NEAR + 1)
        yield from self._duties[low:high]

    def _site(self, duty: Duty) -> str:
        return self._roster.facts.person(duty.who).site

    @staticmethod
    def _first(here: list[Duty], near: list[Duty], duty: Duty, meets: _Meets) -> list[Duty]:
        """Return those of the same site who meet *duty*, or else those of other sites."""
        return [d for d in here if meets(d, duty)] or [d for d in near if meets(d, duty)]


def _ends_at_start_of(other: Duty, duty: Duty) -> bool:
    return other.start < duty.start and abs(other.end - duty.start) <= NEAR


def _starts_at_end_of(other: Duty, duty: Duty) -> bool:
    return other.end > duty.end and abs(other.start - duty.end) <= NEAR


def _names(people: Iterable[str]) -> str:
    names = sorted({clean(p) or "?" for p in people})
    more = ["and others"] if len(names) > SHOWN else []
    return ", ".join([*names[:SHOWN], *more])
