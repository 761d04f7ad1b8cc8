"""No more people on site than it has seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import from_instant, to_local
from ..facts import Facts
from ..roster import Roster
from ..roster.coverage import site_window
from .base import Breach, Rule
from .vocabulary import Vocabulary


class Seats(Rule):
    """Count the person-minutes by which people on duty at a site at once exceed its seats.

    To the minute: who leaves as another comes frees the seat. Whoever the rule is for takes one.
    People still on duty from before the horizon are never too many by themselves.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"seats": 1},
        {"seats": 0, "for": {"site": ["North"], "contract": ["full-time"]}},
    )

    personal: ClassVar[bool] = False

    kind: Literal["seats"] = "seats"
    seats: int | None = Field(default=None, ge=0, le=100_000)
    """How many at each site; unless given, the seats a site names, and one that names none is not
    limited.
    """

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        seats = "it has seats" if self.seats is None else f"{self.seats}"
        return f"At no time are more people{self.whom.words()} on duty at a site than {seats}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield that no site is limited."""
        if not self._limits(facts):
            yield "seats: no site the rule is for has seats. Give a number, or 'seats' to a site."

    def _limits(self, facts: Facts) -> dict[str, int]:
        """Return the seats of each site at which somebody takes one."""
        found = {}
        for site in {p.site: None for p in self.people(facts)}:
            seats = facts.site(site).seats if self.seats is None else self.seats
            if seats is not None:
                found[site] = seats
        return found

    def _window(self, facts: Facts, site: str) -> tuple[int, int]:
        """Return the instants between which people at *site* are counted."""
        return self.whom.clip(*site_window(facts, site), facts.site(site).timezone)

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch with the same possible shifts by the heads above the seats."""
        facts = model.facts
        for site, seats in self._limits(facts).items():
            people = [p.name for p in self.people(facts) if p.site == site]
            if len(people) <= seats:
                continue
            start, end = self._window(facts, site)
            starts: defaultdict[int, set[tuple[date, str]]] = defaultdict(set)
            ends: defaultdict[int, set[tuple[date, str]]] = defaultdict(set)
            shifts = {(d, c) for who in people for c in facts.codes(who) for d in facts.days}
            cells = facts.history.cells.items()
            shifts |= {(d, c) for (who, d), c in cells if who in people and d < facts.first}
            for day, code in shifts:
                begin, over = facts.site_span(site, code, day)
                if begin < end and over > start:
                    starts[max(begin, start)].add((day, code))
                    ends[min(over, end)].add((day, code))
            on: set[tuple[date, str]] = set()
            alike: dict[frozenset[tuple[date, str]], int] = defaultdict(int)
            for t, after in pairwise(sorted({*starts, *ends})):
                on = (on - ends[t]) | starts[t]
                alike[frozenset(on)] += after - t
            for together, minutes in alike.items():
                recorded = sum(
                    model.works(who, d, (c,))
                    for who in people
                    for d, c in together
                    if d < facts.first
                )
                assert isinstance(recorded, int)
                heads = sum(
                    model.headcount(tuple(w for w in people if c in facts.codes(w)), d, c)
                    for d, c in sorted(together)
                    if d >= facts.first
                )
                model.at_most(
                    max(seats, recorded), recorded + heads, each=minutes, most=len(people)
                )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per site and stretch in which as many are too many."""
        facts = roster.facts
        for site, seats in self._limits(facts).items():
            start, end = self._window(facts, site)
            taking = {p.name for p in self.people(facts) if p.site == site}
            before = [d for d in roster.before if d.who in taking]
            duties = [*before, *(d for d in roster.duties if d.who in taking)]
            moments = {m for d in duties for m in (d.start, d.end) if start < m < end}
            stretches = []
            for t, after in pairwise(sorted({start, *moments, end})):
                recorded = len({d.who for d in before if d.start <= t < d.end})
                heads = len({d.who for d in duties if d.start <= t < d.end})
                stretches.append((max(0, heads - max(seats, recorded)), t, after))
            for over, part in groupby(stretches, lambda s: s[0]):
                times = list(part)
                if over:
                    begin, until = times[0][1], times[-1][2]
                    text = (
                        f"{over} more than the {seats} seats at {site} from "
                        f"{from_instant(begin):%a %d %b %H:%M} to {from_instant(until):%H:%M} UTC."
                    )
                    day = to_local(begin, facts.site(site).timezone).date()
                    inside = min(max(day, facts.first), facts.last)
                    yield self.breach(over * (until - begin), text, day=inside)
