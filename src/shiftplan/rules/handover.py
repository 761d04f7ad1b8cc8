"""Time for one site to hand over to another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import SLOT, WEEKDAYS, day_start, hours, slot_ceil, slot_floor, weekday_names
from ..errors import nearest
from ..facts import Facts, Person
from ..facts.base import Minutes, Name, Weekdays
from ..facts.people import Words
from ..roster import Assignment, Roster
from ..roster.coverage import Interval, on_duty, repeated
from ..roster.requirement import Requirement, wanted_in
from .base import Breach, Rule, holder_problems
from .crews.qualified import qualified
from .crews.stretches import assignments_of
from .crews.working import Crew
from .vocabulary import Expr, SiteShift, Vocabulary, ruled_out

NEAR = timedelta(days=4)
"""No shift before that reaches into the horizon, whatever the zones."""


class Handover(Rule):
    """Count the minutes by which two sites are on duty together for too short a time on a day.

    A day is a local one of *to_site*; its quarter hours with somebody of both sites on duty for the
    whole of them are added up, wherever they lie. After the horizon the last week is taken to
    repeat itself, as far as for demand, but no further than the last day of *to_site*. A first day
    that begins before all that could reach into it is on record is left out.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"from_site": "North", "to_site": "South", "minutes": "30m"},
        {"from_site": "South", "to_site": "North", "minutes": "8h", "weekdays": "mon-fri"},
        {"from_site": "North", "to_site": "South", "minutes": "4h15", "skill": ["lead", "chat"]},
    )

    personal: ClassVar[bool] = False

    kind: Literal["handover"] = "handover"
    from_site: Name
    to_site: Name
    minutes: Minutes = Field(default=30, ge=SLOT, le=12 * 60, multiple_of=SLOT)
    """How long both are on duty, in whole quarter hours."""
    skill: Words = ()
    """Those who count have any of these skills; everyone counts unless given."""
    weekdays: Weekdays = Field(default=WEEKDAYS, min_length=1)
    """Days of *to_site* that need it."""

    @model_validator(mode="after")
    def _two_sites(self) -> Self:
        if self.from_site == self.to_site:
            raise ValueError("to_site: name another site than from_site")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        every_day = set(self.weekdays) == set(WEEKDAYS)
        days = "every day" if every_day else f"on {weekday_names(self.weekdays)}"
        who = f"somebody with {' or '.join(self.skill)}" if self.skill else "somebody"
        return (
            f"{self.from_site} hands over to {self.to_site} {days}: {who}{self.whom.restriction()} "
            f"of each is on duty at once for {hours(self.minutes)}."
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield sites that do not exist, or have nobody to hand over."""
        names = [site.name for site in facts.sites]
        unknown = list(holder_problems(facts, "skill", self.skill))
        yield from unknown
        yield from self.weekday_problems(facts, self.weekdays)
        for key, site in (("from_site", self.from_site), ("to_site", self.to_site)):
            if site not in names:
                yield f"{key}: there is no site '{site}'. {nearest(site, names)}".rstrip()
            elif not unknown and not self._able(facts, site):
                skill = f" with {' or '.join(self.skill)}" if self.skill else ""
                yield f"{key}: it applies to nobody{skill} at {site}. Loosen 'for' or 'skill'."

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day by the slots it lacks."""
        facts = model.facts
        crews = [Crew(facts, self._able(facts, site)) for site in (self.from_site, self.to_site)]
        recorded = _recorded(facts)
        for _, slots in self._days(facts):
            together: Expr = 0
            for shifts, number in self._alike(model, slots, recorded).items():
                staff = [crew.working(model, shifts) for crew in crews]
                together += number * _all_staffed(model, staff)
            wanted = self.minutes // SLOT
            model.at_least(wanted, together, each=SLOT, most=wanted)

    def _alike(
        self, model: Vocabulary, slots: range, recorded: Mapping[int, Collection[SiteShift]]
    ) -> Counter[frozenset[SiteShift]]:
        """Return in how many of *slots* the same shifts of both sites can be on duty."""
        sites = (self.from_site, self.to_site)
        alike: Counter[frozenset[SiteShift]] = Counter()
        for t in slots:
            # Before the window there is nothing but what is on record.
            before = t < model.facts.window.start
            shifts = recorded.get(t, ()) if before else model.covering[t]
            alike[frozenset(shift for shift in shifts if shift[0] in sites)] += 1
        return alike

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day."""
        for day, both in self._together(roster, list(self._days(roster.facts))):
            if both < self.minutes:
                text = (
                    f"{self.from_site} and {self.to_site} are on duty together for {hours(both)} "
                    f"on {day:%a %d %b}, not {hours(self.minutes)}."
                )
                yield self.breach(self.minutes - both, text, day=day)

    def required(self, roster: Roster) -> Iterator[Requirement]:
        """Yield how long both sites have to be on duty together, and are, day by day."""
        skill = f", {' or '.join(self.skill)}" if self.skill else ""
        name = f"{self.from_site} to {self.to_site}{skill}{self.whom.group()}"
        judged = {day for day, _ in self._days(roster.facts)}
        days = list(self._all_days(roster.facts))
        zone = roster.facts.site(self.to_site).timezone
        found: list[Interval] = []
        for day, both in self._together(roster, days):
            start, end = day_start(day, zone), day_start(day + timedelta(days=1), zone)
            unknown = 0 if day in judged else self.minutes
            found.append(wanted_in(name, start, end, self.minutes, both, unknown))
        if found:
            yield Requirement(self.kind, name, tuple(found), "day", "minutes", zone)

    def _together(
        self, roster: Roster, days: Sequence[tuple[date, range]]
    ) -> Iterator[tuple[date, int]]:
        """Yield each of *days* with the minutes for which both sites have somebody on duty."""
        begin = min((slots.start for _, slots in days), default=0)
        giving = {p.name for p in self._able(roster.facts, self.from_site)}
        taking = {p.name for p in self._able(roster.facts, self.to_site)}
        everyone = giving | taking
        known = assignments_of(everyone, (*roster.before, *roster.assignments))
        recent = [assignment for assignment in known if assignment.end > begin]
        assumed = [*recent, *assignments_of(everyone, repeated(roster))]
        for day, slots in days:
            both = 0
            for on in _on_duty(roster.facts, recent, assumed, slots):
                if not (giving.isdisjoint(on) or taking.isdisjoint(on)):
                    both += SLOT
            yield day, both

    # -- what both read in the plan ----------------------------------------------------------------

    def _able(self, facts: Facts, site: str) -> list[Person]:
        """Return who of *site* counts."""
        people = self.people(facts)
        return [p for p in people if p.site == site and qualified(p, self.skill, ())]

    def _days(self, facts: Facts) -> Iterator[tuple[date, range]]:
        """Yield each day that needs a handover, with its slots."""
        if self.to_site not in {site.name for site in facts.sites}:
            return
        for day, slots in self._all_days(facts):
            # Nobody can say who was there on a first day that begins before the record does.
            if facts.window.recorded or slots.start >= facts.window.start:
                yield day, slots

    def _all_days(self, facts: Facts) -> Iterator[tuple[date, range]]:
        """Yield each day that needs a handover with its slots, whether it is judged or not."""
        zone = facts.site(self.to_site).timezone
        for day in self.days_inside(facts):
            if WEEKDAYS[day.weekday()] not in self.weekdays:
                continue
            start = slot_ceil(day_start(day, zone))
            end = slot_ceil(day_start(day + timedelta(days=1), zone))
            yield day, range(start, min(end, facts.window.tail), SLOT)


def _recorded(facts: Facts) -> Mapping[int, Collection[SiteShift]]:
    """Return the shifts on record that are on duty for the whole of a slot before the window."""
    found: defaultdict[int, set[SiteShift]] = defaultdict(set)
    for (who, day), code in facts.history.cells.items():
        if not (facts.has_person(who) and facts.first - NEAR <= day < facts.first):
            continue
        start, end = facts.span(who, code, day)
        until = min(slot_floor(end), facts.window.start)
        for t in range(slot_ceil(start), until, SLOT):
            found[t].add((facts.person(who).site, day, code))
    return found


def _all_staffed(model: Vocabulary, staff: Sequence[Expr]) -> Expr:
    """Return 1 if none of *staff* is 0, or a number the solver may lower; 0 otherwise."""
    undecided = [number for number in staff if not isinstance(number, int)]
    if any(ruled_out(number) for number in staff):
        return 0
    if not undecided:
        return 1
    both = model.number(0, 1)
    for number in undecided:
        model.require(both <= number)
    return both


def _on_duty(
    facts: Facts, known: Sequence[Assignment], assumed: Sequence[Assignment], slots: range
) -> Iterator[Collection[str]]:
    """Yield who is on duty in each of *slots*: those *known*, after the window those *assumed*."""
    end = facts.window.end
    yield from on_duty(known, slots.start, min(slots.stop, end)).values()
    yield from on_duty(assumed, max(slots.start, end), slots.stop).values()
