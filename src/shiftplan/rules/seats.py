"""No more people on site than it has seats."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, product
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..errors import count
from ..facts import Facts, Person
from ..roster import Assignment, Roster
from ..roster.coverage import site_window
from .base import Breach, Fact, Rule
from .crews.stretches import Stretch, assignments_of, joined
from .crews.working import Crew
from .vocabulary import SiteShift, Vocabulary


class Seats(Rule):
    """Count the person-minutes by which people on duty at a site at once exceed its seats.

    To the minute: who leaves as another comes frees the seat. Everyone the rule applies to takes
    one. People still on duty from before the horizon are never too many by themselves. It begins
    when all shifts that could be on duty are known, as for demand.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"seats": 1},
        {"seats": 0, "for": {"site": ["North"], "contract": ["full-time"]}},
    )

    personal: ClassVar[bool] = False

    facts_read: ClassVar[frozenset[str]] = frozenset({"seats"})

    kind: Literal["seats"] = "seats"
    seats: int | None = Field(default=None, ge=0, le=100_000)
    """How many at each site; unless given, the seats a site names, and one that names none is not
    limited.
    """

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        seats = "it has seats" if self.seats is None else f"{self.seats}"
        return (
            f"At no time are more people{self.whom.restriction()} on duty at a site than {seats}."
        )

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether it goes by the seats that a site names."""
        named = self.seats is None and fact.key in self._limits(facts)
        return named and super().reads(facts, fact)

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield that no site is limited."""
        if not self._limits(facts):
            yield "seats: no site it applies to has seats. Give a number, or 'seats' to a site."

    def most_at_once(self, facts: Facts, site: str) -> int | None:
        """Return the seats of *site*, if everybody there takes one at all times."""
        here = [person for person in facts.people if person.site == site]
        if self.whom.dated or not all(map(self.whom.matches, here)):
            return None
        return self._limits(facts).get(site)

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch with the same possible shifts by the people above the seats."""
        facts = model.facts
        for site, seats in self._limits(facts).items():
            people = self._seated(facts, site)
            if len(people) <= seats:
                continue
            crew = Crew(facts, people)
            for shifts, minutes in self._alike(facts, site, people).items():
                # Those on record are never too many by themselves.
                allowed = max(seats, crew.on_record(model, shifts))
                there = crew.working(model, shifts)
                model.at_most(allowed, there, each=minutes, most=len(people))

    def _alike(
        self, facts: Facts, site: str, people: Sequence[Person]
    ) -> Counter[frozenset[SiteShift]]:
        """Return how many minutes the same shifts of *people* could be on duty."""
        start, end = self._window(facts, site)
        begins: defaultdict[int, set[SiteShift]] = defaultdict(set)
        ends: defaultdict[int, set[SiteShift]] = defaultdict(set)
        for day, code in _shifts(facts, people):
            begin, until = facts.site_span(site, code, day)
            if begin < end and until > start:
                begins[max(begin, start)].add((site, day, code))
                ends[min(until, end)].add((site, day, code))
        alike: Counter[frozenset[SiteShift]] = Counter()
        on: set[SiteShift] = set()
        for moment, next_moment in pairwise(sorted({*begins, *ends})):
            # Who leaves as another comes frees the seat.
            on = (on - ends[moment]) | begins[moment]
            alike[frozenset(on)] += next_moment - moment
        return alike

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per site and stretch in which as many are too many."""
        facts = roster.facts
        for site, seats in self._limits(facts).items():
            for stretch in joined(self._excesses(roster, site, seats)):
                staff = count(stretch.people, "person", "people")
                text = f"{site} has {staff} too many for {count(seats, 'seat')} {stretch.span}."
                day = stretch.day(facts, facts.site(site).timezone)
                yield self.breach(stretch.minutes, text, day=day)

    def _excesses(self, roster: Roster, site: str, seats: int) -> Iterator[Stretch]:
        """Yield by how many people exceed *seats*, from each moment somebody comes or goes."""
        start, end = self._window(roster.facts, site)
        seated = {p.name for p in self._seated(roster.facts, site)}
        before = assignments_of(seated, roster.before)
        assignments = [*before, *assignments_of(seated, roster.assignments)]
        for moment, next_moment in pairwise(_moments(assignments, start, end)):
            # Those on record are never too many by themselves.
            allowed = max(seats, len(_on_duty(before, moment)))
            yield Stretch(len(_on_duty(assignments, moment)) - allowed, moment, next_moment)

    # -- what both read in the plan ----------------------------------------------------------------

    def _limits(self, facts: Facts) -> dict[str, int]:
        """Return the seats of each site at which somebody takes one."""
        found = {}
        for site in {p.site: None for p in self.people(facts)}:
            seats = facts.site(site).seats if self.seats is None else self.seats
            if seats is not None:
                found[site] = seats
        return found

    def _seated(self, facts: Facts, site: str) -> list[Person]:
        """Return who takes a seat at *site*."""
        return [p for p in self.people(facts) if p.site == site]

    def _window(self, facts: Facts, site: str) -> tuple[int, int]:
        """Return the instants between which people at *site* are counted."""
        return self.whom.clip(*site_window(facts, site), facts.site(site).timezone)


def _shifts(facts: Facts, people: Sequence[Person]) -> set[tuple[date, str]]:
    """Return the shifts, by day and code, that *people* can work or worked on record."""
    codes = {code for p in people for code in facts.codes(p.name)}
    shifts = set(product(facts.days, codes))
    names = {p.name for p in people}
    for (who, day), code in facts.history.cells.items():
        if who in names and day < facts.first:
            shifts.add((day, code))
    return shifts


def _moments(assignments: Sequence[Assignment], start: int, end: int) -> list[int]:
    """Return *start*, *end*, and when somebody comes or goes between them, in order."""
    moments = {start, end}
    for assignment in assignments:
        moments.update((assignment.start, assignment.end))
    return sorted(moment for moment in moments if start <= moment <= end)


def _on_duty(assignments: Sequence[Assignment], moment: int) -> set[str]:
    """Return who is on duty at *moment*; a shift is over at its end."""
    return {
        assignment.who for assignment in assignments if assignment.start <= moment < assignment.end
    }
