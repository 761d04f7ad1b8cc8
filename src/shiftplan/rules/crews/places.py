"""Sites, or the team as a whole, with those who are counted there."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ...clock import SLOT
from ...facts import Person
from ..vocabulary import SiteShift, Vocabulary


class SiteOrTeam(NamedTuple):
    """A site, or with no name the whole team: who is counted there, and from when to when."""

    name: str
    people: tuple[Person, ...]
    start: int
    end: int
    opens: int
    """From when on this roster's shifts could be on duty, if others are not on record."""


def alike_at(model: Vocabulary, place: SiteOrTeam) -> Counter[frozenset[SiteShift]]:
    """Return how many minutes the same shifts can be on duty at *place*."""
    sites = {p.site for p in place.people}
    alike: Counter[frozenset[SiteShift]] = Counter()
    for t in range(place.start, place.end, SLOT):
        shifts = frozenset(shift for shift in model.covering.get(t, ()) if shift[0] in sites)
        alike[shifts] += SLOT
    return alike
