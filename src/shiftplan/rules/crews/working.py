"""How many of some people work shifts that are still to be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ...facts import Facts, Person
from ..vocabulary import Expr, SiteShift, Vocabulary


class Crew:
    """Some people, by site and by the shifts they can work: the model counts who of them is on."""

    def __init__(self, facts: Facts, people: Iterable[Person]) -> None:
        here: defaultdict[str, list[str]] = defaultdict(list)
        able: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for p in people:
            here[p.site].append(p.name)
            for code in facts.codes(p.name):
                able[p.site, code].append(p.name)
        self._first = facts.first
        self._here = {site: tuple(names) for site, names in here.items()}
        self._able = {key: tuple(names) for key, names in able.items()}

    def working(self, model: Vocabulary, shifts: Iterable[SiteShift]) -> Expr:
        """Return how many of them work one of *shifts*."""
        total: Expr = 0
        # In order, so that the same plan always makes the same model.
        for site, day, code in sorted(shifts):
            # On record people may have worked what they could not be given today.
            here = self._here.get(site, ())
            who = here if day < self._first else self._able.get((site, code), ())
            if who:
                total += model.headcount(who, day, code)
        return total

    def on_record(self, model: Vocabulary, shifts: Iterable[SiteShift]) -> int:
        """Return how many of them worked one of *shifts* on record, before the horizon."""
        worked = self.working(model, [shift for shift in shifts if shift[1] < self._first])
        assert isinstance(worked, int)  # no cell before the horizon is open
        return worked
